"""Synthetic takes: what the tap of a conference would have captured, made of real Opus and VP8.

`sound` and `picture` write chunk files of one track into a `raw` folder; `Network` says what became of the
packets on their way, `Sender` how honest the publisher's clock is. Times are the server's, in milliseconds.
`heard` and `seen` tell what is in something decoded again. `recording_of` makes
the rows of a conference on paper.
"""

import functools
import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from conferences.journal import entries
from conferences.models import Conference, JournalEntry, Room
from recording.chunks import OPEN_SUFFIX, ChunkWriter, PacketRecord, Record, ReportRecord, TrackHeader
from recording.models import Recording, Status
from tests.conferences.meeting import Meeting

T = TypeVar("T")

COLOURS = {"red": (200, 30, 30), "green": (30, 180, 40), "blue": (40, 50, 200), "grey": (128, 128, 128)}
COUNTER_BITS = 16
NTP_EPOCH_S = 2_208_988_800
PAYLOAD = 1_150
"""Bytes of a frame in one packet, as browsers cut it."""
CYCLE_S = 10
"""Longer takes repeat what was encoded."""
CHUNK_MS = 60_000


@dataclass(frozen=True)
class Network:
    """`loss` is a fraction; packets arrive `delay_ms` to `delay_ms + jitter_ms` later."""

    loss: float = 0.0
    delay_ms: float = 20.0
    jitter_ms: float = 5.0
    reordered: float = 0.0
    repeated: float = 0.0
    seed: int = 1


@dataclass(frozen=True)
class Sender:
    """Whose clock is `ahead_ms` of the server's, and ticks `drift_ppm` faster; whose sender reports, one
    every `report_every_ms` (0: none), lie by `lie_ms` about this track."""

    ahead_ms: float = 3_600_000.0
    drift_ppm: float = 0.0
    report_every_ms: int = 1_000
    lie_ms: float = 0.0
    rtp_start: int = 0xFFFF_0000
    sequence_start: int = 65_000


HONEST = Sender()
LAN = Network()


@dataclass(frozen=True)
class Sent:
    """A packet as it left: `at_ms` after the beginning of the take."""

    at_ms: float
    payload: bytes
    marker: bool
    level: int = 255


# What is to be captured


def sound(
    raw: Path,
    participant: str,
    frequency: int,
    *,
    begin: int,
    seconds: float,
    source: str = "microphone",
    ssrc: int = 0,
    network: Network = LAN,
    sender: Sender = HONEST,
    loudness: float = 0.25,
) -> TrackHeader:
    """A tone, from `begin` on. With `frequency` 0: silence."""
    packets = _opus(frequency, min(seconds, CYCLE_S), loudness)
    level = 127 if not frequency else round(-20 * np.log10(loudness))
    count = int(seconds * 50)
    sent = (
        Sent(20.0 * n, payload, n == 0, level)
        for n, payload in enumerate(itertools.islice(_repeated(packets, count), count))
    )
    header = TrackHeader(participant, source, ssrc or 0x1000 + frequency, "opus", 48_000)
    return take(raw, header, sent, begin=begin, seconds=seconds, network=network, sender=sender)


def picture(
    raw: Path,
    participant: str,
    colour: str,
    *,
    begin: int,
    seconds: float,
    size: tuple[int, int] = (320, 180),
    sizes: Sequence[tuple[int, int]] = (),
    fps: float = 10,
    key_every_s: float = 5.0,
    source: str = "camera",
    layer: int = 0,
    ssrc: int = 0,
    network: Network = LAN,
    sender: Sender = HONEST,
) -> TrackHeader:
    """One colour with a running number. `sizes` takes turns, changing every `key_every_s`."""
    key_every = int(key_every_s * fps)
    frames = _vp8(colour, min(seconds, CYCLE_S), tuple(sizes) or (size,), fps, key_every)
    count = int(seconds * fps)
    header = TrackHeader(participant, source, ssrc or 0x2000 + layer, "vp8", 90_000, layer)
    sent = itertools.chain.from_iterable(
        _vp8_packets(frame, n, 1000.0 * n / fps) for n, frame in enumerate(_repeated(frames, count))
    )
    return take(raw, header, sent, begin=begin, seconds=seconds, network=network, sender=sender)


