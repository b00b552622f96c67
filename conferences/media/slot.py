"""A place in a receiver's page: one RTP stream that runs on while publications change in it."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from conferences.media import rtcp
from conferences.media.burst import HEADER, HEADER_EXTENSION, MAX_PACKETS, Burst
from conferences.media.rtp import SEQUENCE_MASK, TIMESTAMP_MASK, Packet
from conferences.media.srtp import Arena
from conferences.media.vp8 import LAYER_INDEX_MASK, PICTURE_ID_MASK

if TYPE_CHECKING:
    from conferences.media.publication import Publication

_REPEATS_PER_SECOND = 300.0
_MOST_REPEATS_AT_ONCE = 100.0
_SEND_TIME_LENGTH = 2 << 24
_pack_header = HEADER.pack_into


class Wire(Protocol):
    """The way to one receiver."""

    arena: Arena
    tag_size: int

    def send(self, burst: Burst) -> None: ...

    def send_rtcp(self, packet: bytes) -> None: ...


def send_time(now: float) -> int:
    """The 24 bits of abs-send-time: seconds with 18 bits of fraction."""
    return int(now * (1 << 18)) & 0xFFFFFF


class Slot:
    """`shows` is what is forwarded now, `awaits` what replaces it with its next keyframe.

    All numbers of a publication are shifted by amounts fixed when the slot joined it: there is nothing to
    remember per packet.
    """

    def __init__(
        self, wire: Wire, *, mid: str, payload_type: int, send_time_id: int, clock_rate: int
    ) -> None:
        self.mid = mid
        self.ssrc = secrets.randbits(31) + 1
        self.shows: Publication | None = None
        self.awaits: Publication | None = None
        self.changed = False
        self.wire = wire
        self._payload_type = payload_type
        self._extension = send_time_id << 28 | _SEND_TIME_LENGTH
        self._clock_rate = clock_rate
        self._packets = self._octets = 0
        self._measured = self._counted = self._reported = 0
        self._missed = 0.0
        self._asked = -1
        self._next_sequence = secrets.randbits(15)
        self._last_timestamp = secrets.randbits(31)
        self._left_at = 0.0
        self._next_picture = self._next_layer_index = -1
        self._sequence_shift = self._timestamp_shift = self._picture_shift = self._layer_shift = 0
        self._joined_with = 0
        self._repeats, self._repeated_at = _MOST_REPEATS_AT_ONCE, 0.0

    def assign(self, publication: "Publication | None") -> None:
        """Show this from its next entry point on, or nothing from now on."""
        if self.awaits is not None and self.awaits is not publication:
            self.awaits.waiting.discard(self)
            self.awaits = None
        if publication is None:
            self._leave()
        elif publication is not self.shows and publication is not self.awaits:
            self.awaits = publication
            publication.await_entry(self)

    def join(self, publication: "Publication", first: Packet, now: float) -> None:
        """Start to show `publication` with `first`: all numbers run on from what was sent last."""
        self._leave()
        self.awaits, self.shows, self.changed = None, publication, True
        publication.receivers.append(self)
        self._joined_with = publication.unwrap(first.sequence)
        self._asked = self._joined_with - 1
        self._sequence_shift = self._next_sequence - first.sequence & SEQUENCE_MASK
        passed = max(1, int((now - self._left_at) * self._clock_rate))
        self._timestamp_shift = self._last_timestamp + passed - first.timestamp & TIMESTAMP_MASK
        if first.descriptor is not None and self._next_picture >= 0:
            self._picture_shift = self._next_picture - first.descriptor.picture_id & PICTURE_ID_MASK
            self._layer_shift = self._next_layer_index - first.descriptor.layer_index & LAYER_INDEX_MASK

    def _leave(self) -> None:
        publication = self.shows
        if publication is None:
            return
        publication.receivers.remove(self)
        self.shows, self.changed = None, True
        self._next_sequence = publication.newest.sequence + self._sequence_shift + 1 & SEQUENCE_MASK
        self._last_timestamp = publication.newest.timestamp + self._timestamp_shift & TIMESTAMP_MASK
        self._left_at = publication.forwarded_at
        descriptor = publication.newest_descriptor
        if descriptor is not None:
            self._next_picture = descriptor.picture_id + self._picture_shift + 1 & PICTURE_ID_MASK
            self._next_layer_index = descriptor.layer_index + self._layer_shift + 1 & LAYER_INDEX_MASK

    def send(self, burst: Burst, time: int) -> None:
        """Write the headers for this receiver, and send. `time` is what `send_time` returned."""
        wire = self.wire
        view = wire.arena.view
        view[: burst.size] = burst.layout
        payload_type, ssrc, extension = self._payload_type, self.ssrc, self._extension | time
        sequence_shift, timestamp_shift = self._sequence_shift, self._timestamp_shift
        for packet, offset, first_byte in burst.placed:
            _pack_header(
                view,
                offset,
                first_byte,
                packet.marker | payload_type,
                packet.sequence + sequence_shift & 0xFFFF,
                packet.timestamp + timestamp_shift & 0xFFFFFFFF,
                ssrc,
                HEADER_EXTENSION,
                extension,
            )
        if self._picture_shift or self._layer_shift:
            self._renumber_pictures(burst)
        wire.send(burst)
        self._packets += len(burst.placed)
        self._octets += burst.octets

    def _renumber_pictures(self, burst: Burst) -> None:
        view = self.wire.arena.view
        for packet, offset, _ in burst.placed:
            descriptor = packet.descriptor
            if descriptor is None:
                continue
            payload = offset + HEADER.size
            if descriptor.picture_id_at:
                at = payload + descriptor.picture_id_at
                picture = descriptor.picture_id + self._picture_shift & PICTURE_ID_MASK
                view[at], view[at + 1] = 0x80 | picture >> 8, picture & 0xFF
            if descriptor.layer_index_at:
                layer_index = descriptor.layer_index + self._layer_shift & LAYER_INDEX_MASK
                view[payload + descriptor.layer_index_at] = layer_index

    def repeat(self, sequences: Sequence[int], now: float) -> int:
        """Send again what the receiver misses, as far as it is still there. Return how many packets that was.

        What was sent before the last switch is not worth it: the keyframe has made it stale.
        """
        if self.shows is None:
            return 0
        originals = [sequence - self._sequence_shift & SEQUENCE_MASK for sequence in sequences]
        found = [self.shows.recall(original, since=self._joined_with) for original in originals]
        self._count_missed([packet.sequence for packet in found if packet is not None])
        packets = self._affordable([packet for packet in found if packet is not None], now)
        for start in range(0, len(packets), MAX_PACKETS):
            burst = Burst(packets[start : start + MAX_PACKETS], self.wire.arena, self.wire.tag_size)
            self.send(burst, send_time(now))
        return len(packets)

    def _count_missed(self, sequences: Sequence[int]) -> None:
        """What was asked for and is here was lost on the way, even if its repeat comes before the report."""
        if self.shows is None:
            return
        for sequence in map(self.shows.unwrap, sequences):
            if sequence > self._asked:
                self._asked = sequence
                self._missed += 1

    def loss_reported(self, lost: float) -> None:
        """The receiver says which fraction is still missing of what was sent since it said so last."""
        self._missed += lost * (self._packets - self._reported)
        self._reported = self._packets

    def take_losses(self) -> tuple[int, float]:
        """How many packets were sent since the last call, and how many of them did not come."""
        sent, missed = self._packets - self._counted, self._missed
        self._counted, self._missed = self._packets, 0.0
        return sent, missed

    def measure(self, elapsed: float) -> int:
        """Bits per second sent, `elapsed` seconds after the last call."""
        octets, self._measured = self._octets - self._measured, self._octets
        return int(octets * 8 / elapsed)

    def _affordable(self, packets: list[Packet], now: float) -> list[Packet]:
        earned = (now - self._repeated_at) * _REPEATS_PER_SECOND
        self._repeats = min(_MOST_REPEATS_AT_ONCE, self._repeats + earned)
        self._repeated_at = now
        affordable = packets[: int(self._repeats)]
        self._repeats -= len(affordable)
        return affordable

    def report(self, report: rtcp.SenderReport) -> None:
        """Pass on the publisher's clock, in this slot's numbers."""
        timestamp = report.timestamp + self._timestamp_shift & TIMESTAMP_MASK
        translated = rtcp.SenderReport(self.ssrc, report.ntp, timestamp, self._packets, self._octets)
        self.wire.send_rtcp(rtcp.sender_report(translated) + rtcp.source_description(self.ssrc, rtcp.CNAME))
