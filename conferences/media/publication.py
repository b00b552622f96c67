"""A track or a layer of it: received, kept for repeats, forwarded to the slots that show it. The hot path."""

from collections.abc import Callable

from conferences.media import rtcp, vp8
from conferences.media.burst import MAX_PACKETS, Burst
from conferences.media.contract import MediaStats, PublicationKey
from conferences.media.numbering import Numbering
from conferences.media.reception import Reception
from conferences.media.rtp import SEQUENCE_MASK, Packet, is_newer
from conferences.media.sdp import AUDIO_LEVEL, SEND_TIME, MediaSection
from conferences.media.slot import Slot, send_time
from conferences.media.speakers import smooth
from conferences.media.tap import Ear, Tap, Track

_KEPT = 512
_KEYFRAME_INTERVAL = 0.5

#: Who listens can start anywhere in a recording, to a few seconds.
TAPPED_KEYFRAME_INTERVAL = 10.0
#: A layer without packets for so long was stopped by its browser: asking would disturb those that run.
_STOPPED_AFTER = 1.0

#: Who we are in feedback to publishers: nothing is sent under this SSRC.
FEEDBACK_SSRC = 1

VIDEO_CLOCK_RATE = 90_000
AUDIO_CLOCK_RATE = 48_000


class Publication:
    """`newest` is the newest packet forwarded; `waiting` are slots that start at the next entry point."""

    newest: Packet

    def __init__(
        self,
        key: PublicationKey,
        section: MediaSection,
        send_rtcp: Callable[[bytes], None],
        stats: MediaStats,
        layer: int = 0,
    ) -> None:
        self.key = key
        self.layer = layer
        self.payload_type = section.payload_type
        self.is_permitted = False
        self.is_live = False
        self.ssrc = 0
        self.bitrate = 0
        self.loudness = 0.0
        self.receivers: list[Slot] = []
        self.waiting: set[Slot] = set()
        self.newest_descriptor: vp8.Descriptor | None = None
        self.forwarded_at = 0.0
        self.reception = self._new_reception()
        self._numbering = Numbering()
        self._level_id = section.extensions.get(AUDIO_LEVEL, 0)
        self._send_time_id = section.extensions.get(SEND_TIME, 0)
        self._send_rtcp = send_rtcp
        self._stats = stats
        self._batch: list[Packet] = []
        self._kept: list[Packet | None] = [None] * _KEPT
        self._keyframe_wanted = False
        self._keyframe_asked_at = 0.0
        self._octets = 0
        self._ears: list[Ear] = []

    def received(self, packet: Packet, now: float) -> int | None:
        """Take a permitted packet; `flush` forwards it. Return its sending time (24 bits), if it has one."""
        complete = self.reception.received(packet.sequence, packet.timestamp, now)
        if self.key.source.is_video:
            self._read_video(packet)
            self._keyframe_wanted |= not complete
        else:
            packet.independent = True
            level = packet.extensions.get(self._level_id)
            if level:
                packet.level = level[0] & 0x7F
                self.loudness = smooth(self.loudness, packet.level)
        self._take(packet)
        sent_at = packet.extensions.get(self._send_time_id)
        return int.from_bytes(sent_at) if sent_at else None

    def _take(self, packet: Packet) -> None:
        """Browsers pad a layer to find out whether more fits, also one that they have stopped."""
        number = self.reception.unwrap(packet.sequence)
        if not packet.payload and number == self.reception.highest:
            self._numbering.leave_out(number)
            return
        packet.sequence = self._numbering.number(number) & SEQUENCE_MASK
        self._batch.append(packet)
        self._octets += len(packet.payload)

    def _read_video(self, packet: Packet) -> None:
        if not packet.payload:
            return
        try:
            packet.descriptor = vp8.parse(packet.payload)
        except vp8.MalformedVp8:
            self._stats.drop("malformed_vp8")
            return
        packet.independent = packet.descriptor.keyframe
        if packet.independent:
            self._keyframe_wanted = False

    def flush(self, now: float) -> None:
        """Forward what was received since the last flush."""
        packets, self._batch = self._batch, []
        if self._ears and packets:
            self._give(packets, now)
        if self.waiting:
            entry = next((place for place, packet in enumerate(packets) if packet.independent), None)
            if entry is not None:
                self._forward(packets[:entry], now)
                for slot in list(self.waiting):
                    slot.join(self, packets[entry], now)
                self.waiting.clear()
                packets = packets[entry:]
        self._forward(packets, now)
        self._ask_again(now)

    def _forward(self, packets: list[Packet], now: float) -> None:
        if not packets:
            return
        for packet in packets:
            self._keep(packet)
        self.forwarded_at = now
        time = send_time(now)
        for start in range(0, len(packets), MAX_PACKETS):
            bursts: dict[int, Burst] = {}
            for slot in self.receivers:
                wire = slot.wire
                burst = bursts.get(wire.tag_size)
                if burst is None:
                    burst = Burst(packets[start : start + MAX_PACKETS], wire.arena, wire.tag_size)
                    bursts[wire.tag_size] = burst
                slot.send(burst, time)

    def _keep(self, packet: Packet) -> None:
        self._kept[packet.sequence % _KEPT] = packet
        if not self.is_live or is_newer(packet.sequence, self.newest.sequence):
            self.is_live, self.newest = True, packet
            if packet.descriptor is not None:
                self.newest_descriptor = packet.descriptor

    def recall(self, sequence: int, *, since: int) -> Packet | None:
        """The packet with this number, if it is still kept and not older than `since` (unwrapped)."""
        packet = self._kept[sequence % _KEPT]
        if packet is None or packet.sequence != sequence or self.unwrap(sequence) < since:
            return None
        return packet

    def unwrap(self, sequence: int) -> int:
        """The number of a packet forwarded, counted on over wraps."""
        return self._numbering.unwrap(sequence)

    def await_entry(self, slot: Slot) -> None:
        """Let `slot` join with the next packet a decoder can start with."""
        self.waiting.add(slot)
        self.want_keyframe()

    def want_keyframe(self) -> None:
        """Ask the publisher, soon and not too often."""
        self._keyframe_wanted = self.key.source.is_video

    def tick(self, now: float) -> None:
        """Ask again for what did not come. To be called several times a second."""
        if self.ssrc and self.is_permitted:
            self._ask_for_taps(now)
            self._ask_again(now)

    def _ask_again(self, now: float) -> None:
        missing = self.reception.due(now)
        if missing:
            self._send_rtcp(rtcp.nack(FEEDBACK_SSRC, self.ssrc, missing))
            self._stats.nacks_sent += len(missing)
        if (self._keyframe_wanted or (self.waiting and self.key.source.is_video)) and (
            now - self._keyframe_asked_at >= _KEYFRAME_INTERVAL
        ):
            self._keyframe_wanted, self._keyframe_asked_at = False, now
            self._send_rtcp(rtcp.keyframe_request(FEEDBACK_SSRC, self.ssrc))
            self._stats.keyframes_requested += 1

    def measure(self, elapsed: float) -> None:
        """Update `bitrate`, `elapsed` seconds after the last time: one lively second changes no layer."""
        measured, self._octets = int(self._octets * 8 / elapsed), 0
        self.bitrate = (2 * self.bitrate + measured) // 3 if self.bitrate else measured

    def sender_reported(self, report: rtcp.SenderReport, now: float) -> None:
        self.reception.sender_reported(report, now)
        for ear in self._ears:
            ear.report(report, now)
        for slot in self.receivers:
            slot.report(report)

    # Who listens

    @property
    def taps(self) -> tuple[Tap, ...]:
        return tuple(ear.tap for ear in self._ears)

    @taps.setter
    def taps(self, taps: tuple[Tap, ...]) -> None:
        """Who listened already is told nothing anew."""
        known = {id(ear.tap): ear for ear in self._ears}
        self._ears = [known.get(id(tap)) or Ear(tap) for tap in taps]

    def _give(self, packets: list[Packet], now: float) -> None:
        codec, rate = ("vp8", VIDEO_CLOCK_RATE) if self.key.source.is_video else ("opus", AUDIO_CLOCK_RATE)
        track = Track(self.key, self.ssrc, codec, rate, self.payload_type, self.layer)
        for ear in self._ears:
            ear.give(track, packets, now)

    def _ask_for_taps(self, now: float) -> None:
        """A recording needs places to start at."""
        if not self._ears or now - self.forwarded_at >= _STOPPED_AFTER:
            return
        if any(ear.is_open and now - ear.entry_at >= TAPPED_KEYFRAME_INTERVAL for ear in self._ears):
            self.want_keyframe()

    # Permission

    def permit(self, *, allowed: bool) -> None:
        """Forward from now on, or drop. What was sent in between is never asked for again."""
        if allowed and not self.is_permitted:
            self.reception, self._numbering = self._new_reception(), Numbering()
            for ear in self._ears:
                ear.forget()
        elif self.is_permitted and not allowed:
            self.stop()
        self.is_permitted = allowed

    def _new_reception(self) -> Reception:
        return Reception(VIDEO_CLOCK_RATE if self.key.source.is_video else AUDIO_CLOCK_RATE)

    def stop(self) -> None:
        """Leave all slots."""
        self._batch.clear()
        for slot in [*self.receivers, *self.waiting]:
            slot.assign(None)
        self.is_live = False
        self.loudness = 0.0
