"""Conferences of the cast, from plain rules up to a whole process's worth."""

from collections.abc import AsyncIterator

import pytest

from conferences import doors
from conferences.live import LiveConference
from conferences.models import Room
from tests.conferences.house import House
from tests.conferences.site import Site


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


@pytest.fixture
def installed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's doors are those of this process."""
    monkeypatch.setattr(doors, "_installed", [site.doors])
