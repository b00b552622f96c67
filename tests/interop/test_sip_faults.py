"""What strangers, broken packets and dead processes do to the embedded bridge: nothing, or not for long."""

import os
import random
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from bridges.events import BridgeDown, BridgeUp, LegArrived, LegEnded
from bridges.types import EndCause
from tests.bridges.sip_phones import Exchange
from tests.interop.certificates import certificate
from tests.interop.phones import LOCALHOST, OurPhones, sipp
from tests.interop.sip_bridge import LedBridge

pytestmark = pytest.mark.interop

NOT_ACCEPTABLE_HERE = 488
NORTH, SOUTH = 500.0, 800.0


async def test_a_bridge_that_was_killed_comes_back_and_takes_calls() -> None:
    async with LedBridge.open() as bridge, OurPhones.open() as phones:
        os.kill(bridge.adapter.process_id, signal.SIGKILL)
        await bridge.until(BridgeDown)
        await bridge.until(BridgeUp)
        await phones.answered(bridge.uri, user="alice")
        await bridge.arrived("alice")


async def test_a_stranger_is_not_answered_at_all(tmp_path: Path) -> None:
    async with LedBridge.open(accept_from=("127.0.0.1/32",)) as bridge:
        remote = f"{LOCALHOST}:{bridge.port}"
        with sipp(
            "stranger", tmp_path, remote=remote, address="127.0.0.2", more=["-recv_timeout", "1500"]
        ) as scanner:
            assert await scanner.ended() != 0
        assert not [event for event in bridge.told if isinstance(event, LegArrived)]
        with sipp("caller", tmp_path, remote=remote, more=["-s", "100", "-d", "200"]) as friend:
            assert await friend.ended() == 0


async def test_garbage_on_its_ports_harms_no_call() -> None:
    chance = random.Random(7)
    invite = (
        f"INVITE sip:1@{LOCALHOST} SIP/2.0\r\nVia: SIP/2.0/UDP {LOCALHOST}:9;branch=z9hG4bK1\r\n".encode()
    )
    async with (
        LedBridge.open(first_rtp_port=41_000, last_rtp_port=41_201) as bridge,
        OurPhones.open() as phones,
    ):
        await phones.answered(bridge.uri, user="alice")
        leg = await bridge.arrived("alice")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hostile:
            for _ in range(2000):
                noise = chance.randbytes(chance.randrange(1, 600))
                hostile.sendto(invite[: chance.randrange(len(invite))] + noise, (LOCALHOST, bridge.port))
                hostile.sendto(b"\x80" + noise, (LOCALHOST, chance.randrange(41_000, 41_202)))
        with socket.create_connection((LOCALHOST, bridge.port)) as connection:
            connection.sendall(invite + chance.randbytes(10_000))
        await bridge.adapter.join(leg, "123456789")
        await phones.answered(bridge.uri, user="bob")
        await bridge.arrived("bob")
        assert not [event for event in bridge.told if isinstance(event, BridgeDown | LegEnded)]


async def test_twenty_callers_come_at_once(tmp_path: Path) -> None:
    async with LedBridge.open() as bridge:
        more = ["-s", "100", "-d", "1500", "-r", "20"]
        with sipp("caller", tmp_path, remote=f"{LOCALHOST}:{bridge.port}", calls=20, more=more) as crowd:
            for _ in range(20):
                await bridge.adapter.join((await bridge.until(LegArrived)).leg, "123456789")
            assert await crowd.ended() == 0
        ends = [await bridge.until(LegEnded) for _ in range(20)]
        assert {end.cause for end in ends} == {EndCause.NORMAL}


async def test_encrypted_calls_hear_each_other_and_plain_ones_are_refused(tmp_path: Path) -> None:
    own = certificate(tmp_path / "own")
    async with (
        LedBridge.open(transports=("udp", "tls"), certificate=str(own), srtp="mandatory") as bridge,
        OurPhones.open(more=f"sip_cafile {own}\n") as phones,
    ):
        exchange = await Exchange.open(0, bridge.port, {})
        plain = await exchange.dial("plain", "1")
        await plain.over()
        assert plain.status == NOT_ACCEPTABLE_HERE
        await exchange.close()
        encrypted: dict[str, Any] = {"more": ("mediaenc=srtp-mand",)}
        uri = f"sip:1@{LOCALHOST}:{bridge.port + 1};transport=tls"
        north = await phones.answered(uri, NORTH, user="north", **encrypted)
        south = await phones.answered(uri, SOUTH, user="south", **encrypted)
        for caller in ("north", "south"):
            await bridge.adapter.join(await bridge.arrived(caller), "123456789")
        await north.until_hears(SOUTH, but_not=[NORTH])
        await south.until_hears(NORTH, but_not=[SOUTH])
        assert not [event for event in bridge.told if isinstance(event, LegArrived)]


@pytest.mark.campaign
async def test_who_vanishes_without_a_word_is_given_up(tmp_path: Path) -> None:
    async with LedBridge.open(silent_after_s=5) as bridge:
        with sipp("caller", tmp_path, remote=f"{LOCALHOST}:{bridge.port}", more=["-d", "60000"]) as vanishing:
            await bridge.until(LegArrived)
            vanishing.process.kill()
        assert (await bridge.until(LegEnded)).cause is EndCause.MEDIA_LOST
