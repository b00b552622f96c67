"""A recording that is watched while it runs: every two seconds a segment of sound, one of pictures, and what
happened, in version 1 of its bundle. Slides are not in the picture: the page draws them.

Whoever was killed is followed by somebody who goes on with the next segment. Who does not keep up shows fewer
pictures a second; the sound never stops. After the end the making of the bundle replaces the manifest, in the
same folder: what it writes has other names, but for the sound, which is the same.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import av
import msgspec
from django.conf import settings
from django.db.models import Q
from msgspec.structs import replace

from conferences.core.words import Millis, Part
from conferences.journal import read_numbered
from recording.aligned import SOUNDS
from recording.audio_segments import made_segments, needed_until, segments_in
from recording.compositor import Compositor
from recording.desk import Desk, write_bytes
from recording.effort import Effort
from recording.export import Entry
from recording.film import RENDITIONS
from recording.fmp4 import init_segment
from recording.growing import GrowingTracks
from recording.levels import Level, levels_of
from recording.live_files import Belongings
from recording.live_journal import LiveJournal
from recording.live_pictures import LivePictures
from recording.manifest import Audio, JournalFile, Manifest, Video, decode
from recording.models import Recording, Status, Step
from recording.playlists import master, playlist
from recording.stage import Look, Scene, scene_of
from recording.story import Story
from recording.timeline import Timeline
from recording.video_segments import SEGMENT_MS, Quality, codec_of, encoded
from recording.voices import CapturedVoices, mix_of

VERSION = 1
"""Of the bundle. What is made of it after the end is the next one."""
GRACE_MS = 1_300
"""What was sent is captured by then: it is written to the disk every second."""
RENDITION = "live"
BANDWIDTH = 1_500_000
JOURNAL = 1_000_000
"""Its files are numbered from here: those of the finished bundle from 0."""
FAR_BEHIND = 10
"""Segments. Who begins late does not make pictures of what was before."""


_UNFINISHED = Q(status=Status.RECORDING) | Q(
    status=Status.MAKING, step__in=("", Step.VERIFY, Step.ALIGN, Step.REMUX, Step.MIX)
)


class Live:
    """Version 1 of a running recording's bundle. `step` as often as one likes, then `finish`."""

    def __init__(self, recording: Recording, desk: Desk, effort: Effort) -> None:
        self.folder = desk.bundle(VERSION)
        self.manifest = _begun(self.folder, recording)
        size = RENDITIONS[settings.RECORDINGS_LIVE_SIZE]
        self.look = Look(size.width, size.height, beside=4, grid=4, slides=False)
        self.effort = effort
        self._conference = recording.conference_id
        self._tracks = GrowingTracks(desk, recording.started_at)
        self._journal = LiveJournal([Part(part) for part in recording.parts])
        self._belongings = Belongings(self.folder)
        self._story = Story()
        self._pictures = LivePictures()
        self._painter = Compositor(self.look, lambda _document: None)
        self._is_catching_up = True

    @property
    def number(self) -> int:
        """Of the next segment."""
        return self.manifest.audio.segments

    def step(self, recording: Recording, now: Millis) -> bool:
        """Make the next segment, if everything in it was captured. Raises OSError."""
        timeline = recording.timeline(now=now - GRACE_MS)
        ready = self._ready(timeline)
        if self.number >= ready:
            return False
        self._is_catching_up = self._is_catching_up and ready - self.number > FAR_BEHIND
        self._make(timeline, behind=ready - self.number)
        return True

    def finish(self, recording: Recording, now: Millis) -> None:
        """What is left, up to the end."""
        timeline = recording.timeline(now=now)
        while self.number < segments_in(timeline.length):
            self._make(timeline, behind=0)

    def _ready(self, timeline: Timeline) -> int:
        """How many segments there is everything of."""
        count = timeline.length // SEGMENT_MS
        return count if count and needed_until(count - 1) <= timeline.length else max(0, count - 1)

    def _make(self, timeline: Timeline, *, behind: int) -> None:
        number, begin = self.number, self.number * SEGMENT_MS
        end = min(begin + SEGMENT_MS, timeline.length)
        self._tracks.look()
        mix = partial(mix_of, CapturedVoices(self._tracks.aligned))
        if not (path := self.folder / f"audio/{number}.m4s").exists():
            (sound,) = made_segments(number, 1, timeline, mix)
            write_bytes(path, sound)
        journal = self._tell(begin, end, timeline)
        video = self.manifest.video
        if not self._is_catching_up:
            with self.effort.measured(behind):
                video = self._film(number, range(begin, end, SEGMENT_MS // self.effort.frames), timeline)
        elif video:
            video = ()
        self._publish(
            replace(
                self.manifest,
                length_ms=end,
                audio=Audio(number + 1),
                video=video,
                journal=(*self.manifest.journal, journal),
                people=self.manifest.people | self._names(),
            ),
            timeline,
        )

    # What happened

    def _tell(self, begin: int, end: int, timeline: Timeline) -> JournalFile:
        entries = read_numbered(self._conference, (), after=self._journal.seq)
        self._journal.add(Entry(seq, event) for seq, event in entries)
        told = self._journal.page(begin, end, timeline, self._levels(begin, end, timeline))
        self._bring()
        file = JournalFile(f"journal/{JOURNAL + begin // SEGMENT_MS}.json", begin, told.key)
        content = msgspec.json.encode(told.page)
        write_bytes(self.folder / file.file, content)
        self._story.add(content)
        return file

    def _levels(self, begin: int, end: int, timeline: Timeline) -> dict[str, list[Level]]:
        levels: defaultdict[str, list[Level]] = defaultdict(list)
        since, until = timeline.captured(begin) * 1_000, (timeline.captured(end - 1) + 1) * 1_000
        aligned = self._tracks.aligned
        for track in aligned.of(SOUNDS):
            if track.header.source == "microphone" and track.may_have(since, until):
                levels[track.header.participant] += levels_of(aligned.sounds(track, since, until))
        return levels

    def _bring(self) -> None:
        """Parts that are not recorded need no files."""
        seen, parts = self._journal.seen, self.manifest.parts
        documents = seen.documents if Part.SLIDES in parts else {}
        chat = seen.chat if Part.CHAT in parts else ()
        self._belongings.bring(replace(seen, documents=documents, chat=chat))

    def _names(self) -> dict[str, str]:
        return {id: one.name for id, one in self._journal.seen.participants.items()}

    # What is seen

    def _film(self, number: int, ticks: range, timeline: Timeline) -> tuple[Video, ...]:
        scenes = [(t, self._scene(t)) for t in ticks]
        wanted = {
            (tile.participant, tile.source): None
            for _, scene in scenes
            for tile in (*scene.strip, *([scene.large] if scene.large else []))
            if tile.video
        }
        until = timeline.captured(ticks.stop - 1) + 1
        self._pictures.load(self._tracks.aligned, list(wanted), until * 1_000)
        frames = self._frames(scenes, number * SEGMENT_MS, timeline)
        segment = encoded(frames, number=number, size=(self.look.width, self.look.height), quality=Quality())
        folder = self.folder / "video" / RENDITION
        write_bytes(folder / "init.mp4", segment.init)
        write_bytes(folder / f"{number}.m4s", segment.media)
        known = self.manifest.video[0] if self.manifest.video else None
        return (
            Video(
                name=RENDITION,
                width=self.look.width,
                height=self.look.height,
                init=f"video/{RENDITION}/init.mp4",
                first=known.first if known else number,
                segments=known.segments + 1 if known else 1,
                codec=codec_of(segment.init),
            ),
        )

    def _scene(self, t: int) -> Scene:
        moment = self._story.at(t)
        return scene_of(moment.picture, self.look, levels=moment.levels, spoken=moment.spoken)

    def _frames(
        self, scenes: list[tuple[int, Scene]], begin: int, timeline: Timeline
    ) -> Iterator[tuple[int, av.VideoFrame]]:
        for t, scene in scenes:
            at_us = timeline.captured(t) * 1_000
            yield t - begin, self._painter.paint(scene, partial(self._pictures.picture, at_us=at_us))

    # What is told of it

    def _publish(self, manifest: Manifest, timeline: Timeline) -> None:
        """Playlists first, then the manifest; unless the bundle is nearly finished."""
        self.manifest = manifest
        if not Recording.objects.filter(_UNFINISHED, pk=manifest.id).exists():
            return
        listed = partial(playlist, ended=False, captured=timeline.captured)
        sound = listed(first=0, segments=manifest.audio.segments)
        write_bytes(self.folder / "audio/index.m3u8", sound.encode())
        for video in manifest.video:
            pictures = listed(first=video.first, segments=video.segments)
            write_bytes(self.folder / "video" / video.name / "index.m3u8", pictures.encode())
        bandwidths = [BANDWIDTH] * len(manifest.video)
        everything = master(audio=manifest.audio, video=manifest.video, bandwidths=bandwidths)
        write_bytes(self.folder / "master.m3u8", everything.encode())
        write_bytes(self.folder / "manifest.json", manifest.encode())


def _begun(folder: Path, recording: Recording) -> Manifest:
    """Of what is there; else an empty one."""
    path = folder / "manifest.json"
    if path.exists():
        return decode(path.read_bytes())
    write_bytes(folder / "audio/init.mp4", init_segment())
    return Manifest(
        id=recording.pk,
        version=VERSION,
        title=recording.title,
        began_at=recording.started_at,
        ended=False,
        length_ms=0,
        audio=Audio(0),
        parts=tuple(recording.parts),
    )
