"""Cameras and screens of a conference that is being recorded, decoded as they come: of those on the stage."""

from collections import deque
from collections.abc import Sequence

import av
from av.video.codeccontext import VideoCodecContext

from recording.aligned import PICTURES, AlignedTracks
from recording.captured import CapturedTrack
from recording.samples import Frame

KEY_WITHIN_US = 12_000_000
"""While it is recorded, a keyframe comes at least every ten seconds."""
STILL_US = 3_000_000
"""A picture that is older is not shown: its camera sends no more."""

Key = tuple[str, str]
"""A participant and a source."""


class LivePictures:
    """`load` what came until some moment, then ask for `picture` at moments that do not decrease. In µs of
    the server's clock."""

    def __init__(self) -> None:
        self._decoders: dict[Key, _Decoder] = {}

    def load(self, tracks: AlignedTracks, wanted: Sequence[Key], until_us: int) -> None:
        """Of who is on the stage. Who is not is forgotten."""
        self._decoders = {key: self._decoders.get(key) or _Decoder() for key in wanted}
        layers: dict[Key, list[CapturedTrack]] = {key: [] for key in wanted}
        for track in tracks.of(PICTURES):
            key = (track.header.participant, track.header.source)
            if key in layers and track.may_have(until_us - STILL_US, until_us):
                layers[key].append(track)
        for key, found in layers.items():
            self._decoders[key].load(tracks, found, until_us)

    def picture(self, participant: str, source: str, at_us: int) -> av.VideoFrame | None:
        decoder = self._decoders.get((participant, source))
        return decoder.at(at_us) if decoder else None


class _Decoder:
    """Of one participant's camera or screen. Of sizes that are sent at once, the largest that flows."""

    def __init__(self) -> None:
        self._track = ""
        self._context = _new_context()
        self._frames: deque[Frame] = deque()
        self._key_us = 0
        self._done_us = 0
        """Of the last frame that was taken."""
        self._shown: av.VideoFrame | None = None
        self._shown_us = 0

    def load(self, tracks: AlignedTracks, layers: Sequence[CapturedTrack], until_us: int) -> None:
        for track in sorted(layers, key=lambda track: -track.header.layer):
            since = self._key_us if track.name == self._track else 0
            frames = tracks.frames(track, max(since, until_us - KEY_WITHIN_US), until_us)
            if frames and frames[-1].at_us > until_us - STILL_US:
                self._take(track, frames)
                return

    def at(self, at_us: int) -> av.VideoFrame | None:
        while self._frames and self._frames[0].at_us <= at_us:
            frame = self._frames.popleft()
            self._decode(frame)
        return self._shown if at_us - self._shown_us < STILL_US else None

    def _take(self, track: CapturedTrack, frames: Sequence[Frame]) -> None:
        """What is new of it; of another track, from its last keyframe on."""
        if track.name != self._track:
            self._track, self._context = track.name, _new_context()
            last = max(index for index, frame in enumerate(frames) if frame.size)
            self._frames, frames = deque(), frames[last:]
        else:
            frames = [frame for frame in frames if frame.at_us > self._done_us]
        for frame in frames:
            self._key_us = frame.at_us if frame.size else self._key_us
            self._done_us = frame.at_us
        self._frames.extend(frames)

    def _decode(self, frame: Frame) -> None:
        try:
            shown = self._context.decode(av.Packet(frame.payload))
        except av.InvalidDataError:
            return
        if shown:
            self._shown, self._shown_us = shown[-1], frame.at_us


def _new_context() -> VideoCodecContext:
    context = VideoCodecContext.create("vp8", "r")
    assert isinstance(context, VideoCodecContext)  # noqa: S101 - for mypy
    context.thread_count = 1
    return context
