"""Calls that are found again: after our restart, a takeover, a bridge that was away."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bridges.adapters import make_bridge
from bridges.models import CallRecord
from bridges.simulator.adapter import Adapter
from conferences.core.words import Role
from conferences.journal import crossing
from tests.bridges.patience import until
from tests.bridges.town import Hand, Town


@pytest.fixture(params=["server-1", "server-2"], ids=["restart", "takeover"])
async def next_town(town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """After a restart, or at another server: the bridge has lived on. Not yet open."""
    then = Town(town.room, tmp_path, server=request.param)

    def same(kind: str, key: str, fields: object) -> Adapter:
        made = make_bridge(kind, key, {"answers_after_s": None})
        assert isinstance(made, Adapter)
        made.phones.calls = town.bridge.phones.calls
        made._tones = town.bridge._tones  # noqa: SLF001 - the same bridge
        made.media = dict(town.bridge.media)
        return made

    then.make = same
    yield then
    await then.closes()


def taken_over(town: Town, hand: Hand) -> Hand:
    return Hand(town.bridge, hand.phone)


async def test_after_a_restart_calls_go_on_as_whom_they_were(town: Town, next_town: Town) -> None:
    host, guest = await town.host(), await town.guest()
    waiting = town.calls(f"{town.room.code}#")
    await waiting.hears("enter_pin")
    who = town.participant(guest).id
    guest.presses("*6")
    await guest.hears("muted")
    host.presses("*4")
    await host.hears("louder")
    await town.closes()
    heard = list(guest.phone.hears)
    await next_town.opens()
    host, guest = taken_over(next_town, host), taken_over(next_town, guest)
    await next_town.becomes(
        lambda state: all(person.connected for person in state.participants.values()), "they are back"
    )
    assert next_town.participant(guest).id == who
    assert next_town.participant(host).role is Role.HOST
    assert not next_town.participant(guest).microphone
    assert guest.phone.hears == heard
    guest.presses("*6")
    await guest.hears("unmuted")
    assert host.phone.volume == 0, "how loud they heard was known to our former self"
    host.presses("*9")
    await host.hears("people_2")
    assert sum(person.phone for person in next_town.state.participants.values()) == 2
    waiting = taken_over(next_town, waiting)  # begins anew, nobody knows how far it was
    await waiting.hears("enter_pin", "welcome", "enter_code")


async def test_who_hung_up_while_nobody_listened_is_gone(town: Town, next_town: Town) -> None:
    await town.host()
    guest = await town.guest()
    who = town.participant(guest).id
    await town.closes()
    town.bridge.phones.calls.pop(guest.leg)
    await next_town.opens()
    await next_town.becomes(lambda state: who not in state.participants, "told")
    assert list(next_town.state.calls) != [guest.leg]
    assert (await next_town.record(guest)).cause == "bridge_lost"


async def test_the_media_leg_of_our_former_self_is_replaced(town: Town, next_town: Town) -> None:
    await town.host()
    await until(lambda: town.room.code in town.bridge.media, "attached")
    kept = dict(town.bridge.media)
    await town.closes()
    town.bridge.media.update(kept)  # as if we had been killed
    await next_town.opens()
    await until(lambda: len(next_town.telephones.media) == 1, "attached")
    assert next_town.bridge.media[town.room.code] is not kept[town.room.code]


async def test_a_bridge_that_comes_back_tells_who_left_and_keeps_who_stayed(town: Town) -> None:
    host, guest = await town.host(), await town.guest()
    who = town.participant(guest).id
    host.presses("*4")
    await host.hears("louder")
    town.bridge.goes_down()
    await until(lambda: not town.telephones.keeper.count_up(), "down")
    assert who in town.state.participants
    guest.hangs_up()
    host.phone.volume = 0  # as a vendor may who was started anew
    town.bridge.comes_back()
    await town.becomes(lambda state: who not in state.participants, "told")
    host.presses("*5")
    await host.hears("hand_raised")
    assert host.phone.volume == 6


async def test_everything_told_twice_happens_once(town: Town) -> None:
    host = await town.host()
    town.bridge.stutters = True
    guest = town.calls()
    await guest.hears("enter_code")
    town.bridge.stutters = False  # a digit told twice may well have been pressed twice
    guest.presses(f"{town.room.code}##")
    town.bridge.stutters = True
    await guest.is_in(town.room.code)
    assert len(town.state.participants) == 2
    guest.hangs_up()
    await town.becomes(lambda state: len(state.calls) == 1, "one is left")
    assert town.participant(host).role is Role.HOST
    assert await crossing(CallRecord.objects.count)() == 2
