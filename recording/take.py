"""What is captured of one recording: the tracks that its parts let in, from the engine to their files.

The event loop feeds it, the recorder's thread writes it.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from conferences.core.words import Part
from conferences.media.contract import Source
from conferences.media.rtcp import SenderReport
from conferences.media.rtp import Packet
from conferences.media.tap import Tap, Track, TrackTap
from recording.chunks import ReportRecord, TrackHeader, packet_body
from recording.track_files import SEAL_LIVE_S, SEAL_S, TrackFiles

logger = logging.getLogger(__name__)

FOR_EVER = 2**63
_PART_OF = {Source.CAMERA: Part.CAMERAS, Source.SCREEN: Part.SCREENS}


class Trouble(Enum):
    """What the disk does to a recording."""

    REDUCED = "reduced"
    """Little space is left: pictures are captured no more."""
    FAILED = "failed"
    """None is left: nothing is."""


class Captured(NamedTuple):
    """What came in of a track, at a time of the engine's clock."""

    track: "TakeTrack"
    what: Sequence[Packet] | SenderReport
    at: float

    @property
    def packets(self) -> int:
        return 1 if isinstance(self.what, SenderReport) else len(self.what)


Fault = Callable[["TakeTrack", OSError], None]
"""What is done when the disk did not take something of a track."""


class Take(Tap):
    """What is captured of one recording. Parts that are left out are not even listened to."""

    def __init__(
        self,
        raw: Path,
        parts: Iterable[Part],
        feed: Callable[[Captured], None],
        troubled: Callable[[Trouble], None],
    ) -> None:
        self.raw = raw
        self.feed = feed
        self.troubled = troubled
        self.reduced = False
        self.failed = False
        self.until_us = FOR_EVER
        """What arrives then or later is not written, although it was fed: it was paused in the meantime."""
        self.parts = frozenset(parts)
        self._seal_after = SEAL_S
        self._tracks: list[TakeTrack] = []
        self._stretches = Counter(folder.name.rpartition(".")[0] for folder in raw.glob("*"))
        """Of each stream there were; a process before this one may have captured some."""

    def track_began(self, track: Track) -> TrackTap | None:
        part = _PART_OF.get(track.key.source)
        if part is not None and (part not in self.parts or self.reduced):
            return None
        header = TrackHeader(
            participant=track.key.peer,
            source=track.key.source.value,
            ssrc=track.ssrc,
            codec=track.codec,
            clock_rate=track.clock_rate,
            layer=track.layer,
        )
        stream = header.folder.rpartition(".")[0]
        self._stretches[stream] += 1
        self._tracks.append(TakeTrack(self, replace(header, stretch=self._stretches[stream])))
        return self._tracks[-1]

    def tracks(self) -> "list[TakeTrack]":
        """A copy: more may begin meanwhile."""
        return list(self._tracks)

    def set_live(self, *, live: bool) -> None:
        self._seal_after = SEAL_LIVE_S if live else SEAL_S

    def go_on(self) -> None:
        self.until_us = FOR_EVER

    def care(self, now: float, fault: Fault) -> None:
        for track in self.tracks():
            try:
                track.files.care(now, seal_after=self._seal_after)
            except OSError as error:
                fault(track, error)

    def seal(self, fault: Fault) -> None:
        for track in self.tracks():
            try:
                track.files.seal()
            except OSError as error:
                fault(track, error)


class TakeTrack(TrackTap):
    """One track of a take: fed by the event loop, written by the recorder's thread."""

    def __init__(self, take: Take, header: TrackHeader) -> None:
        self.take = take
        self.is_picture = header.codec == "vp8"
        self.files = TrackFiles(take.raw, header)

    @property
    def is_left_out(self) -> bool:
        return self.take.failed or (self.is_picture and self.take.reduced)

    def packets_received(self, packets: Sequence[Packet], now: float) -> None:
        if not self.is_left_out:
            self.take.feed(Captured(self, packets, now))

    def report_received(self, report: SenderReport, now: float) -> None:
        if not self.is_left_out:
            self.take.feed(Captured(self, report, now))

    def write(self, what: Sequence[Packet] | SenderReport, arrived_us: int, now: float) -> None:
        """Raises OSError."""
        if self.is_left_out or arrived_us >= self.take.until_us:
            return
        if isinstance(what, SenderReport):
            self.files.write([ReportRecord(arrived_us, what.ntp, what.timestamp).encode()], now)
            return
        self.files.write(
            (
                packet_body(
                    arrived_us, p.payload_type | p.marker, p.sequence, p.timestamp, p.level, p.payload
                )
                for p in what
            ),
            now,
        )

    def close(self) -> None:
        """As well as the disk allows."""
        try:
            self.files.seal()
        except OSError:
            logger.exception("What is left of a track could not be written: %s", self.take.raw)
