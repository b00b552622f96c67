"""What there is on a FreeSWITCH is found by asking, also by a process that knows nothing yet."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bridges.errors import ProtocolError
from bridges.freeswitch.calls import Calls
from bridges.freeswitch.esl import EventSocket
from bridges.freeswitch.link import ignored
from bridges.freeswitch.standing import Standing, look, rooms
from bridges.freeswitch.translation import Translation
from bridges.types import Direction, LegState
from tests.bridges.freeswitch.house import CALLEES, QUICK, SECRET
from tests.bridges.patience import within_patience
from tests.bridges.simulators.freeswitch import HANDED_OVER, FreeSwitch
from tests.bridges.simulators.freeswitch_switch import SimulatedPhone

ROOM = "123456789"


class Odd(FreeSwitch):
    """Dial: `answers`, what it says instead of lists."""

    answers: dict[str, str] | None = None

    def _api(self, command: str) -> str:
        return (self.answers or {}).get(command) or super()._api(command)


class Looker:
    def __init__(self, switch: Odd, socket: EventSocket) -> None:
        self.switch, self.socket, self.calls = switch, socket, Calls()

    async def look(self) -> Standing:
        return await look(self.socket, self.calls, Translation(self.calls, {}))

    async def settled(self, phone: SimulatedPhone, application: str) -> None:
        async with within_patience(f"the call does {application}"):
            while phone.channel.application != application:
                await self.socket.api("uptime")


@asynccontextmanager
async def looking() -> AsyncIterator[Looker]:
    switch = Odd(CALLEES, SECRET)
    await switch.open()
    socket = await EventSocket.connect("127.0.0.1", switch.port, SECRET, ignored, QUICK)
    yield Looker(switch, socket)
    await socket.close()
    await switch.close()


async def test_callers_in_rooms_waiting_and_of_others_are_told_apart() -> None:
    async with looking() as looker:
        waiting = looker.switch.call("+491", "5550100", HANDED_OVER)
        by_menu = looker.switch.call("+492", "3000", [("answer", ""), ("conference", f"{ROOM}@default")])
        of_others = looker.switch.call("+493", "2000", [("answer", ""), ("conference", "sales@default")])
        parked_by_others = looker.switch.call("+494", "2001", [("answer", ""), ("park", "")])
        for phone, application in [(waiting, "park"), (by_menu, "conference"), (of_others, "conference")]:
            await looker.settled(phone, application)
        await looker.settled(parked_by_others, "park")
        standing = await looker.look()
        (room,) = standing.up.rooms
        assert (room.room, [leg.caller for leg in room.legs]) == (ROOM, ["+492"])
        (leg,) = standing.up.waiting
        assert (leg.caller, leg.dialled, leg.state) == ("+491", "5550100", LegState.ARRIVED)
        assert looker.calls.led == {waiting.channel.uuid}
        assert looker.calls.members == {by_menu.channel.uuid: by_menu.channel.member}
        assert await rooms(looker.socket) == 2


async def test_mute_hold_and_lock_are_seen() -> None:
    async with looking() as looker:
        phone = looker.switch.call("+492", "3000", [("answer", ""), ("conference", f"{ROOM}@default")])
        await looker.settled(phone, "conference")
        looker.switch.mute(phone.channel, True)
        await phone.hold(held=True)
        looker.switch.locked.add(ROOM)
        (room,) = (await looker.look()).up.rooms
        assert room.locked
        assert (room.legs[0].muted, room.legs[0].held, room.legs[0].talking) == (True, True, False)


async def test_a_call_that_we_placed_and_that_rings_is_found() -> None:
    async with looking() as looker:
        variables = {"meetingserver": "4930333", "originate_timeout": "60"}
        uuid = "11111111-2222-4333-8444-555555555555"
        looker.switch.spawn(_placed(looker.switch, uuid, variables))
        async with within_patience("it rings"):
            while uuid not in looker.switch.channels:
                await looker.socket.api("uptime")
        (leg,) = (await looker.look()).up.waiting
        assert (leg.leg, leg.state, leg.direction) == (uuid, LegState.RINGING, Direction.OUT)


async def _placed(switch: FreeSwitch, uuid: str, variables: dict[str, str]) -> None:
    await switch.place(uuid, "sofia/gateway/trunk/4930333", variables, [("park", "")])


@pytest.mark.parametrize("nothing", ["-ERR Conference not found\n", "+OK No active conferences.\n", "[]"])
async def test_nothing_is_said_in_several_ways(nothing: str) -> None:
    async with looking() as looker:
        looker.switch.answers = {"conference json_list": nothing}
        standing = await looker.look()
        assert (standing.up.rooms, standing.up.waiting, standing.channels) == ((), (), frozenset())


async def test_a_list_that_breaks_off_is_an_error() -> None:
    async with looking() as looker:
        looker.switch.answers = {"conference json_list": '[{"conference_name": "1234'}
        with pytest.raises(ProtocolError):
            await looker.look()


async def test_who_leaves_while_we_look_is_not_there() -> None:
    async with looking() as looker:
        phone = looker.switch.call("+492", "3000", [("answer", ""), ("conference", f"{ROOM}@default")])
        await looker.settled(phone, "conference")
        looker.switch.answers = {f"uuid_dump {phone.channel.uuid} json": "-ERR No such channel!\n"}
        (room,) = (await looker.look()).up.rooms
        assert room.legs == ()
