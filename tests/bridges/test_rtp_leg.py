"""A media leg over RTP: real datagrams between two ports of this machine, and some that are no such thing."""

import socket
from collections.abc import Iterator
from struct import pack

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridges.codecs import CODECS, G722, L16, OPUS, PCMA, PCMU, Codec
from bridges.rtp_leg import RtpMediaLeg
from conferences.media import rtcp, rtp
from conferences.media.mixing import FRAME_BYTES, Samples
from tests.sounds import frames, share, tone

HOST = "127.0.0.1"
SPOKEN = tone(700, 1)
SILENCE = bytes(FRAME_BYTES)
Pair = tuple[RtpMediaLeg, RtpMediaLeg]


def leg(codec: Codec = PCMU, payload_type: int = 0, *, latch: bool = False) -> RtpMediaLeg:
    return RtpMediaLeg(HOST, codec=codec, payload_type=payload_type, latch=latch)


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Ours, and one that takes the bridge's part."""
    ours, bridge = leg(), leg()
    ours.connect(bridge.address)
    bridge.connect(ours.address)
    yield ours, bridge
    ours.close()
    bridge.close()


@pytest.fixture
def stranger() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind((HOST, 0))
        yield opened


def conversation(one: RtpMediaLeg, other: RtpMediaLeg, said: Samples = SPOKEN) -> tuple[Samples, Samples]:
    """What each hears while `one` speaks."""
    heard: tuple[list[bytes], list[bytes]] = ([], [])
    for frame in frames(said):
        one.push(frame.tobytes())
        other.push(SILENCE)
        for listener, taken in zip((one, other), heard, strict=True):
            taken.append(listener.pull() or SILENCE)
    return np.frombuffer(b"".join(heard[0]), np.int16), np.frombuffer(b"".join(heard[1]), np.int16)


def packet(number: int, *, ssrc: int = 9, payload_type: int = 0, payload: bytes = b"\x20" * 160) -> bytes:
    return pack("!BBHII", 0x80, payload_type, number & 0xFFFF, number * 160 & 0xFFFFFFFF, ssrc) + payload


ALL = [*CODECS.values(), OPUS]


@pytest.mark.parametrize("codec", ALL, ids=[f"{codec.name}-{codec.rate}" for codec in ALL])
def test_what_one_says_the_other_hears(codec: Codec) -> None:
    one, other = leg(codec, 96), leg(codec, 96)
    one.connect(other.address)
    other.connect(one.address)
    own, heard = conversation(one, other)
    assert share(heard[1000:], 700) > 0.99
    assert not np.abs(own).max() > 20
    one.close()
    other.close()


@pytest.mark.parametrize(
    ("codec", "step", "size"),
    [(L16, 320, 640), (PCMU, 160, 160), (G722, 160, 160)],
    ids=["L16", "PCMU", "G722"],
)
def test_packets_are_steady_and_the_first_is_marked(
    codec: Codec, step: int, size: int, stranger: socket.socket
) -> None:
    ours = leg(codec, 11)
    ours.connect(stranger.getsockname())
    for _ in range(4):
        ours.push(SILENCE)
    packets = [rtp.parse(memoryview(stranger.recv(2000))) for _ in range(4)]
    first = packets[0]
    assert [p.marker for p in packets] == [rtp.MARKER, 0, 0, 0]
    assert [(p.sequence - first.sequence) & 0xFFFF for p in packets] == [0, 1, 2, 3]
    assert [(p.timestamp - first.timestamp) & 0xFFFFFFFF for p in packets] == [0, step, 2 * step, 3 * step]
    assert {(p.payload_type, p.ssrc, len(p.payload)) for p in packets} == {(11, first.ssrc, size)}
    ours.close()


@pytest.mark.parametrize("codec", [L16, G722, OPUS], ids=["L16", "G722", "opus"])
def test_a_wide_leg_carries_what_a_narrow_one_cannot(codec: Codec) -> None:
    one, other = leg(codec, 96), leg(codec, 96)
    one.connect(other.address)
    other.connect(one.address)
    _, heard = conversation(one, other, tone(5000, 1))
    assert share(heard[1000:], 5000) > 0.9
    one.close()
    other.close()


def test_until_it_knows_the_bridge_it_neither_sends_nor_takes(stranger: socket.socket) -> None:
    ours = leg()
    ours.push(SILENCE)
    stranger.sendto(packet(1), ours.address)
    assert ours.pull() is None
    assert ours.stats["sent"] == 0
    assert ours.refused.stranger == 1
    ours.close()


def test_a_stranger_is_not_heard_whatever_he_sends(pair: Pair, stranger: socket.socket) -> None:
    ours, bridge = pair
    bridge.push(SILENCE)
    for number in range(8):
        stranger.sendto(packet(number), ours.address)
    ours.pull()
    assert ours.refused.stranger == 8
    assert ours.stats["received"] == 1


