"""Pieces of the film as H.264 in fragmented MP4 (docs/recording.md). Each is made without looking at others,
and begins with a keyframe; one `init` serves all that were made alike."""

from collections.abc import Iterable
from fractions import Fraction
from io import BytesIO
from struct import pack_into, unpack_from
from typing import TYPE_CHECKING, NamedTuple

import av
from av.video.frame import PictureType

if TYPE_CHECKING:
    VideoPacket = av.Packet[av.VideoStream]

SEGMENT_MS = 2_048
FRAMES = 32
"""Of a segment: one each 64 ms, 15.625 a second."""
_TIME_BASE = Fraction(1, 1_000)
_MPEG_RANGE, _BT601 = 1, 6
_CONTAINERS = (b"moof", b"traf")


class Quality(NamedTuple):
    """`crf`: smaller is better; `preset`: of x264."""

    crf: int = 25
    preset: str = "veryfast"


class Segment(NamedTuple):
    """Files: `init` is the same for all that are made alike."""

    init: bytes
    media: bytes


def encoded(
    frames: Iterable[tuple[int, av.VideoFrame]],
    *,
    number: int,
    size: tuple[int, int],
    quality: Quality,
    length_ms: int = SEGMENT_MS,
) -> Segment:
    """Segment `number` of frames (yuv420p, of that size) and when each is shown, in ms from its beginning.
    Only the last one of a film is shorter."""
    file = BytesIO()
    options = {"movflags": "frag_custom+empty_moov+default_base_moof"}
    with av.open(file, "w", format="mp4", options=options) as container:
        stream = _stream(container, size, quality)
        last: VideoPacket | None = None
        for at, frame in frames:
            frame.pts, frame.time_base = at, _TIME_BASE
            frame.pict_type = PictureType.I if last is None and at == 0 else PictureType.NONE
            for packet in stream.encode(frame):
                last = _sent(container, last, packet)
        for packet in stream.encode(None):
            last = _sent(container, last, packet)
        if last is not None:
            last.duration = length_ms - round((last.pts or 0) * 1_000 * last.time_base)
            container.mux(last)
    return Segment(*_parted(file.getvalue(), number))


def codec_of(init: bytes) -> str:
    """As RFC 6381 names it, of the configuration in `avcC` (ISO/IEC 14496-15)."""
    start = init.index(b"avcC") + 5
    return f"avc1.{init[start : start + 3].hex()}"


def _stream(
    container: av.container.OutputContainer, size: tuple[int, int], quality: Quality
) -> av.VideoStream:
    stream = container.add_stream(
        "libx264",
        rate=Fraction(FRAMES * 1_000, SEGMENT_MS),
        options={
            "preset": quality.preset,
            "crf": str(quality.crf),
            "x264-params": "keyint=infinite:scenecut=0:bframes=0:force-cfr=0",
            "profile": "high",
        },
    )
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.time_base = _TIME_BASE
    context.thread_count = 1
    context.color_range, context.colorspace = _MPEG_RANGE, _BT601
    context.color_primaries = context.color_trc = _BT601
    stream.time_base = _TIME_BASE
    return stream


def _sent(
    container: av.container.OutputContainer, last: "VideoPacket | None", packet: "VideoPacket"
) -> "VideoPacket":
    """The last packet is kept until one knows how long it is shown."""
    if last is not None:
        last.duration = (packet.pts or 0) - (last.pts or 0)
        container.mux(last)
    return packet


# Boxes of ISO/IEC 14496-12


def _parted(data: bytes, number: int) -> tuple[bytes, bytes]:
    """What comes before the first fragment, and the fragment, as number `number` of its stream."""
    boxes = list(_boxes(data, 0, len(data)))
    init = b"".join(data[start:end] for kind, start, end in boxes if kind in (b"ftyp", b"moov"))
    media = bytearray(b"".join(data[start:end] for kind, start, end in boxes if kind in (b"moof", b"mdat")))
    timescale = timescale_of(init)
    for kind, start, _ in _inner(bytes(media)):
        if kind == b"mfhd":
            pack_into("!I", media, start + 12, number + 1)
        elif kind == b"tfdt":
            pack_into("!Q", media, start + 12, number * SEGMENT_MS * timescale // 1_000)
    return init, bytes(media)


def timescale_of(init: bytes) -> int:
    """Units of a second in which the track counts (`mdhd`, version 0)."""
    (timescale,) = unpack_from("!I", init, init.index(b"mdhd") + 16)
    return int(timescale)


def _inner(data: bytes) -> Iterable[tuple[bytes, int, int]]:
    pending = list(_boxes(data, 0, len(data)))
    while pending:
        kind, start, end = pending.pop()
        yield kind, start, end
        if kind in _CONTAINERS:
            pending += _boxes(data, start + 8, end)


def _boxes(data: bytes, start: int, end: int) -> Iterable[tuple[bytes, int, int]]:
    while start + 8 <= end:
        size, kind = unpack_from("!I4s", data, start)
        yield kind, start, start + size
        start += size
