"""Where others listen: every permitted packet of a conference, still encoded, in order of arrival."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from conferences.media.contract import PublicationKey
from conferences.media.rtcp import SenderReport
from conferences.media.rtp import Packet


class Track(NamedTuple):
    """One stream of packets: a source, or one size of a camera (`layer`, 0 the smallest)."""

    key: PublicationKey
    ssrc: int
    codec: str
    """`opus` or `vp8`."""
    clock_rate: int
    payload_type: int
    layer: int


class TrackTap(Protocol):
    """Who listens to one track. Called on the event loop: must only put it into a queue of its own.

    `now` is when it arrived, by the engine's clock. Packets may be late, repeated or missing; padding is left
    out. They are shared with others: not to be changed.
    """

    def packets_received(self, packets: Sequence[Packet], now: float) -> None: ...

    def report_received(self, report: SenderReport, now: float) -> None:
        """The publisher's clock: which RTP timestamp was taken at which NTP time."""


class Tap(Protocol):
    """Who listens to a conference: recording, and the phones."""

    def track_began(self, track: Track) -> TrackTap | None:
        """Its first packet since the tap was set, or since it was permitted again, is here; another SSRC is
        another track. None: it is not listened to."""


class Ear:
    """A tap's at one publication: tells it once of each track."""

    def __init__(self, tap: Tap) -> None:
        self.tap = tap
        self.entry_at = 0.0
        """When it was last given a packet that a decoder can start with."""
        self._track_tap: TrackTap | None = None
        self._ssrc = 0

    @property
    def is_open(self) -> bool:
        """Whether it wants what comes."""
        return self._track_tap is not None

    def give(self, track: Track, packets: Sequence[Packet], now: float) -> None:
        if self._ssrc != track.ssrc:
            self._ssrc, self.entry_at = track.ssrc, 0.0
            self._track_tap = self.tap.track_began(track)
        if self._track_tap is None:
            return
        self._track_tap.packets_received(packets, now)
        if any(packet.independent for packet in packets):
            self.entry_at = now

    def report(self, report: SenderReport, now: float) -> None:
        if self._track_tap is not None:
            self._track_tap.report_received(report, now)

    def forget(self) -> None:
        """What comes next is another track."""
        self._track_tap, self._ssrc = None, 0
