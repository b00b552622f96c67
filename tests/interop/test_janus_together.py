"""Callers in a room of a real Janus, and callers of another bridge, in one conference."""

from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import pytest

from bridges.base import SAMPLE_RATE
from bridges.models import Bridge
from conferences.journal import crossing
from conferences.models import Room
from tests.bridges.janus.rig import JanusRig
from tests.bridges.patience import until
from tests.bridges.town import Town, town_furnish
from tests.interop.janus import Janus
from tests.interop.phones import AUDIBLE, INAUDIBLE, amplitude

pytestmark = pytest.mark.interop

NORTH, SOUTH = 500.0, 800.0


class Place(NamedTuple):
    town: Town
    rig: JanusRig

    def south_hears(self, hz: float) -> float:
        """How loud, where the callers of the other bridge are."""
        media = self.town.bridge.media.get(self.town.room.code)
        frames = b"".join(list(media.heard if media else deque[bytes]())[-25:])
        return amplitude(np.frombuffer(frames, np.int16), SAMPLE_RATE, hz)


@pytest.fixture
async def place(aroom: Room, tmp_path: Path) -> AsyncIterator[Place]:
    with Janus() as janus:
        async with JanusRig.of(janus.port) as rig:

            def furnish() -> None:
                town_furnish(aroom, "sim")
                row = Bridge(key="janus", type="janus", label="Janus")
                row.config = msgspec.to_builtins(rig.config(rooms=(aroom.code,)))
                row.save()

            await crossing(furnish)()
            town = Town(aroom, tmp_path)
            await town.opens("sim", "janus")
            try:
                yield Place(town, rig)
            finally:
                await town.closes()


async def test_callers_of_janus_are_in_the_conference_heard_and_hear(place: Place) -> None:
    town = place.town
    host = await town.host()
    phone = await place.rig.call(caller="+493012345678", dialled=town.room.code)
    await town.becomes(lambda state: len(state.calls) == 2, "both are there")
    phone.talk(NORTH)
    town.bridge.phones.talks(host.leg, SOUTH)
    await phone.ear.hears(SOUTH)
    await phone.ear.hears_no(NORTH)
    await until(lambda: place.south_hears(NORTH) > AUDIBLE, "the caller of Janus is heard")
    assert place.south_hears(SOUTH) < INAUDIBLE
    host.presses("*3")
    await until(lambda: place.south_hears(NORTH) < INAUDIBLE, "the host has muted all")
    await phone.ear.hears(SOUTH)
    await phone.hang_up()
    await town.becomes(lambda state: list(state.calls) == [host.leg], "the caller of Janus has left")
