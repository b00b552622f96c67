"""A bundle as docs/recording.md says, of three people on paper: each has a tone and a colour of their own.

| seconds | tone | camera of Alice | camera of Bob | on the stage |
|---|---|---|---|---|
| 0 to 10 | Alice, 440 Hz | red | green | page 1 |
| 10 to 20 | Bob, 880 Hz | off | blue | at 12: page 2, at 14 something is drawn |
| 20 to 30.72 | Carol, 1320 Hz | yellow | green | at 25: nothing |
"""

import io
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import msgspec
import numpy as np
from PIL import Image, ImageDraw

from conferences.core import board as b
from conferences.core import slides as s
from conferences.core.chat import SendChat
from conferences.core.commands import StartCamera, StopCamera, UnmuteMicrophone
from conferences.core.evolve import evolve
from conferences.core.figures import Colour, Line, Width
from conferences.core.polls import AnswerPoll, OpenPoll, PollKind
from conferences.core.spectator import hears, picture
from conferences.core.state import State
from recording.manifest import (
    Audio,
    Captions,
    Chapter,
    Download,
    Found,
    JournalFile,
    Manifest,
    Talk,
    Track,
    Video,
)
from tests.conferences.meeting import BEGIN, Meeting

RATE, FRAME, FRAMES = 48_000, 1024, 96
SEGMENT_MS = 2048
SEGMENTS = 15
LENGTH_MS = SEGMENTS * SEGMENT_MS
KEY_EVERY_MS = 10_000
SIZE = (320, 180)
PICTURES_A_SECOND = Fraction(125, 8)
"""So that 32 of them fill a segment."""
TONES = ((0, 440), (10_000, 880), (20_000, 1320))
COLOURS = {
    "red": (200, 30, 30),
    "green": (30, 180, 40),
    "blue": (40, 50, 200),
    "yellow": (220, 200, 40),
    "grey": (120, 120, 120),
}
CAMERAS = (
    ("alice", 0, 10_000, ((0, "red"),)),
    ("alice", 20_000, LENGTH_MS, ((20_000, "yellow"),)),
    ("bob", 0, LENGTH_MS, ((0, "green"), (10_000, "blue"), (20_000, "green"))),
)


class Told(NamedTuple):
    """`event` as a spectator hears it."""

    t: int
    seq: int
    event: dict[str, Any]


class Story:
    """What happened: `told`, and the picture at any time."""

    def __init__(self) -> None:
        meeting = Meeting()
        for t, happens in _plot(meeting):
            meeting.wait((BEGIN + t - meeting.now) / 1000)
            happens()
        self._events = meeting.events

    @property
    def told(self) -> Iterator[Told]:
        state = State()
        for index, event in enumerate(self._events):
            before, state = state, evolve(state, event)
            if hears(event, before, state):
                yield Told(event.at - BEGIN, index + 1, plain(event))

    def picture(self, t: int) -> dict[str, Any]:
        """All that happened at `t` included."""
        state = State()
        for event in self._events:
            if event.at - BEGIN <= t:
                state = evolve(state, event)
        return plain(picture(state))


def plain(thing: object) -> dict[str, Any]:
    """As it goes over the wire; addresses lead to the bundle."""
    text = msgspec.json.encode(thing).decode().replace('"/documents/plans/key/', '"bundle:documents/plans/')
    found: dict[str, Any] = json.loads(text)
    return found


def _plot(meeting: Meeting) -> list[tuple[int, Any]]:
    def begins() -> None:
        for who in ("alice", "bob", "carol"):
            meeting.joins(who)
            meeting.does(who, UnmuteMicrophone())
        meeting.does("alice", StartCamera())
        meeting.does("bob", StartCamera())
        meeting.brings("alice")

    def draws() -> None:
        figure = Line(colour=Colour.RED, width=Width.THICK, x1=1000, y1=1000, x2=9000, y2=6000)
        meeting.does("alice", b.AddShape(document="plans", page=2, shape="cross", figure=figure))

    return [
        (0, begins),
        (2_000, lambda: meeting.does("bob", SendChat(text="Good morning, archers"))),
        (5_000, lambda: meeting.does("alice", s.PresentDocument(document="plans"))),
        (7_000, lambda: meeting.does("carol", SendChat(text="Which bow do we take?"))),
        (10_000, lambda: meeting.does("alice", StopCamera())),
        (12_000, lambda: meeting.does("alice", s.TurnPage(document="plans", page=2))),
        (14_000, draws),
        (16_000, lambda: meeting.does("alice", SendChat(text="The long one: https://example.org/bow"))),
        (18_000, lambda: _asks(meeting)),
        (20_000, lambda: meeting.does("alice", StartCamera())),
        (23_000, lambda: meeting.does("bob", SendChat(text="Agreed"))),
        (25_000, lambda: meeting.does("alice", s.DismissDocument(document="plans"))),
    ]


