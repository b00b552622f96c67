"""Open pages are told whether phones can be called."""

import pytest

from bridges.models import Bridge
from bridges.offers import Offers
from conferences.core.hearing import Hearers
from conferences.core.signals import CallsOffered, ServerSignal
from conferences.hub import Hub
from conferences.journal import crossing
from conferences.models import Room
from conferences.services import conference_current


class Pages(Hub):
    """Remembers what they were told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, ServerSignal]] = []

    def signal(self, conference: str, signal: ServerSignal, *, to: Hearers) -> None:
        self.told.append((conference, signal))


@pytest.mark.django_db(transaction=True)
async def test_pages_are_told_when_the_first_bridge_is_in_use_and_when_the_last_is_not(aroom: Room) -> None:
    conference = await crossing(conference_current)(aroom.pk, now=1)
    pages = Pages()
    offers = Offers(lambda: [conference], pages)
    await offers.look()
    assert pages.told == []
    bridge = await crossing(Bridge.objects.create)(key="sim", type="simulator", label="Simulator")
    for _ in range(2):
        await offers.look()
    assert pages.told == [(conference, CallsOffered(offered=True))]
    bridge.enabled = False
    await crossing(bridge.save)()
    await offers.look()
    assert pages.told[1:] == [(conference, CallsOffered(offered=False))]


@pytest.mark.django_db(transaction=True)
async def test_it_looks_and_ends() -> None:
    offers = Offers(list, Pages())
    await offers.stop()
    offers.start()
    await offers.stop()
