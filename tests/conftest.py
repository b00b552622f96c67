"""The cast: `alice` hosts, `bob` is a guest, `mallory` has no business here; and the room they meet in."""

import gc
import os
from collections.abc import AsyncIterator, Iterator

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from hypothesis import settings as trials
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.models import User
from auth_gateway.services import user_create
from conferences.core.words import Policy
from conferences.journal import crossing
from conferences.models import Room
from conferences.services import room_create
from meetingserver.celery import app as celery
from tests.auth_gateway.servers import SignInServer, sign_in_server
from tests.conferences.meeting import Meeting

pytest.register_assert_rewrite("tests.bridges.contract")  # a suite in a module that is no test itself
celery.set_default()  # tasks are done by whoever gives them: CELERY_TASK_ALWAYS_EAGER

# Hostile input is tried without looking at the clock: the machine may be busy.
trials.register_profile("untimed", deadline=None)
trials.load_profile("untimed")

# A child that a test forks would wait for ever for threads of a filter graph of PyAV, if it collected one.
os.register_at_fork(after_in_child=gc.freeze)

PASSWORD = "correct horse battery staple"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", action="store_true", help="take the pictures of docs/screenshots")


@pytest.fixture
def alice(db: None) -> User:
    """A subscriber, who hosts."""
    return user_create(username="alice", password=PASSWORD, display_name="Alice Archer")


@pytest.fixture
def mallory(db: None) -> User:
    """Another subscriber, with no business in Alice's room."""
    return user_create(username="mallory", password=PASSWORD, display_name="Mallory Moss")


@pytest.fixture
def admin(db: None) -> User:
    return user_create(username="ada", password=PASSWORD, display_name="Ada Admin", is_admin=True)


@pytest.fixture
def hers(client: Client, alice: User) -> Client:
    """Alice's browser."""
    client.force_login(alice)
    return client


@pytest.fixture
def mallorys(mallory: User) -> Client:
    client = Client()
    client.force_login(mallory)
    return client


@pytest.fixture
def adas(client: Client, admin: User) -> Client:
    """The admin's browser."""
    client.force_login(admin)
    return client


@pytest.fixture
def room(alice: User) -> Room:
    """Alice's; guests may come."""
    return room_create(owner=alice, wishes={"name": "Archery"})[0]


@pytest.fixture
async def aroom(transactional_db: None) -> AsyncIterator[Room]:
    """Alice's, where other threads see it too. The thread that reads rows has hung up afterwards."""

    def make() -> Room:
        alice = user_create(username="alice", password="not asked", display_name="Alice Archer")
        return room_create(owner=alice, wishes={"name": "Archery"})[0]

    yield await crossing(make)()
    await crossing(connections.close_all)()


@pytest.fixture
def meeting() -> Meeting:
    """Alice hosts; bob and carol are guests."""
    meeting = Meeting()
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    return meeting


@pytest.fixture
def lobby() -> Meeting:
    """Alice hosts; bob and carol wait in the lobby."""
    meeting = Meeting(Policy(lobby=True))
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    return meeting


@pytest.fixture(autouse=True)
def _forgotten_tries() -> Iterator[None]:
    """Tries that one test made do not throttle the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def portal(settings: Settings) -> Iterator[SignInServer]:
    """A site that vouches for people; it says no until a test tells it otherwise."""
    with sign_in_server(lambda request: request.answer(403)) as server:
        settings.AUTH_GATEWAY = Gateway(url=server.url)
        yield server