def _asks(meeting: Meeting) -> None:
    meeting.does(
        "alice", OpenPoll(kind=PollKind.SINGLE, question="Arrows?", options=("6", "12"), shared=True)
    )
    meeting.does("bob", AnswerPoll(poll=meeting.state.polls[-1].id, choices=(1,)))


# Files


def make_bundle(folder: Path, *, id: str = "archery-12", version: int = 1) -> Manifest:
    """All of it, complete."""
    story = Story()
    make_sound(folder)
    video = make_program(folder)
    tracks = tuple(make_track(folder, *camera) for camera in CAMERAS)
    _documents(folder / "documents" / "plans")
    captions = (
        "WEBVTT\n\n00:00.500 --> 00:04.000\nGood morning everyone\n\n00:12.000 --> 00:16.000\nLook here\n"
    )
    _write(folder / "captions-en.vtt", captions.encode())
    _write(folder / "chat.txt", b"[00:02] Bob: Good morning, archers\n")
    manifest = Manifest(
        id=id,
        version=version,
        title="Archery",
        began_at=BEGIN,
        ended=True,
        length_ms=LENGTH_MS,
        audio=Audio(segments=SEGMENTS),
        video=(video,),
        tracks=tracks,
        journal=make_journal(folder, story),
        chapters=CHAPTERS,
        talks=(Talk("alice", 0, 9_500), Talk("bob", 10_000, 19_000), Talk("carol", 24_000, LENGTH_MS)),
        people={"alice": "Alice", "bob": "Bob", "carol": "Carol"},
        search=SEARCH,
        captions=(Captions("en", "captions-en.vtt"),),
        downloads=(Download("chat", "chat.txt", 35),),
        parts=("cameras", "screens", "slides", "chat", "polls"),
    )
    _write(folder / "manifest.json", manifest.encode())
    return manifest


CAPTIONS = b"""WEBVTT

00:00.500 --> 00:04.000
Good morning everyone

00:12.000 --> 00:16.000
Look here
"""
CHAPTERS = (
    Chapter(0, "start", "Archery"),
    Chapter(5_000, "slide", "Plans.pdf, page 1"),
    Chapter(12_000, "slide", "Plans.pdf, page 2"),
    Chapter(25_000, "speaker", "Carol"),
)
SEARCH = (
    Found(500, "caption", "Good morning everyone"),
    Found(2_000, "chat", "Good morning, archers", "bob"),
    Found(5_000, "slide", "The plan of the bow"),
    Found(7_000, "chat", "Which bow do we take?", "carol"),
    Found(16_000, "chat", "The long one: https://example.org/bow", "alice"),
    Found(23_000, "chat", "Agreed", "bob"),
)


def make_journal(folder: Path, story: Story, until: int = LENGTH_MS) -> tuple[JournalFile, ...]:
    """A file with a picture every ten seconds."""
    told, files = list(story.told), []
    for index, begin in enumerate(range(0, until, KEY_EVERY_MS)):
        end = begin + KEY_EVERY_MS
        part = {
            "from_ms": begin,
            "picture": story.picture(begin - 1),
            "events": [list(one) for one in told if begin <= one.t < end],
            "levels": [[t, {who: 6}] for t, who in _levels() if begin <= t < end],
        }
        _write(folder / "journal" / f"{index}.json", json.dumps(part).encode())
        files.append(JournalFile(f"journal/{index}.json", begin, key=True))
    return tuple(files)


