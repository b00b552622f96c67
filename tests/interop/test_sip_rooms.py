"""Phones in rooms of the embedded bridge: who hears what. Alice, Bob and Carol have tones of their own;
each phone speaks another codec, and Dora's is Debian's baresip."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from bridges.base import FRAME_SAMPLES
from bridges.errors import AlreadyAttached, LegGone
from bridges.events import LegDigit, LegEnded, LegHeld, LegJoined, LegLeft, LegMuted, LegPlayed, LegTalking
from bridges.types import Direction, EndCause, LegState
from tests.interop.phones import DebianPhone, OurPhone, OurPhones, amplitude
from tests.interop.sip_bridge import LedBridge, sound_file

pytestmark = [pytest.mark.interop, pytest.mark.asyncio(loop_scope="module")]

ROOM = "123456789"
ALICE, BOB, CAROL, DORA, WEB, PROMPT = 500.0, 800.0, 1100.0, 1400.0, 2000.0, 1700.0


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bridge() -> AsyncIterator[LedBridge]:
    async with LedBridge.open() as led:
        yield led


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def phones() -> AsyncIterator[OurPhones]:
    async with OurPhones.open() as opened:
        yield opened


class Caller:
    def __init__(self, phone: OurPhone, leg: str) -> None:
        self.phone = phone
        self.leg = leg


async def calling(bridge: LedBridge, phones: OurPhones, user: str, hz: float, codec: str) -> Caller:
    phone = await phones.answered(bridge.uri, hz, user=user, codec=codec)
    return Caller(phone, await bridge.arrived(user))


@pytest_asyncio.fixture(loop_scope="module")
async def three(bridge: LedBridge, phones: OurPhones) -> AsyncIterator[tuple[Caller, Caller, Caller]]:
    """Alice, Bob and Carol in one room."""
    callers = (
        await calling(bridge, phones, "alice", ALICE, "pcma"),
        await calling(bridge, phones, "bob", BOB, "g722/16000/1"),
        await calling(bridge, phones, "carol", CAROL, "opus/48000/2"),
    )
    for caller in callers:
        await bridge.adapter.join(caller.leg, ROOM)
    yield callers
    for caller in callers:
        await bridge.adapter.hang_up(caller.leg)
    for caller in callers:
        await caller.phone.until_closed()
    bridge.told.clear()


async def test_a_caller_is_answered_hears_a_prompt_and_presses_digits(
    bridge: LedBridge, phones: OurPhones, tmp_path: Path
) -> None:
    phone = await phones.answered(bridge.uri, user="erin")
    leg = await bridge.arrived("erin")
    play = await bridge.adapter.play(leg, [sound_file(tmp_path, PROMPT, rate=8000)])
    await phone.until_hears(PROMPT)
    await phone.call.send_dtmf("*6#")
    digits = [(await bridge.until(LegDigit)).digit for _ in range(3)]
    assert digits == ["*", "6", "#"]
    assert (await bridge.until(LegPlayed)).play == play
    await phone.call.hangup()
    ended = await bridge.until(LegEnded)
    assert (ended.leg, ended.cause, ended.quality.codec) == (leg, EndCause.NORMAL, "G711")
    with pytest.raises(LegGone):
        await bridge.adapter.join(leg, ROOM)


async def test_music_plays_until_it_is_stopped(bridge: LedBridge, phones: OurPhones, tmp_path: Path) -> None:
    phone = await phones.answered(bridge.uri, user="erin")
    leg = await bridge.arrived("erin")
    play = await bridge.adapter.play(leg, [sound_file(tmp_path, PROMPT, seconds=0.1)], loop=True)
    await phone.until_hears(PROMPT)
    await bridge.adapter.stop_playing(leg)
    assert (await bridge.until(LegPlayed)).play == play
    await phone.until_hears(but_not=[PROMPT])
    await phone.call.hangup()
    await bridge.until(LegEnded)


async def test_each_hears_the_others_and_nobody_himself(
    bridge: LedBridge, three: tuple[Caller, Caller, Caller]
) -> None:
    alice, bob, carol = three
    joined = await bridge.until(LegJoined, lambda event: event.leg == alice.leg)
    assert (joined.info.room, joined.info.state, joined.info.direction) == (
        ROOM, LegState.JOINED, Direction.IN,
    )  # fmt: skip
    await alice.phone.until_hears(BOB, CAROL, but_not=[ALICE])
    await bob.phone.until_hears(ALICE, CAROL, but_not=[BOB])
    await carol.phone.until_hears(ALICE, BOB, but_not=[CAROL])
    assert (await bridge.until(LegTalking, lambda event: event.leg == bob.leg)).level > 0


async def test_who_is_muted_is_heard_by_nobody_and_who_is_deaf_hears_nobody(
    bridge: LedBridge, three: tuple[Caller, Caller, Caller]
) -> None:
    alice, bob, carol = three
    await bridge.adapter.set_muted(bob.leg, True)
    assert (await bridge.until(LegMuted)).muted
    await alice.phone.until_hears(CAROL, but_not=[BOB])
    await bob.phone.until_hears(ALICE, CAROL)
    await bridge.adapter.set_deaf(carol.leg, True)
    await carol.phone.until_hears(but_not=[ALICE, BOB])
    await bridge.adapter.set_muted(bob.leg, False)
    await alice.phone.until_hears(BOB, CAROL)


async def test_who_holds_us_is_not_mixed_until_they_are_back(
    bridge: LedBridge, three: tuple[Caller, Caller, Caller]
) -> None:
    alice, bob, _ = three
    await alice.phone.call.hold()
    assert (await bridge.until(LegHeld)).held
    await bob.phone.until_hears(CAROL, but_not=[ALICE])
    await alice.phone.call.resume()
    assert not (await bridge.until(LegHeld)).held
    await bob.phone.until_hears(ALICE, CAROL)
    await alice.phone.until_hears(BOB, CAROL, but_not=[ALICE])


async def test_an_announcement_is_heard_by_all_in_the_room(
    bridge: LedBridge, three: tuple[Caller, Caller, Caller], tmp_path: Path
) -> None:
    await bridge.adapter.announce(ROOM, [sound_file(tmp_path, PROMPT, seconds=4)])
    for caller in three:
        await caller.phone.until_hears(PROMPT)


async def test_who_left_the_room_waits_and_who_is_kicked_is_hung_up_on(
    bridge: LedBridge, three: tuple[Caller, Caller, Caller]
) -> None:
    alice, bob, carol = three
    await bridge.adapter.leave(carol.leg)
    assert (await bridge.until(LegLeft)).leg == carol.leg
    await alice.phone.until_hears(BOB, but_not=[CAROL])
    await bridge.adapter.hang_up(bob.leg, EndCause.KICKED)
    await bob.phone.until_closed()
    ended = await bridge.until(LegEnded)
    assert (ended.leg, ended.cause) == (bob.leg, EndCause.KICKED)


async def test_the_conference_hears_the_phones_and_is_heard_by_them(
    bridge: LedBridge, three: tuple[Caller, Caller, Caller]
) -> None:
    media = await bridge.adapter.attach_media(ROOM)
    with pytest.raises(AlreadyAttached):
        await bridge.adapter.attach_media(ROOM)
    spoken = (8000 * np.sin(2 * np.pi * WEB * np.arange(16_000) / 16_000)).astype(np.int16)
    heard: list[bytes] = []

    async def conference() -> None:
        turn = 0
        while True:
            media.push(spoken[turn % 50 * FRAME_SAMPLES :][:FRAME_SAMPLES].tobytes())
            heard.append(media.pull() or b"")
            turn += 1
            await asyncio.sleep(0.02)

    running = asyncio.get_running_loop().create_task(conference())
    for caller, own in zip(three, (ALICE, BOB, CAROL), strict=True):
        await caller.phone.until_hears(WEB, but_not=[own])
    running.cancel()
    samples = np.frombuffer(b"".join(heard[-40:]), np.int16)
    assert all(amplitude(samples, 16_000, hz) > 1000 for hz in (ALICE, BOB, CAROL))
    assert amplitude(samples, 16_000, WEB) < 150
    await bridge.adapter.detach_media(ROOM)


async def test_debians_phone_is_heard_holds_and_presses_digits(
    bridge: LedBridge, three: tuple[Caller, Caller, Caller], tmp_path: Path
) -> None:
    dora = DebianPhone(tmp_path / "dora", codec="opus/48000/2", hz=int(DORA))
    try:
        dora.do("dial", bridge.uri)
        leg = await bridge.arrived("debian")
        await bridge.adapter.join(leg, ROOM)
        await three[0].phone.until_hears(DORA, BOB)
        dora.do("sndcode", "5")
        assert (await bridge.until(LegDigit)).digit == "5"
        dora.do("hold")
        assert (await bridge.until(LegHeld)).leg == leg
        dora.do("hangup")
        assert (await bridge.until(LegEnded)).cause is EndCause.NORMAL
    finally:
        dora.end()
