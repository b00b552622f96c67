"""The one offer of a browser and the answer to it (RFC 8829, RFC 9143); `docs/media.md` has the contract."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from conferences.media.contract import OfferRefused, Source
from conferences.media.dtls import Fingerprint
from conferences.media.rtcp import CNAME

MAX_OFFER_SIZE = 256 * 1024
MAX_AUDIO_SLOTS = 16
MAX_VIDEO_SLOTS = 25

AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"

MAX_LAYERS = 3

_EXTENSIONS = (AUDIO_LEVEL, SEND_TIME, MID, RID)
_RID = re.compile(r"[A-Za-z0-9_-]{1,16}")
_CODECS = {"audio": "opus/48000/2", "video": "vp8/90000"}
_SOURCES = (Source.MICROPHONE, Source.CAMERA, Source.SCREEN, Source.SCREEN_AUDIO)
_FEEDBACK = {"audio": ("nack",), "video": ("nack", "nack pli", "ccm fir", "goog-remb")}


@dataclass(slots=True)
class MediaSection:
    """One `m=` section of an offer: its codec, and the numbers the browser gave to things."""

    kind: str
    mid: str = ""
    direction: str = "sendrecv"
    payload_type: int = -1
    extensions: dict[str, int] = field(default_factory=dict)
    feedback: set[str] = field(default_factory=set)
    ssrcs: list[int] = field(default_factory=list)
    rids: list[str] = field(default_factory=list)
    is_simulcast: bool = False

    @property
    def layers(self) -> list[str]:
        """The RIDs of a picture sent in several sizes (RFC 8853): the page names the smallest first."""
        recognisable = self.is_simulcast and {MID, RID} <= self.extensions.keys()
        return self.rids[:MAX_LAYERS] if recognisable else []


@dataclass(slots=True)
class Offer:
    """An offer that can be answered: `sections` are the four sources, then the slots."""

    ice_fragment: str
    ice_password: str
    fingerprint: Fingerprint
    sections: list[MediaSection]

    @property
    def sources(self) -> dict[Source, MediaSection]:
        return dict(zip(_SOURCES, self.sections, strict=False))

    @property
    def slots(self) -> list[MediaSection]:
        return self.sections[len(_SOURCES) :]


@dataclass(frozen=True, slots=True)
class Answerer:
    """What every answer of this server to one peer says: where it is, and who it is."""

    addresses: Sequence[str]
    port: int
    fingerprint: Fingerprint
    ice_fragment: str
    ice_password: str


def parse(text: str) -> Offer:
    """Raise `OfferRefused`."""
    if len(text) > MAX_OFFER_SIZE:
        raise OfferRefused("offer_too_long")
    try:
        session, sections = _read(text)
    except ValueError as error:
        raise OfferRefused("offer_malformed") from error
    try:
        fragment, password = session["ice-ufrag"], session["ice-pwd"]
        algorithm, _, value = session["fingerprint"].partition(" ")
    except KeyError as error:
        raise OfferRefused("offer_insecure") from error
    _check(sections)
    return Offer(fragment, password, Fingerprint(algorithm.lower(), value.strip()), sections)


def _read(text: str) -> tuple[dict[str, str], list[MediaSection]]:
    transport: dict[str, str] = {}
    sections: list[MediaSection] = []
    for line in text.splitlines():
        kind, _, value = line.partition("=")
        if kind == "m":
            sections.append(MediaSection(value.partition(" ")[0]))
        elif kind == "a":
            name, _, rest = value.partition(":")
            if name in ("ice-ufrag", "ice-pwd", "fingerprint"):
                transport.setdefault(name, rest)
            elif sections:
                _read_attribute(sections[-1], name, rest)
    return transport, sections


def _read_attribute(section: MediaSection, name: str, value: str) -> None:
    match name:
        case "mid":
            section.mid = value
        case "sendonly" | "recvonly" | "sendrecv" | "inactive":
            section.direction = name
        case "rtpmap":
            payload_type, _, codec = value.partition(" ")
            if codec.lower() == _CODECS.get(section.kind) and section.payload_type < 0:
                section.payload_type = _number(payload_type, 127)
        case "rtcp-fb":
            section.feedback.add(value)
        case "extmap":
            identifier, _, uri = value.partition(" ")
            if uri in _EXTENSIONS:
                section.extensions[uri] = _number(identifier.partition("/")[0], 14)
        case _:
            _read_stream(section, name, value)


def _read_stream(section: MediaSection, name: str, value: str) -> None:
    first, _, rest = value.partition(" ")
    match name:
        case "ssrc":
            ssrc = _number(first, 0xFFFFFFFF)
            if ssrc not in section.ssrcs:
                section.ssrcs.append(ssrc)
        case "rid" if rest.partition(" ")[0] == "send" and first not in section.rids:
            if not _RID.fullmatch(first):
                raise ValueError(first)
            section.rids.append(first)
        case "simulcast":
            section.is_simulcast = first == "send" and section.kind == "video"
        case _:
            pass


def _number(text: str, maximum: int) -> int:
    number = int(text)
    if not 0 <= number <= maximum:
        raise ValueError(text)
    return number


def _check(sections: Sequence[MediaSection]) -> None:
    kinds = [section.kind for section in sections]
    if kinds[: len(_SOURCES)] != ["video" if source.is_video else "audio" for source in _SOURCES]:
        raise OfferRefused("offer_sources")
    slots = kinds[len(_SOURCES) :]
    audio, video = slots.count("audio"), slots.count("video")
    if audio + video != len(slots) or audio > MAX_AUDIO_SLOTS or video > MAX_VIDEO_SLOTS:
        raise OfferRefused("offer_slots")
    if any(section.payload_type < 0 for section in sections):
        raise OfferRefused("offer_codecs")
    mids = {section.mid for section in sections}
    if len(mids) != len(sections) or "" in mids:
        raise OfferRefused("offer_malformed")


def answer(offer: Offer, answerer: Answerer, slot_ssrcs: Sequence[int]) -> str:
    """The answer that accepts all of `offer`; its slots will be sent with `slot_ssrcs`, in their order."""
    lines = [
        "v=0",
        "o=- 1 1 IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        f"a=group:BUNDLE {' '.join(section.mid for section in offer.sections)}",
        "a=msid-semantic: WMS *",
    ]
    for section in offer.sections[: len(_SOURCES)]:
        lines += _answer_section(section, answerer)
        lines.append("a=inactive" if section.direction in ("inactive", "recvonly") else "a=recvonly")
        lines += _answer_layers(section)
    for section, ssrc in zip(offer.slots, slot_ssrcs, strict=True):
        lines += _answer_section(section, answerer)
        lines += [
            "a=sendonly",
            f"a=msid:slot-{section.mid} slot-{section.mid}",
            f"a=ssrc:{ssrc} cname:{CNAME}",
        ]
    return "\r\n".join(lines) + "\r\n"


def _answer_section(section: MediaSection, answerer: Answerer) -> Iterator[str]:
    payload_type = section.payload_type
    yield f"m={section.kind} {answerer.port} UDP/TLS/RTP/SAVPF {payload_type}"
    yield "c=IN IP4 0.0.0.0"
    yield f"a=mid:{section.mid}"
    yield f"a=ice-ufrag:{answerer.ice_fragment}"
    yield f"a=ice-pwd:{answerer.ice_password}"
    yield f"a=fingerprint:{answerer.fingerprint.algorithm} {answerer.fingerprint.value}"
    yield "a=setup:passive"
    for rank, address in enumerate(answerer.addresses):
        yield f"a=candidate:{rank} 1 udp {2130706431 - rank} {address} {answerer.port} typ host"
    yield "a=end-of-candidates"
    yield "a=rtcp-mux"
    yield "a=rtcp-rsize"
    yield from _answer_codec(section)
    for uri, identifier in section.extensions.items():
        if uri != RID or section.layers:
            yield f"a=extmap:{identifier} {uri}"


def _answer_codec(section: MediaSection) -> Iterator[str]:
    payload_type = section.payload_type
    if section.kind == "audio":
        yield f"a=rtpmap:{payload_type} opus/48000/2"
        yield f"a=fmtp:{payload_type} minptime=10;useinbandfec=1"
    else:
        yield f"a=rtpmap:{payload_type} VP8/90000"
    for feedback in _FEEDBACK[section.kind]:
        if f"{payload_type} {feedback}" in section.feedback:
            yield f"a=rtcp-fb:{payload_type} {feedback}"


def _answer_layers(section: MediaSection) -> Iterator[str]:
    for rid in section.layers:
        yield f"a=rid:{rid} recv"
    if section.layers:
        yield f"a=simulcast:recv {';'.join(section.layers)}"
