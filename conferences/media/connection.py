"""One peer's PeerConnection: what it publishes, its slots, and the reports both ways."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from conferences.media import rtcp, rtp
from conferences.media.contract import MediaStats, PublicationKey, Quality, SlotView, Source
from conferences.media.estimator import Downlink, Uplink, quality
from conferences.media.layers import fill_slots
from conferences.media.publication import AUDIO_CLOCK_RATE, FEEDBACK_SSRC, VIDEO_CLOCK_RATE, Publication
from conferences.media.sdp import MID, RID, SEND_TIME, MediaSection, Offer
from conferences.media.slot import Slot, Wire

_MAX_SSRCS = 16
_INTERRUPTED_AFTER = 3.0
_LAYER_STOPS_AFTER = 1.0


class Connection:
    """Takes what the peer's transport received (`association.Sink`)."""

    def __init__(self, peer: str, offer: Offer, stats: MediaStats) -> None:
        self.peer = peer
        self.offer = offer
        self.is_ready = False
        self.quality = Quality.GOOD
        self.downlink = Downlink()
        self.layers: dict[Source, list[Publication]] = {}
        self.audio_slots: list[Slot] = []
        self.video_slots: list[Slot] = []
        self._stats = stats
        self._uplink = Uplink()
        self._by_ssrc: dict[int, Publication] = {}
        self._pending: set[Publication] = set()
        self._slots_by_ssrc: dict[int, Slot] = {}
        self._identifiers: set[tuple[int, int]] = set()
        self._by_mid: dict[str, dict[str, Publication]] = {}
        self._told: list[SlotView] = []

    def attach(self, wire: Wire) -> None:
        """Make publications and slots, once there is a wire to talk to the peer."""
        self._wire = wire
        for source, section in self.offer.sources.items():
            key = PublicationKey(self.peer, source)
            layers = {
                rid: Publication(key, section, wire.send_rtcp, self._stats, layer)
                for layer, rid in enumerate(section.layers or [""])
            }
            self.layers[source] = list(layers.values())
            self._by_mid[section.mid] = layers
            self._identifiers.add((section.extensions.get(MID, 0), section.extensions.get(RID, 0)))
            if not section.layers:
                self._by_ssrc |= dict.fromkeys(section.ssrcs, layers[""])
        for section in self.offer.slots:
            slot = _make_slot(section, wire)
            (self.audio_slots if section.kind == "audio" else self.video_slots).append(slot)
            self._slots_by_ssrc[slot.ssrc] = slot

    @property
    def publications(self) -> Iterator[Publication]:
        for layers in self.layers.values():
            yield from layers

    def live(self) -> Iterator[tuple[PublicationKey, list[Publication]]]:
        """What the peer sends now, with its layers, the smallest first."""
        for layers in self.layers.values():
            live = [layer for layer in layers if layer.is_live]
            if live:
                yield live[0].key, _flowing(live) if len(live) > 1 else live

    @property
    def slots(self) -> Iterator[Slot]:
        return iter(self._slots_by_ssrc.values())

    def transport_ready(self) -> None:
        self.is_ready = True

    def rtp_received(self, data: memoryview, now: float) -> None:
        self._stats.packets_received += 1
        try:
            packet = rtp.parse(data)
        except rtp.MalformedRtp:
            self._stats.drop("malformed_rtp")
            return
        publication = self._by_ssrc.get(packet.ssrc) or self._recognise(packet)
        if publication is None or packet.payload_type != publication.payload_type:
            self._stats.drop("unannounced")
            return
        publication.ssrc = packet.ssrc
        if not publication.is_permitted:
            self._stats.drop("not_permitted")
            return
        sent_at = publication.received(packet, now)
        self._pending.add(publication)
        if sent_at is not None and publication.key.source.is_video:
            self._uplink.received(packet.ssrc, sent_at, len(data), now)

    def _recognise(self, packet: rtp.Packet) -> Publication | None:
        """Which source and layer an SSRC belongs to that the offer did not name (RFC 9143, section 9.2)."""
        for mid_id, rid_id in self._identifiers:
            mid, rid = (packet.extensions.get(i, b"").decode("ascii", "replace") for i in (mid_id, rid_id))
            layers = self._by_mid.get(mid, {})
            publication = layers.get(rid) or layers.get("")
            if publication is not None and len(self._by_ssrc) < _MAX_SSRCS:
                self._by_ssrc[packet.ssrc] = publication
                return publication
        return None

    def flush(self, now: float) -> None:
        for publication in self._pending:
            publication.flush(now)
        self._pending.clear()

    def rtcp_received(self, data: bytes, now: float) -> None:
        try:
            messages = rtcp.parse(data)
        except rtcp.MalformedRtcp:
            self._stats.drop("malformed_rtcp")
            return
        for message in messages:
            self._heed(message, now)

    def _heed(self, message: rtcp.Message, now: float) -> None:
        match message:
            case rtcp.SenderReport(ssrc=ssrc):
                publication = self._by_ssrc.get(ssrc)
                if publication is not None and publication.is_permitted:
                    publication.sender_reported(message, now)
            case rtcp.BitrateEstimate(bitrate=bitrate):
                self.downlink.estimate_received(bitrate, now)
            case _:
                slot = self._slots_by_ssrc.get(message.ssrc)
                if slot is not None and slot.shows is not None:
                    self._heed_about(slot, slot.shows, message, now)

    def _heed_about(self, slot: Slot, shown: Publication, message: rtcp.Message, now: float) -> None:
        match message:
            case rtcp.Nack(sequences=sequences):
                self._stats.nacks_received += len(sequences)
                self._stats.packets_retransmitted += slot.repeat(sequences, now)
            case rtcp.KeyframeRequest():
                shown.want_keyframe()
                shown.tick(now)
            case rtcp.Report(lost=lost):
                slot.loss_reported(max(0.0, lost - shown.reception.lost))
            case _:
                pass

    def show(self, voices: Sequence[Publication], videos: Sequence[Publication]) -> None:
        """Bring these into the slots, the first first; what is shown already stays in its place."""
        _assign(self.audio_slots, voices)
        _assign(self.video_slots, videos)

    def shown(self, live: Mapping[PublicationKey, Sequence[Publication]]) -> dict[PublicationKey, int]:
        """What is seen or will be in a moment, in which of its live layers."""
        seen = [publication for slot in self.video_slots if (publication := slot.awaits or slot.shows)]
        return {p.key: live[p.key].index(p) for p in seen if p in live.get(p.key, ())}

    def take_changed_views(self) -> list[SlotView]:
        """What all slots show, if it is something else than at the last call; another layer is the same."""
        if not any(slot.changed for slot in self.slots):
            return []
        views = []
        for slots, nothing in ((self.audio_slots, Source.MICROPHONE), (self.video_slots, Source.CAMERA)):
            for slot in slots:
                slot.changed = False
                shown = slot.shows.key if slot.shows else PublicationKey("", nothing)
                views.append(SlotView(slot.mid, shown.peer, shown.source))
        before, self._told = self._told, views
        return views if views != before else []

    def weigh(self, now: float, elapsed: float, silent_for: float) -> None:
        """Weigh how much the peer can take, by what it said of the last second."""
        for slot in self.slots:
            self.downlink.packets_reported(*slot.take_losses())
        sending = sum(slot.measure(elapsed) for slot in self.video_slots)
        if silent_for > _INTERRUPTED_AFTER:
            self.downlink.interrupted()
        else:
            self.downlink.update(sending, now)

    def report(self, now: float, elapsed: float) -> None:
        """Tell the peer what arrived of its publications and how much it may send. About once a second."""
        for publication in self.publications:
            publication.measure(elapsed)
        heard = [p for p in self.publications if p.ssrc and p.reception.highest >= 0]
        if heard:
            reports = [publication.reception.report(publication.ssrc, now) for publication in heard]
            self._wire.send_rtcp(
                rtcp.receiver_report(FEEDBACK_SSRC, reports) + self._bitrate_estimate(heard, now)
            )

    def _bitrate_estimate(self, heard: Iterable[Publication], now: float) -> bytes:
        ssrcs = [publication.ssrc for publication in heard if publication.key.source.is_video]
        return rtcp.bitrate_estimate(FEEDBACK_SSRC, self._uplink.estimate(now), ssrcs) if ssrcs else b""

    def assess(self, silent_for: float) -> bool:
        """Return whether `quality` has changed."""
        lost = max([self.downlink.lost, *(p.reception.lost for p in self.publications if p.is_live)])
        before, self.quality = (
            self.quality,
            quality(lost=lost, is_limited=self.downlink.is_limited, silent_for=silent_for),
        )
        return self.quality != before

    def close(self) -> None:
        for publication in self.publications:
            publication.stop()
        for slot in self.slots:
            slot.assign(None)


def _flowing(layers: Sequence[Publication]) -> list[Publication]:
    """Without the layers that the browser has stopped, and those that it has just begun."""
    newest = max(layer.forwarded_at for layer in layers)
    flowing = [layer for layer in layers if newest - layer.forwarded_at < _LAYER_STOPS_AFTER]
    return [flowing[0], *(layer for layer in flowing[1:] if layer.bitrate)]


def _make_slot(section: MediaSection, wire: Wire) -> Slot:
    return Slot(
        wire,
        mid=section.mid,
        payload_type=section.payload_type,
        send_time_id=section.extensions.get(SEND_TIME, 0),
        clock_rate=VIDEO_CLOCK_RATE if section.kind == "video" else AUDIO_CLOCK_RATE,
    )


def _assign(slots: Sequence[Slot], wanted: Sequence[Publication]) -> None:
    by_key = {publication.key: publication for publication in wanted}
    taken = [slot.awaits or slot.shows for slot in slots]
    current = [publication.key if publication else None for publication in taken]
    for slot, key in zip(slots, fill_slots(current, list(by_key)), strict=True):
        slot.assign(by_key[key] if key else None)