def take(
    raw: Path,
    header: TrackHeader,
    sent: Iterable[Sent],
    *,
    begin: int,
    seconds: float,
    network: Network,
    sender: Sender,
) -> TrackHeader:
    """Write what arrives of it to chunks of a minute; the last one is sealed too."""
    arrivals = sorted(_arrivals(header, sent, begin, seconds, network, sender), key=lambda r: r.arrived_us)
    folder = raw / header.folder
    folder.mkdir(parents=True, exist_ok=True)
    first = len(list(folder.iterdir()))
    minutes = itertools.groupby(arrivals, key=lambda r: (r.arrived_us // 1000 - begin) // CHUNK_MS)
    for number, (_minute, records) in enumerate(minutes, start=first):
        writer = ChunkWriter(folder / f"{number:05}{OPEN_SUFFIX}", header)
        for record in records:
            writer.write(record)
        writer.seal()
    return header


def _arrivals(
    header: TrackHeader, sent: Iterable[Sent], begin: int, seconds: float, network: Network, sender: Sender
) -> Iterator[Record]:
    chance = random.Random(network.seed)
    rate = header.clock_rate * (1 + sender.drift_ppm / 1e6)
    for n, packet in enumerate(sent):
        late = network.delay_ms + chance.random() * network.jitter_ms
        late += 60.0 if chance.random() < network.reordered else 0.0
        if chance.random() < network.loss:
            continue
        record = PacketRecord(
            round((begin + packet.at_ms + late) * 1000),
            111 if header.codec == "opus" else 96,
            packet.marker,
            (sender.sequence_start + n) & 0xFFFF,
            round(sender.rtp_start + packet.at_ms * rate / 1000) & 0xFFFF_FFFF,
            packet.payload,
            packet.level,
        )
        yield record
        if chance.random() < network.repeated:
            yield record
    if sender.report_every_ms:
        for at in range(100, int(seconds * 1000), sender.report_every_ms):
            yield _report(at, begin, rate, network, sender)


def _report(at: int, begin: int, rate: float, network: Network, sender: Sender) -> ReportRecord:
    taken = (begin + at + sender.ahead_ms + sender.lie_ms) / 1000 + NTP_EPOCH_S
    ntp = int(Fraction(taken) * 2**32)
    timestamp = round(sender.rtp_start + at * rate / 1000) & 0xFFFF_FFFF
    return ReportRecord(round((begin + at + network.delay_ms) * 1000), ntp, timestamp)


def _repeated(made: Sequence[T], count: int) -> Iterator[T]:
    return itertools.islice(itertools.cycle(made), count)


# Encoding


@functools.cache
def _opus(frequency: int, seconds: float, loudness: float) -> list[bytes]:
    encoder = AudioCodecContext.create("libopus", "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "flt"
    encoder.bit_rate = 48_000
    times = np.arange(int(seconds * 48_000) // 960 * 960 + 960, dtype=np.float32) / 48_000
    samples = (loudness * np.sin(2 * np.pi * frequency * times)).astype(np.float32)
    packets: list[bytes] = []
    for at in range(0, len(samples), 960):
        frame = av.AudioFrame.from_ndarray(samples[None, at : at + 960], format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, at, Fraction(1, 48_000)
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets[: int(seconds * 50)]


@functools.cache
def _vp8(
    colour: str, seconds: float, sizes: tuple[tuple[int, int], ...], fps: float, key_every: int
) -> list[bytes]:
    frames: list[bytes] = []
    encoder: VideoCodecContext | None = None
    for n in range(int(seconds * fps)):
        if encoder is None or (n % key_every == 0 and len(sizes) > 1):
            encoder = _vp8_encoder(sizes[n // key_every % len(sizes)], fps, key_every)
        frame = av.VideoFrame.from_ndarray(_drawn(colour, n, encoder.width, encoder.height), format="rgb24")
        frame = frame.reformat(format="yuv420p")
        frame.pts = n
        frames += [bytes(packet) for packet in encoder.encode(frame)]
    return frames


def _vp8_encoder(size: tuple[int, int], fps: float, key_every: int) -> VideoCodecContext:
    encoder = VideoCodecContext.create("libvpx", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = *size, "yuv420p"
    encoder.thread_count = 1  # libvpx's threads wait for each other by spinning
    encoder.time_base, encoder.bit_rate, encoder.gop_size = 1 / Fraction(fps), 300_000, key_every
    encoder.options = {
        "deadline": "realtime",
        "cpu-used": "8",
        "lag-in-frames": "0",
        "keyint_min": str(key_every),
    }
    return encoder


def _drawn(colour: str, number: int, width: int, height: int) -> NDArray[np.uint8]:
    image = np.empty((height, width, 3), dtype=np.uint8)
    image[:] = COLOURS[colour]
    block, top = width // COUNTER_BITS, height - height // 6
    for bit in range(COUNTER_BITS):
        image[top:, bit * block : (bit + 1) * block] = 255 if number >> bit & 1 else 0
    return image


def _vp8_packets(frame: bytes, number: int, at_ms: float) -> Iterator[Sent]:
    """RFC 7741, section 4.2, with what browsers send: picture id, index and number of the temporal layer."""
    pieces = [frame[at : at + PAYLOAD] for at in range(0, len(frame), PAYLOAD)]
    for n, piece in enumerate(pieces):
        picture_id = 0x8000 | number & 0x7FFF
        descriptor = bytes(
            (0x90 if n == 0 else 0x80, 0xE0, picture_id >> 8, picture_id & 0xFF, number & 0xFF, 0)
        )
        yield Sent(at_ms, descriptor + piece, n == len(pieces) - 1)


# What is in it


def heard(samples: NDArray[np.floating], frequency: float, rate: int = 48_000) -> float:
    """How loud a tone is in `samples`: its amplitude (Goertzel, for one frequency)."""
    times = np.arange(len(samples)) / rate
    return float(2 * abs(np.dot(samples, np.exp(-2j * np.pi * frequency * times))) / max(1, len(samples)))


def seen(frame: av.VideoFrame) -> tuple[str, int]:
    """The colour of a frame, and its running number."""
    image = frame.to_ndarray(format="rgb24")
    height, width = image.shape[:2]
    middle = image[: height // 2 : 8, ::8].reshape(-1, 3).mean(axis=0)
    colour = min(COLOURS, key=lambda name: float(np.abs(middle - COLOURS[name]).sum()))
    block, row = width // COUNTER_BITS, height - height // 12
    lit = image[row, block // 2 :: block][:COUNTER_BITS].mean(axis=1) > 127
    return colour, sum(1 << bit for bit, on in enumerate(lit) if on)


# Rows


def recording_of(meeting: Meeting, room: Room, *, begin: int, end: int, **fields: object) -> Recording:
    """The rows of a conference on paper, its journal, and a recording of it that has stopped."""
    conference, _ = Conference.objects.get_or_create(
        pk="conference-1", defaults={"room": room, "created_at": meeting.events[0].at}
    )
    kept = JournalEntry.objects.filter(conference=conference).count()
    JournalEntry.objects.bulk_create(entries(conference.pk, kept + 1, meeting.events[kept:]))
    return Recording.objects.create(
        **{
            "id": f"{conference.pk}-{len(meeting.events)}",
            "conference": conference,
            "title": room.name,
            "status": Status.MAKING,
            "started_at": begin,
            "stopped_at": end,
            "spans": [[begin, end]],
            "parts": ["cameras", "screens", "slides", "chat", "polls"],
            "viewers": "private",
            **fields,
        }
    )
