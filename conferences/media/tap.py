"""Where recording listens: every permitted packet of a conference, still encoded, in order of arrival."""

from typing import Protocol

from conferences.media.contract import PublicationKey
from conferences.media.rtcp import SenderReport
from conferences.media.rtp import Packet


class Tap(Protocol):
    """Called on the event loop for every packet: must only put it into a queue of its own.

    The layers of a camera are one publication: `Packet.ssrc` tells them apart.
    """

    def packet_received(self, publication: PublicationKey, packet: Packet, now: float) -> None: ...

    def report_received(self, publication: PublicationKey, report: SenderReport, now: float) -> None:
        """The publisher's clock: which RTP timestamp was taken at which NTP time."""