def test_the_first_that_could_be_the_bridge_is_it_if_so_told(stranger: socket.socket) -> None:
    ours = leg(latch=True)
    stranger.sendto(b"hello", ours.address)
    stranger.sendto(packet(1, payload_type=8), ours.address)
    ours.pull()
    assert ours.remote is None
    stranger.sendto(packet(1), ours.address)
    ours.pull()
    assert ours.remote == stranger.getsockname()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as later:
        later.sendto(packet(2), ours.address)
        ours.pull()
    assert ours.refused.stranger == 1
    assert ours.remote == stranger.getsockname()
    ours.close()


def test_what_the_bridge_should_not_send_is_counted_and_not_heard(stranger: socket.socket) -> None:
    ours = leg()
    ours.connect(stranger.getsockname())
    hostile = {
        "oversized": packet(1, payload=bytes(1600)),
        "malformed": b"\x80\x00",
        "unexpected": packet(1, payload_type=101),
    }
    for datagram in [*hostile.values(), packet(2, payload=b""), packet(3, payload=b"\x20" * 7)]:
        stranger.sendto(datagram, ours.address)
    assert not any(np.frombuffer(ours.pull() or b"", np.int16))
    assert (ours.refused.oversized, ours.refused.malformed, ours.refused.unexpected) == (1, 1, 2)
    assert ours.stats["dropped"] == 1
    ours.close()


def test_a_flood_of_the_bridge_is_taken_in_turns(stranger: socket.socket) -> None:
    ours = leg()
    ours.connect(stranger.getsockname())
    for number in range(100):
        stranger.sendto(packet(number), ours.address)
    ours.pull()
    assert ours.stats["received"] == 16
    ours.close()


def test_another_stream_of_the_bridge_is_heard_at_once(stranger: socket.socket) -> None:
    ours = leg()
    ours.connect(stranger.getsockname())
    for ssrc, first in ((9, 30_000), (10, 4)):
        for number in range(first, first + 3):
            stranger.sendto(packet(number, ssrc=ssrc), ours.address)
        ours.pull()
        assert any(np.frombuffer(ours.pull() or b"", np.int16))
    ours.close()


def test_a_lost_packet_is_concealed_and_told(pair: Pair, stranger: socket.socket) -> None:
    ours = leg(PCMA, 8)
    ours.connect(stranger.getsockname())
    for number in range(50):
        if number != 25:
            stranger.sendto(packet(number, payload_type=8), ours.address)
        ours.pull()
    assert ours.stats["lost"] == ours.stats["concealed"] == 1
    assert ours.quality.codec == "PCMA"
    assert ours.quality.loss_percent == pytest.approx(2)
    assert 3 < ours.quality.mos < 4.4
    ours.close()


def test_both_ends_report_to_each_other(pair: Pair) -> None:
    ours, bridge = pair
    conversation(ours, bridge, tone(700, 12))
    assert ours.quality.mos > 4
    assert ours.quality.loss_percent == 0


def test_what_the_bridge_reports_to_have_lost_counts(stranger: socket.socket) -> None:
    ours = leg()
    host, port = stranger.getsockname()
    ours.connect((host, port))
    ours.push(SILENCE)
    ssrc = rtp.parse(memoryview(stranger.recv(2000))).ssrc
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        control.bind((host, 0))
        ours.connect((host, control.getsockname()[1] - 1))
        report = rtcp.Report(ssrc, 0.25, 10, 1, 0, 0, 0)
        for datagram in (b"nonsense", rtcp.receiver_report(5, [report])):
            control.sendto(datagram, (ours.address[0], ours.address[1] + 1))
    for _ in range(25):
        ours.pull()
    assert ours.quality.loss_percent == 25
    assert ours.quality.mos < 2
    ours.close()


def test_a_bridge_that_is_gone_and_a_closed_leg_do_no_harm(pair: Pair) -> None:
    ours, bridge = pair
    bridge.close()
    for _ in range(60):
        ours.push(SILENCE)
        assert ours.pull() is None
    ours.close()
    ours.push(SILENCE)
    assert ours.pull() is None


def test_ports_come_in_pairs_out_of_the_range() -> None:
    first = RtpMediaLeg(HOST, ports=range(39_000, 39_200, 2))
    assert first.address[1] % 2 == 0
    assert first.address[1] in range(39_000, 39_200)
    with pytest.raises(OSError, match="No free port"):
        RtpMediaLeg(HOST, ports=[first.address[1]])
    first.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([PCMU, G722, OPUS]),
    st.lists(st.binary(max_size=200) | st.binary(min_size=12, max_size=400).map(lambda b: b"\x80\0" + b)),
)
def test_nonsense_from_the_bridge_does_no_harm(
    stranger: socket.socket, codec: Codec, datagrams: list[bytes]
) -> None:
    ours = leg(codec)
    ours.connect(stranger.getsockname())
    for datagram in datagrams:
        stranger.sendto(datagram, ours.address)
        frame = ours.pull()
        assert frame is None or len(frame) == FRAME_BYTES
    ours.close()
