"""Doubles and words of the media tests: a browser's offer, a wire that remembers, a listener that listens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from struct import pack

from conferences.media import rtp
from conferences.media.burst import ARENA_SIZE, Burst
from conferences.media.connection import Connection
from conferences.media.contract import MediaStats, Quality, SlotView, Source
from conferences.media.dtls import Fingerprint
from conferences.media.router import Router
from conferences.media.sdp import AUDIO_LEVEL, MID, RID, SEND_TIME, Answerer
from conferences.media.srtp import Arena

OPUS, VP8 = 111, 96
LEVEL_ID, SEND_TIME_ID, MID_ID, RID_ID = 1, 2, 4, 5
TAG_SIZE = 16
FINGERPRINT = Fingerprint("sha-256", ":".join(["AB"] * 32))
SSRCS = {Source.MICROPHONE: 11, Source.CAMERA: 22, Source.SCREEN: 33, Source.SCREEN_AUDIO: 44}


def offer(audio_slots: int = 4, video_slots: int = 6, rids: Sequence[str] = ()) -> str:
    """What a browser offers; the SSRC of each source is in `SSRCS`, `rids` are the layers of its camera."""
    sections = [("video" if source.is_video else "audio", "sendonly", ssrc) for source, ssrc in SSRCS.items()]
    sections += [("audio", "recvonly", 0)] * audio_slots + [("video", "recvonly", 0)] * video_slots
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0"]
    lines.append(f"a=group:BUNDLE {' '.join(str(mid) for mid in range(len(sections)))}")
    for mid, (kind, direction, ssrc) in enumerate(sections):
        lines += section(kind, direction, mid, ssrc)
        if ssrc == SSRCS[Source.CAMERA] and rids:
            lines += [f"a=extmap:{RID_ID} {RID}", *(f"a=rid:{rid} send" for rid in rids)]
            lines.append(f"a=simulcast:send {';'.join(rids)}")
    return "\r\n".join(lines) + "\r\n"


def section(kind: str, direction: str, mid: int, ssrc: int) -> list[str]:
    payload_type, codec = (OPUS, "opus/48000/2") if kind == "audio" else (VP8, "VP8/90000")
    lines = [
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {payload_type} 97",
        "c=IN IP4 0.0.0.0",
        "a=ice-ufrag:frag",
        "a=ice-pwd:password-password-password",
        f"a=fingerprint:{FINGERPRINT.algorithm} {FINGERPRINT.value}",
        "a=setup:actpass",
        f"a=mid:{mid}",
        f"a=extmap:{LEVEL_ID} {AUDIO_LEVEL}",
        f"a=extmap:{SEND_TIME_ID} {SEND_TIME}",
        f"a=extmap:{MID_ID} {MID}",
        "a=extmap:9 urn:ietf:params:rtp-hdrext:toffset",
        f"a={direction}",
        f"a=rtcp-fb:{payload_type} nack pli",
        f"a=rtpmap:{payload_type} {codec}",
        "a=rtpmap:97 rtx/90000",
    ]
    return [*lines, f"a=ssrc:{ssrc} cname:x", f"a=ssrc:{ssrc} msid:x y"] if ssrc else lines


class Wire:
    """Where a receiver's packets end up: parsed in `packets`, feedback in `rtcp`."""

    fragment = "server-fragment"
    password = "server-password"

    def __init__(self, now: float) -> None:
        self.arena = Arena(ARENA_SIZE)
        self.tag_size = TAG_SIZE
        self.heard_at = now
        self.has_left = False
        self.is_broken = False
        self.is_closed = False
        self.packets: list[rtp.Packet] = []
        self.rtcp: list[bytes] = []

    def has_failed(self, now: float) -> bool:
        return self.is_broken

    def send(self, burst: Burst) -> None:
        for (_, offset, _), (_, size) in zip(burst.placed, burst.segments, strict=True):
            self.packets.append(rtp.parse(self.arena.view[offset : offset + size]))

    def send_rtcp(self, packet: bytes) -> None:
        self.rtcp.append(packet)

    def close(self) -> None:
        self.is_closed = True


