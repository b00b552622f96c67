"""RTCP: what receivers and senders tell each other (RFC 3550, 4585, 5104; draft-alvestrand-rmcat-remb-03)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from struct import Struct, error, pack, unpack_from

_HEADER = Struct("!BBH")
_REPORT = Struct("!IB3sIIII")
_SENDER_INFO = Struct("!QIII")

SENDER_REPORT = 200
RECEIVER_REPORT = 201
SOURCE_DESCRIPTION = 202
TRANSPORT_FEEDBACK = 205
PAYLOAD_FEEDBACK = 206

_GENERIC_NACK = 1
_PLI = 1
_APPLICATION = 15
_REMB = b"REMB"
_MANTISSA_BITS = 18

#: How many lost packets one NACK may name; more are cut off.
MAX_NACKED = 512

#: Everything of a receiver is sent under one name.
CNAME = "conference"


class MalformedRtcp(Exception):
    """The bytes are no compound RTCP packet."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a receiver says about one stream. `lost` is the fraction (0 to 1) since its last report."""

    ssrc: int
    lost: float
    total_lost: int
    highest_sequence: int
    jitter: int
    last_sender_report: int
    delay: int


@dataclass(frozen=True, slots=True)
class SenderReport:
    ssrc: int
    ntp: int
    timestamp: int
    packets: int
    octets: int


@dataclass(frozen=True, slots=True)
class Nack:
    ssrc: int
    sequences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyframeRequest:
    ssrc: int


@dataclass(frozen=True, slots=True)
class BitrateEstimate:
    """REMB: what the sender of this packet can receive, in bits per second."""

    bitrate: int


Message = Report | SenderReport | Nack | KeyframeRequest | BitrateEstimate


def parse(data: bytes) -> list[Message]:
    """The messages of a compound packet; unknown kinds are skipped. Raise `MalformedRtcp`."""
    messages: list[Message] = []
    at = 0
    while at < len(data):
        if at + _HEADER.size > len(data):
            raise MalformedRtcp
        first, kind, words = _HEADER.unpack_from(data, at)
        end = at + 4 * (words + 1)
        if first >> 6 != 2 or end > len(data):
            raise MalformedRtcp
        try:
            messages.extend(_parse_one(kind, first & 0x1F, data[at + 4 : end]))
        except (error, ValueError) as cause:
            raise MalformedRtcp from cause
        at = end
    return messages


def _parse_one(kind: int, count: int, body: bytes) -> Iterator[Message]:
    match kind, count:
        case (200, _):  # sender report
            (ssrc,) = unpack_from("!I", body)
            yield SenderReport(ssrc, *_SENDER_INFO.unpack_from(body, 4))
            yield from _parse_reports(body, 24, count)
        case (201, _):  # receiver report
            yield from _parse_reports(body, 4, count)
        case (205, 1):  # generic NACK
            yield _parse_nack(body)
        case (206, 1):  # picture loss indication
            yield KeyframeRequest(unpack_from("!I", body, 4)[0])
        case (206, 4):  # full intra request
            for at in range(8, len(body) - 7, 8):
                yield KeyframeRequest(unpack_from("!I", body, at)[0])
        case (206, 15) if body[8:12] == _REMB:
            (packed,) = unpack_from("!I", body, 12)
            exponent, mantissa = packed >> _MANTISSA_BITS & 0x3F, packed & (1 << _MANTISSA_BITS) - 1
            yield BitrateEstimate(mantissa << exponent)


def _parse_reports(body: bytes, start: int, count: int) -> Iterator[Report]:
    for at in range(start, start + count * _REPORT.size, _REPORT.size):
        ssrc, fraction, total, highest, jitter, last, delay = _REPORT.unpack_from(body, at)
        yield Report(ssrc, fraction / 256, int.from_bytes(total, signed=True), highest, jitter, last, delay)


def _parse_nack(body: bytes) -> Nack:
    (ssrc,) = unpack_from("!I", body, 4)
    sequences: list[int] = []
    for at in range(8, len(body), 4):
        first, following = unpack_from("!HH", body, at)
        sequences.append(first)
        sequences.extend((first + 1 + bit) & 0xFFFF for bit in range(16) if following >> bit & 1)
        if len(sequences) >= MAX_NACKED:
            break
    return Nack(ssrc, tuple(sequences[:MAX_NACKED]))


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return _HEADER.pack(0x80 | count, kind, len(body) // 4) + body


def _pack_report(report: Report) -> bytes:
    fraction = min(255, int(report.lost * 256))
    total = max(-0x800000, min(0x7FFFFF, report.total_lost)).to_bytes(3, signed=True)
    return _REPORT.pack(
        report.ssrc,
        fraction,
        total,
        report.highest_sequence,
        report.jitter,
        report.last_sender_report,
        report.delay,
    )


def sender_report(report: SenderReport) -> bytes:
    info = _SENDER_INFO.pack(
        report.ntp, report.timestamp, report.packets & 0xFFFFFFFF, report.octets & 0xFFFFFFFF
    )
    return _packet(SENDER_REPORT, 0, pack("!I", report.ssrc) + info)


def receiver_report(ssrc: int, reports: Sequence[Report]) -> bytes:
    """At most 31 reports fit."""
    return _packet(RECEIVER_REPORT, len(reports), pack("!I", ssrc) + b"".join(map(_pack_report, reports)))


def source_description(ssrc: int, cname: str) -> bytes:
    item = cname.encode()
    chunk = pack("!IBB", ssrc, 1, len(item)) + item
    return _packet(SOURCE_DESCRIPTION, 1, chunk + bytes(4 - len(chunk) % 4))


def nack(sender: int, ssrc: int, sequences: Iterable[int]) -> bytes:
    """Sequence numbers in any order; neighbours share an entry of the packet."""
    entries: list[tuple[int, int]] = []
    for sequence in sorted(sequences):
        distance = sequence - entries[-1][0] - 1 if entries else 16
        if distance < 16:
            first, following = entries[-1]
            entries[-1] = (first, following | 1 << distance)
        else:
            entries.append((sequence, 0))
    body = b"".join(pack("!HH", *entry) for entry in entries)
    return _packet(TRANSPORT_FEEDBACK, _GENERIC_NACK, pack("!II", sender, ssrc) + body)


def keyframe_request(sender: int, ssrc: int) -> bytes:
    """A picture loss indication."""
    return _packet(PAYLOAD_FEEDBACK, _PLI, pack("!II", sender, ssrc))


def bitrate_estimate(sender: int, bitrate: int, ssrcs: Sequence[int]) -> bytes:
    """A REMB: the sender may send `bitrate` bits per second over all of `ssrcs` together."""
    exponent = max(0, bitrate.bit_length() - _MANTISSA_BITS)
    packed = len(ssrcs) << 24 | exponent << _MANTISSA_BITS | bitrate >> exponent
    body = pack("!II", sender, 0) + _REMB + pack(f"!I{len(ssrcs)}I", packed, *ssrcs)
    return _packet(PAYLOAD_FEEDBACK, _APPLICATION, body)
