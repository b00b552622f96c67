"""One port for everybody."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aioice.stun import Class, parse_message
from hypothesis import given, settings
from hypothesis import strategies as st

from conferences.media.association import Association
from conferences.media.burst import HEADER, Burst
from conferences.media.contract import MediaStats
from conferences.media.dtls import Handshake
from conferences.media.rtp import Packet
from conferences.media.transport import Transport
from tests.conferences.media.test_association import BROWSER, SERVER, Sink
from tests.conferences.media.test_stun import check


@dataclass
class House:
    """An open transport with one peer, and a socket on the other side."""

    transport: Transport
    peer: Association
    client: socket.socket

    async def receive(self) -> bytes:
        loop = asyncio.get_running_loop()
        return await asyncio.wait_for(loop.sock_recv(self.client, 2048), 10)

    async def check(self) -> bytes:
        self.client.send(check(self.peer.password, f"{self.peer.fragment}:browser"))
        return await self.receive()


async def delivered() -> None:
    """Loopback delivers at once: a few turns of the loop, and the transport has read everything."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture(params=["127.0.0.1", "::"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    transport = Transport(request.param, 0, MediaStats())
    transport.start()
    peer = Association(transport, Handshake(SERVER, BROWSER.fingerprint), Sink(), 0.0)
    transport.adopt(peer)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.setblocking(False)
        client.connect(("127.0.0.1", transport.port))
        yield House(transport, peer, client)
    transport.close()


async def test_a_check_is_answered_with_the_address_it_came_from(house: House) -> None:
    answer = parse_message(await house.check())
    assert answer.message_class == Class.RESPONSE
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == house.client.getsockname()


async def test_a_handshake_is_carried_to_its_peer(house: House) -> None:
    await house.check()
    browser = Handshake(BROWSER, SERVER.fingerprint, server=False)
    for datagram in browser.start():
        house.client.send(datagram)
    while browser.keys is None:
        for datagram in browser.receive(await house.receive()):
            house.client.send(datagram)
    await delivered()
    assert house.peer.is_ready
    assert house.transport.stats.handshakes_completed == 1


async def test_a_burst_arrives_as_the_packets_it_was_made_of(house: House) -> None:
    await house.check()
    assert house.peer.address is not None
    sizes = (90, 90, 60, 70)
    packets = [Packet(96, 0, number, 0, 1, bytes(size)) for number, size in enumerate(sizes)]
    house.transport.send_burst(Burst(packets, house.transport.arena, 16), house.peer.address)
    assert [len(await house.receive()) for _ in sizes] == [size + HEADER.size + 16 for size in sizes]
    assert house.transport.stats.packets_forwarded == 4


async def test_who_is_forgotten_is_a_stranger(house: House) -> None:
    await house.check()
    house.peer.close()
    assert len(house.transport) == 0
    house.client.send(b"\x80" * 40)
    await delivered()
    assert house.transport.stats.dropped == {"stranger": 1}


async def test_a_forged_check_is_not_answered(house: House) -> None:
    house.client.send(check("guessed", f"{house.peer.fragment}:browser"))
    await delivered()
    assert house.transport.stats.dropped == {"unsigned_stun": 1}
    assert house.peer.address is None


@given(st.lists(st.binary(min_size=1, max_size=100), max_size=20))
@settings(max_examples=25)
def test_hostile_datagrams_are_dropped_and_counted(datagrams: list[bytes]) -> None:
    asyncio.run(flood(datagrams))


async def flood(datagrams: list[bytes]) -> None:
    transport = Transport("127.0.0.1", 0, MediaStats())
    transport.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mallory:
        for datagram in datagrams:
            mallory.sendto(datagram, ("127.0.0.1", transport.port))
        await delivered()
        assert sum(transport.stats.dropped.values()) == len(datagrams)
    transport.close()
