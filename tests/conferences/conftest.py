"""Conferences of the cast, from plain rules up to a whole process's worth."""

from collections.abc import AsyncIterator

import pytest
from django.db import connections

from auth_gateway.models import User
from auth_gateway.services import user_create
from conferences.core.words import Policy
from conferences.journal import crossing
from conferences.live import LiveConference
from conferences.models import Room
from conferences.services import room_create
from tests.conferences.house import House
from tests.conferences.meeting import Meeting
from tests.conferences.site import Site


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
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    await house.ends()


@pytest.fixture
async def live(house: House) -> LiveConference:
    return house.begins()


@pytest.fixture
async def site(aroom: Room) -> AsyncIterator[Site]:
    site = Site(aroom)
    await site.opens()
    yield site
    await site.closes()