class Network:
    """Gives a wire to everybody at once: no handshake, no loss."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.wires: dict[str, Wire] = {}

    def associate(self, fingerprint: Fingerprint, connection: Connection) -> Wire:
        wire = self.wires[connection.peer] = Wire(self.now)
        return wire

    def answerer(self, wire: object) -> Answerer:
        return Answerer(["192.0.2.1"], 3478, FINGERPRINT, Wire.fragment, Wire.password)


@dataclass
class Listener:
    """Remembers the last it was told."""

    slots: dict[str, Sequence[SlotView]] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    quality: dict[str, Quality] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def slots_changed(self, peer: str, slots: Sequence[SlotView]) -> None:
        self.slots[peer] = slots

    def speakers_changed(self, levels: Mapping[str, int]) -> None:
        self.levels = levels

    def quality_changed(self, peer: str, quality: Quality) -> None:
        self.quality[peer] = quality

    def peer_failed(self, peer: str) -> None:
        self.failed.append(peer)

    def sees(self, peer: str) -> set[tuple[str, Source]]:
        """Whom the page of `peer` shows or plays."""
        return {(slot.peer, slot.source) for slot in self.slots.get(peer, []) if slot.peer}


class Conference:
    """A router with everything around it, and time that passes when it is told to."""

    def __init__(self) -> None:
        self.network = Network()
        self.listener = Listener()
        self.stats = MediaStats()
        self.router = Router(self.network, self.listener, self.stats)
        self.connections: dict[str, Connection] = {}
        self._sequences: dict[tuple[str, Source], int] = {}
        self._layers: dict[tuple[str, str], int] = {}

    async def enter(
        self, *peers: str, audio_slots: int = 4, video_slots: int = 6, rids: Sequence[str] = ()
    ) -> None:
        """Let peers connect who may send everything."""
        for peer in peers:
            for source in Source:
                self.router.permit(peer, source, True)
            await self.router.connect(peer, offer(audio_slots, video_slots, rids))
            self.connection(peer).transport_ready()

    def connection(self, peer: str) -> Connection:
        return self.router._connections[peer][0]  # noqa: SLF001 - what the transport would hold

    def wire(self, peer: str) -> Wire:
        return self.network.wires[peer]

    def pass_time(self, seconds: float = 0.05) -> None:
        """Time passes in ticks."""
        end = self.network.now + seconds
        while self.network.now < end - 1e-9:
            self.network.now += 0.05
            self.router.tick(self.network.now)

    def send(
        self,
        peer: str,
        source: Source,
        *,
        keyframe: bool = True,
        level: int = 127,
        skip: int = 0,
        sound: bytes = b"opus",
    ) -> int:
        """Let `peer` send one packet, after as many lost ones as `skip`. Return its sequence number."""
        sequence = self._sequences.get((peer, source), 1000) + 1 + skip
        self._sequences[peer, source] = sequence
        self.resend(peer, source, sequence, keyframe=keyframe, level=level, sound=sound)
        return sequence

    def resend(
        self,
        peer: str,
        source: Source,
        sequence: int,
        *,
        keyframe: bool = False,
        level: int = 127,
        sound: bytes = b"opus",
    ) -> None:
        connection = self.connection(peer)
        data = packet(source, sequence, keyframe=keyframe, level=level, sound=sound)
        connection.rtp_received(memoryview(data), self.network.now)
        connection.flush(self.network.now)

    def send_layers(
        self, peer: str, rids: Sequence[str], packets: Sequence[int], *, padding: bool = False
    ) -> None:
        """Let `peer` send so many packets of each layer of its camera. `layer_ssrc` is the SSRC of each."""
        connection = self.connection(peer)
        for rid, count in zip(rids, packets, strict=True):
            for _ in range(count):
                sequence = self._layers[peer, rid] = self._layers.get((peer, rid), 1000) + 1
                data = layer_packet(rid, sequence, padding=padding)
                connection.rtp_received(memoryview(data), self.network.now)
        connection.flush(self.network.now)

    def tell(self, peer: str, message: bytes) -> None:
        """Let `peer` send RTCP."""
        self.connection(peer).rtcp_received(message, self.network.now)
        self.wire(peer).heard_at = self.network.now


def packet(
    source: Source, sequence: int, *, keyframe: bool = True, level: int = 127, sound: bytes = b"opus"
) -> bytes:
    """An RTP packet as a browser sends it."""
    payload_type = VP8 if source.is_video else OPUS
    header = pack("!BBHII", 0x90, payload_type, sequence & 0xFFFF, sequence * 960 & 0xFFFFFFFF, SSRCS[source])
    extensions = pack("!HHBBBx", 0xBEDE, 1, LEVEL_ID << 4, level, 0)
    return header + extensions + (vp8_payload(sequence, keyframe=keyframe) if source.is_video else sound)


def layer_ssrc(rid: str) -> int:
    return 1000 + ord(rid)


def layer_packet(rid: str, sequence: int, *, padding: bool = False) -> bytes:
    """A packet of one layer of a camera, which says in its extensions to what it belongs."""
    header = pack(
        "!BBHII",
        0xB0 if padding else 0x90,
        VP8,
        sequence & 0xFFFF,
        sequence * 960 & 0xFFFFFFFF,
        layer_ssrc(rid),
    )
    names = bytes([MID_ID << 4]) + b"1" + bytes([RID_ID << 4]) + rid.encode()
    payload = bytes(99) + b"\x64" if padding else vp8_payload(sequence, keyframe=True)
    return header + pack("!HH", 0xBEDE, 1) + names + payload


def vp8_payload(picture_id: int, *, keyframe: bool) -> bytes:
    """The start of a frame, with a 15-bit picture id and a layer index."""
    descriptor = pack("!BBHB", 0x90, 0xC0, 0x8000 | picture_id & 0x7FFF, picture_id & 0xFF)
    return descriptor + (b"\x10" if keyframe else b"\x11") + b"picture" * 100
