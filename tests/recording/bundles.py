"""A bundle on paper: what the making of a recording would have left, made without it.

Alice's camera is red but for a white flash at FLASH_MS, and at that time there is a beep; Bob's is blue.
"""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import msgspec
import numpy
from numpy.typing import NDArray
from PIL import Image

from conferences.core.board import Shape
from conferences.core.figures import Arrow, Colour, Width
from conferences.core.slides import Document, DocumentKind, DocumentPresented
from conferences.core.state import Participant, State
from conferences.core.words import Role
from recording.audio_segments import made_segments, segments_in
from recording.fmp4 import init_segment
from recording.manifest import Audio, JournalFile, Manifest, Talk, Track
from recording.story import JournalPart
from recording.timeline import Span, Timeline

BEGAN = 1_790_000_000_000
FLASH_MS, FLASH_LENGTH_MS = 2_600, 200
BEEP_HZ = 1_000
RED, BLUE, WHITE = (200, 30, 30), (40, 50, 200), (255, 255, 255)
SLIDES_FROM_MS = 4_000

ALICE = Participant(id="p1", name="Alice", role=Role.HOST, joined_at=1, camera=True, microphone=True)
BOB = Participant(id="p2", name="Bob", role=Role.GUEST, joined_at=2, camera=True, microphone=True)
SHAPES = (Shape("s1", "p1", 1, Arrow(Colour.GREEN, Width.THICK, 2_000, 5_000, 8_000, 5_000)),)
SLIDES = Document(
    id="d1", name="plans.pdf", owner="p1", url="bundle:documents/d1/", kind=DocumentKind.FILE, pages=1
)


def flashing(ms: int) -> tuple[int, int, int]:
    return WHITE if FLASH_MS <= ms < FLASH_MS + FLASH_LENGTH_MS else RED


def write_bundle(folder: Path, length_ms: int = 6_144) -> Manifest:
    """Both talk; from SLIDES_FROM_MS on a yellow page with an arrow is shown."""
    for name in ("tracks", "journal", "audio", "documents/d1"):
        (folder / name).mkdir(parents=True)
    write_track(folder / "tracks/p1.webm", flashing, length_ms)
    write_track(folder / "tracks/p2.webm", lambda _ms: BLUE, length_ms)
    write_sound(folder / "audio", length_ms)
    Image.new("RGB", (800, 500), (250, 240, 160)).save(folder / "documents/d1/1.webp", lossless=True)
    state = State(
        seq=5, participants={"p1": ALICE, "p2": BOB}, documents={"d1": SLIDES}, drawings={"d1": {1: SHAPES}}
    )
    shown = DocumentPresented(at=BEGAN + SLIDES_FROM_MS, document="d1", page=1, by="p1")
    part = JournalPart(0, state, ((SLIDES_FROM_MS, 6, shown),), ((1_000, {"p1": 6}), (1_600, {})))
    (folder / "journal/0.json").write_bytes(msgspec.json.encode(part))
    manifest = Manifest(
        id="c-1",
        version=1,
        title="Archery",
        began_at=BEGAN,
        ended=True,
        length_ms=length_ms,
        audio=Audio(segments_in(length_ms)),
        tracks=tuple(
            Track(one, "camera", f"tracks/{one}.webm", 0, length_ms, 320, 180) for one in ("p1", "p2")
        ),
        journal=(JournalFile("journal/0.json", 0, key=True),),
        talks=(Talk("p1", 800, 2_000),),
    )
    (folder / "manifest.json").write_bytes(manifest.encode())
    return manifest


def write_track(
    path: Path,
    colour: Callable[[int], tuple[int, int, int]],
    length_ms: int,
    size: tuple[int, int] = (320, 180),
) -> None:
    """25 pictures a second, a keyframe each second."""
    with av.open(str(path), "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=25, options={"deadline": "realtime", "cpu-used": "8"})
        stream.width, stream.height = size
        stream.pix_fmt, stream.gop_size = "yuv420p", 25
        stream.codec_context.time_base = Fraction(1, 1_000)
        stream.codec_context.thread_count = 1  # libvpx's threads wait for each other by spinning
        for ms in range(0, length_ms, 40):
            picture = Image.new("RGB", size, colour(ms))
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = ms, Fraction(1, 1_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def write_sound(folder: Path, length_ms: int) -> None:
    timeline = Timeline([Span(BEGAN, BEGAN + length_ms)])
    (folder / "init.mp4").write_bytes(init_segment())
    for number, segment in enumerate(made_segments(0, segments_in(length_ms), timeline, beeping)):
        (folder / f"{number}.m4s").write_bytes(segment)


def beeping(begin: int, count: int) -> NDArray[numpy.float32]:
    times = (begin - BEGAN) / 1_000 + numpy.arange(count) / 48_000
    on = (times >= FLASH_MS / 1_000) & (times < (FLASH_MS + FLASH_LENGTH_MS) / 1_000)
    tone = 0.5 * numpy.sin(2 * numpy.pi * BEEP_HZ * times) * on
    return numpy.stack([tone, tone]).astype(numpy.float32)
