"""Where recording listens: every permitted packet of a conference, still encoded, in order of arrival."""

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
    """Who listens to a conference."""

    def track_began(self, track: Track) -> TrackTap | None:
        """Its first packet since the tap was set, or since it was permitted again, is here; another SSRC is
        another track. None: it is not listened to."""
