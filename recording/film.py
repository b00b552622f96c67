"""The film of a bundle: its segments in every rendition, then one file for downloading.

It is made of the bundle alone, so what was paused, cut or taken out is not in it. Any segment can be made by
itself, in any order, and again.
"""

import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from math import ceil
from pathlib import Path
from typing import NamedTuple

import av
from av.video.reformatter import VideoReformatter
from PIL import Image

from conferences.core.slides import Document
from recording.compositor import Compositor
from recording.desk import replaced, write_bytes
from recording.manifest import Manifest, Video
from recording.slides_pdf import opaque
from recording.stage import Look, scene_of
from recording.story import Story
from recording.tracks import Tracks
from recording.video_segments import FRAMES, SEGMENT_MS, Quality, codec_of, encoded

STEP_MS = SEGMENT_MS // FRAMES
PIECE = 16
"""Segments that are made at a time: half a minute."""
BUNDLE = "bundle:"

Frames = list[tuple[int, av.VideoFrame]]


class Rendition(NamedTuple):
    name: str
    width: int
    height: int

    @property
    def folder(self) -> str:
        return f"video/{self.name}"


RENDITIONS = {
    "1080p": Rendition("1080p", 1_920, 1_080),
    "720p": Rendition("720p", 1_280, 720),
    "360p": Rendition("360p", 640, 360),
}


class Film:
    """`renditions`: the first is composed, the others are copies in another size."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        renditions: Sequence[Rendition],
        *,
        chat: bool,
        quality: Quality,
    ) -> None:
        self.folder, self.manifest, self.renditions = folder, manifest, renditions
        self.quality = quality
        self.look = Look(renditions[0].width, renditions[0].height, chat=chat)

    @property
    def segments(self) -> int:
        return ceil(self.manifest.length_ms / SEGMENT_MS)

    def missing(self) -> int | None:
        """The first segment that is not there in every rendition; None: all are."""
        numbers = range(self.segments)
        return next((number for number in numbers if not self._is_made(number)), None)

    def make(self, first: int) -> None:
        """Those that are missing of PIECE segments from there on."""
        numbers = [n for n in range(first, min(first + PIECE, self.segments)) if not self._is_made(n)]
        if not numbers:
            return
        story, painter = self._story(numbers[0] * SEGMENT_MS), Compositor(self.look, self._page)
        with closing(Tracks(self.folder, self.manifest.tracks)) as tracks:
            for number in numbers:
                self._encode(number, list(self._frames(number, story, tracks, painter)))

    def videos(self) -> tuple[Video, ...]:
        """As the manifest tells of them."""
        return tuple(
            Video(
                name=one.name,
                width=one.width,
                height=one.height,
                init=f"{one.folder}/init.mp4",
                first=0,
                segments=self.segments,
                codec=codec_of((self.folder / one.folder / "init.mp4").read_bytes()),
            )
            for one in self.renditions
        )

    def bandwidth(self, rendition: Rendition) -> int:
        """The most bits a second that any segment of it needs."""
        folder = self.folder / rendition.folder
        sizes = ((folder / f"{number}.m4s").stat().st_size for number in range(self.segments))
        return max(sizes, default=0) * 8_000 // SEGMENT_MS

    def join(self, target: Path) -> None:
        """Sound and the first rendition as one file, which can be played while it is being loaded."""
        with replaced(target) as part, ExitStack() as stack:
            options = {"movflags": "faststart"}
            film = stack.enter_context(av.open(str(part), "w", format="mp4", options=options))
            packets = []
            for folder in (self.renditions[0].folder, "audio"):
                chain = _Chain(self.folder / folder, self.segments)
                source = stack.enter_context(av.open(chain, "r", format="mp4"))
                copy = film.add_stream_from_template(source.streams[0])
                packets.append(_redirected(source, copy))
            for packet in heapq.merge(*packets, key=lambda packet: (packet.dts or 0) * packet.time_base):
                film.mux(packet)

    def _is_made(self, number: int) -> bool:
        return all((self.folder / one.folder / f"{number}.m4s").exists() for one in self.renditions)

    def _story(self, t: int) -> Story:
        """From the last picture before that moment."""
        files = self.manifest.journal
        keys = [index for index, file in enumerate(files) if file.key and file.from_ms <= t]
        talks = [talk for talk in self.manifest.talks if talk.from_ms < t]
        spoken = {talk.participant: min(talk.to_ms, t) for talk in sorted(talks, key=lambda talk: talk.to_ms)}
        story = Story(spoken)
        for file in files[keys[-1] if keys else 0 :]:
            if file.from_ms > t + PIECE * SEGMENT_MS:
                break
            story.add((self.folder / file.file).read_bytes())
        return story

    def _frames(
        self, number: int, story: Story, tracks: Tracks, painter: Compositor
    ) -> Iterator[tuple[int, av.VideoFrame]]:
        for at in range(0, self._length(number), STEP_MS):
            t = number * SEGMENT_MS + at
            picture, levels, spoken = story.at(t)
            scene = scene_of(picture, self.look, levels=levels, spoken=spoken)
            yield at, painter.paint(scene, partial(tracks.picture, t=t))

    def _length(self, number: int) -> int:
        return min(SEGMENT_MS, self.manifest.length_ms - number * SEGMENT_MS)

    def _encode(self, number: int, frames: Frames) -> None:
        for one in self.renditions:
            sized = frames if one is self.renditions[0] else _resized(frames, one)
            segment = encoded(
                sized,
                number=number,
                size=(one.width, one.height),
                quality=self.quality,
                length_ms=self._length(number),
            )
            folder = self.folder / one.folder
            write_bytes(folder / "init.mp4", segment.init)
            write_bytes(folder / f"{number}.m4s", segment.media)

    def _page(self, document: Document) -> Image.Image | None:
        """Of a file that was shown; a page whose picture is not there is blank."""
        path = self.folder / document.url.removeprefix(BUNDLE) / f"{document.page}.webp"
        if not document.url or not path.exists():
            return None
        with Image.open(path) as picture:
            return opaque(picture)


def _resized(frames: Frames, rendition: Rendition) -> Frames:
    scaler = VideoReformatter()
    return [(at, scaler.reformat(frame, rendition.width, rendition.height)) for at, frame in frames]


def _redirected(
    source: av.container.InputContainer, stream: av.stream.Stream
) -> Iterator["av.Packet[av.stream.Stream]"]:
    for packet in source.demux():
        if packet.dts is not None:
            packet.stream = stream
            yield packet


class _Chain:
    """`init.mp4` and the segments of a folder, read as one file."""

    def __init__(self, folder: Path, segments: int) -> None:
        names = ["init.mp4", *(f"{number}.m4s" for number in range(segments))]
        self._rest = iter([folder / name for name in names])
        self._now = b""

    def read(self, size: int) -> bytes:
        while not self._now and (path := next(self._rest, None)):
            self._now = path.read_bytes()
        piece, self._now = self._now[:size], self._now[size:]
        return piece
