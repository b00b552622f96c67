"""The cast: `alice` hosts, `bob` is a guest, `mallory` has no business here."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import settings as trials
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.models import User
from auth_gateway.services import user_create
from meetingserver.celery import app as celery
from tests.auth_gateway.servers import SignInServer, sign_in_server

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