def _levels() -> Iterator[tuple[int, str]]:
    for t in range(0, LENGTH_MS, 200):
        yield t, ("alice", "bob", "carol")[min(2, t // 10_000)]


def make_sound(folder: Path) -> None:
    output = io.BytesIO()
    options = {"movflags": "empty_moov+default_base_moof", "frag_duration": str(SEGMENT_MS * 1000)}
    with av.open(output, "w", format="mp4", options=options) as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo")
        times = np.arange(SEGMENTS * FRAMES * FRAME) / RATE
        tone = np.zeros_like(times)
        for begin, hertz in TONES:
            tone = np.where(times * 1000 >= begin, 0.3 * np.sin(2 * np.pi * hertz * times), tone)
        for at in range(0, len(tone), FRAME):
            piece = np.ascontiguousarray(np.stack([tone[at : at + FRAME]] * 2).astype(np.float32))
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    _write(folder / "audio.m4a", output.getvalue())
    init, segments = _split(output.getvalue())
    _write(folder / "audio" / "init.mp4", init)
    for number, segment in enumerate(segments[:SEGMENTS]):
        _write(folder / "audio" / f"{number}.m4s", segment)


def make_program(folder: Path, name: str = "180p") -> Video:
    """Grey, with a white bar that grows with the time."""
    output = io.BytesIO()
    options = {"movflags": "empty_moov+default_base_moof+frag_keyframe"}
    with av.open(output, "w", format="mp4", options=options) as container:
        stream = container.add_stream("libx264", rate=PICTURES_A_SECOND)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.options = {
            "g": "32",
            "keyint_min": "32",
            "sc_threshold": "0",
            "preset": "ultrafast",
            "bf": "0",
        }
        stream.codec_context.profile = "Baseline"
        for index in range(32 * SEGMENTS):
            pixels = np.full((SIZE[1], SIZE[0], 3), COLOURS["grey"], np.uint8)
            pixels[:20, : SIZE[0] * index // (32 * SEGMENTS)] = 255
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    init, segments = _split(output.getvalue())
    _write(folder / "video" / name / "init.mp4", init)
    for number, segment in enumerate(segments[:SEGMENTS]):
        _write(folder / "video" / name / f"{number}.m4s", segment)
    return Video(name, *SIZE, f"video/{name}/init.mp4", 0, SEGMENTS, "avc1.42c00c")


def make_track(
    folder: Path, who: str, begin: int, end: int, colours: Sequence[tuple[int, str]], fps: int = 10
) -> Track:
    name = f"tracks/{who}.camera.{begin}.webm"
    (folder / "tracks").mkdir(parents=True, exist_ok=True)
    with av.open(folder / name, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=fps)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.thread_count = 1  # libvpx's threads wait for each other by spinning
        stream.options = {"g": str(3 * fps), "deadline": "realtime", "cpu-used": "8", "b": "200k"}
        for t in range(begin, end, 1000 // fps):
            colour = next(colour for since, colour in reversed(colours) if since <= t)
            pixels = np.full((SIZE[1], SIZE[0], 3), COLOURS[colour], np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    return Track(who, "camera", name, begin, end, *SIZE)


def _documents(folder: Path) -> None:
    for page in (1, 2, 3):
        image = Image.new("RGB", (1280, 720), "white")
        draw = ImageDraw.Draw(image)
        draw.rectangle((80, 80, 1200, 200), fill=(20, 90 + 50 * page, 120))
        for row in range(5):
            draw.rectangle((80, 280 + row * 70, 900 - row * 90, 310 + row * 70), fill=(205, 210, 208))
        for name, size in ((f"{page}.webp", (1280, 720)), (f"{page}-small.webp", (320, 180))):
            saved = io.BytesIO()
            image.resize(size).save(saved, "WEBP")
            _write(folder / name, saved.getvalue())
    _write(folder / "text.json", json.dumps(["The plan of the bow", "The string", "The arrow"]).encode())


def _split(data: bytes) -> tuple[bytes, list[bytes]]:
    """The boxes before the first fragment, and the fragments."""
    init, fragments, at = b"", list[bytes](), 0
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        box, at = data[at : at + length], at + length
        if kind == b"moof":
            fragments.append(box)
        elif fragments and kind == b"mdat":
            fragments[-1] += box
        elif kind in (b"ftyp", b"moov"):
            init += box
    return init, fragments


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
