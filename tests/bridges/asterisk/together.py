"""Callers of an Asterisk and of another bridge in one conference, through all that is between: one suite for
both modes, over a simulated Asterisk or a real one."""

from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from msgspec import to_builtins

from bridges.base import SAMPLE_RATE, AudioBridge
from bridges.models import Bridge
from conferences.core.words import Role
from conferences.journal import crossing
from conferences.models import Room
from tests.bridges.patience import until
from tests.bridges.rig import Callee, Phone, Rig
from tests.bridges.stage import CALLER, DIALLED
from tests.bridges.tones import HEARD, UNHEARD
from tests.bridges.town import PIN, Town, town_furnish

NORTH, SOUTH = 500.0, 800.0


class Together:
    @pytest.fixture
    async def town(self, rig: Rig, aroom: Room, tmp_path: Path) -> AsyncIterator[Town]:
        bridge: AudioBridge = rig.bridge()

        def furnish() -> None:
            town_furnish(aroom, "sim")
            row = Bridge(key="pbx", type="asterisk", label="PBX")
            row.config = to_builtins(bridge.config)
            row.save()
            Bridge.objects.filter(key="sim").update(dials_out=False)

        await crossing(furnish)()
        town = Town(aroom, tmp_path)
        await town.opens("sim", "pbx")
        yield town
        await town.closes()

    async def test_callers_of_two_bridges_hear_each_other(self, rig: Rig, town: Town) -> None:
        north = await host(rig, town)
        south = await town.guest()
        north.talk(NORTH)
        town.bridge.phones.talks(south.leg, SOUTH)
        await north.ear.hears(SOUTH)
        await until(
            lambda: south_hears(town, NORTH) > HEARD and south_hears(town, SOUTH) < UNHEARD,
            "the south hears the north and not itself",
        )
        await north.press("*6")
        await until(lambda: south_hears(town, NORTH) < UNHEARD, "who is muted is not heard")
        await north.hang_up()
        await town.becomes(lambda state: list(state.calls) == [south.leg], "the north has left")
        await until(lambda: len(town.telephones.media) == 1, "its bridge is left")

    async def test_a_break_of_the_connection_is_heard_by_nobody(self, rig: Rig, town: Town) -> None:
        north = await host(rig, town)
        south = await town.guest()
        town.bridge.phones.talks(south.leg, SOUTH)
        await north.ear.hears(SOUTH)
        await rig.cut()
        await until(lambda: not town.telephones.keeper.is_up("pbx"), "it is down")
        await rig.mend()
        await until(lambda: town.telephones.keeper.is_up("pbx"), "it is up again")
        await north.ear.hears(SOUTH)
        assert len(town.state.calls) == 2
        await north.hang_up()
        await town.becomes(lambda state: list(state.calls) == [south.leg], "its end is noticed")

    async def test_a_host_calls_somebody_and_removes_them(self, rig: Rig, town: Town) -> None:
        alice = await town.site.joins("alice")
        alice.asks("call.dial", number=rig.numbers[Callee.ANSWERS], name="Zoe")
        phone = await rig.called(Callee.ANSWERS)
        await town.becomes(lambda state: state.calls, "the phone is in the conference")
        (zoe,) = (call.participant for call in town.state.calls.values())
        assert town.state.participants[zoe].name == "Zoe"
        alice.asks("participant.remove", participant=zoe)
        await phone.over()
        await town.becomes(lambda state: not state.calls, "and is not any more")
        await until(lambda: not len(town.telephones.switchboard), "the call is over")

    async def test_a_call_that_comes_to_nothing_is_told(self, rig: Rig, town: Town) -> None:
        alice = await town.site.joins("alice")
        alice.asks("call.dial", number=rig.numbers[Callee.BUSY])
        assert (await alice.screen.shows("call.failed"))["cause"] == "busy"
        await until(lambda: not len(town.telephones.switchboard), "the call is over")
        alice.asks("call.dial", number=rig.numbers[Callee.SILENT])
        phone = await rig.called(Callee.SILENT)
        (dial,) = town.state.dials
        alice.asks("call.cancel", call=dial)
        await phone.over()
        await town.becomes(lambda state: not state.dials, "nobody is called any more")
        await until(lambda: not len(town.telephones.switchboard), "the calls are over")


async def host(rig: Rig, town: Town) -> Phone:
    phone = await rig.call(caller=CALLER, dialled=DIALLED)
    await phone.press(f"{town.room.code}#*{PIN}#")
    await town.becomes(
        lambda state: Role.HOST in [person.role for person in state.participants.values()], "a host"
    )
    return phone


def south_hears(town: Town, hz: float) -> float:
    """How loud, where the callers of the other bridge are."""
    media = town.bridge.media.get(town.room.code)
    heard = media.heard if media else deque[bytes]()
    frames = np.frombuffer(b"".join(list(heard)[-25:]), np.int16)
    time = np.arange(len(frames)) / SAMPLE_RATE
    return float(2 * abs(np.mean(frames * np.exp(-2j * np.pi * hz * time)))) if len(frames) else 0.0
