"""Puts the tracks of one participant in time, by sender reports where they can be believed. Pure.

A sender report pairs the track's clock with the sender's (RFC 3550, section 6.4.1). Per track the
sender's time is the median over its reports, with a slope where there are enough; the sender's clock
leads to the server's by the quickest report of the participant, the same for sound and pictures. Some
senders lie by a constant: if that is more than 150 ms from what the arrival of packets says, arrival
counts.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import NamedTuple

from recording.chunks import Record, ReportRecord
from recording.samples import Line

logger = logging.getLogger(__name__)

MOST_DOUBT_US = 150_000
REPORTS_FOR_SLOPE = 10
SPAN_FOR_SLOPE_US = 60_000_000
MOST_DRIFT = 200e-6
NTP_EPOCH_US = 2_208_988_800 * 1_000_000
STEADY_US = 5_000
"""A track is moved by more than that, or not at all: each move is a small crack."""


class Report(NamedTuple):
    """When it arrived; the sender's clock; the track's clock, as `Line.media_us` has it."""

    arrived_us: int
    ntp_us: int
    media_us: int


@dataclass(frozen=True, slots=True)
class Observed:
    """What is known of a track's clocks. `quickest_us`: the least by which a packet arrived later than the
    track's own clock; None: there was none."""

    reports: Sequence[Report] = field(default_factory=list)
    quickest_us: int | None = None


def observed(records: Iterable[Record], line: Line) -> Observed:
    reports: list[Report] = []
    quickest: int | None = None
    for record in records:
        media = line.media_us(record.timestamp, record.arrived_us)
        if isinstance(record, ReportRecord):
            ntp_us = (record.ntp * 1_000_000 >> 32) - NTP_EPOCH_US
            reports.append(Report(record.arrived_us, ntp_us, media))
        elif quickest is None or record.arrived_us - media < quickest:
            quickest = record.arrived_us - media
    return Observed(reports, quickest)


def offsets(tracks: Mapping[str, Observed], *, at_us: int) -> dict[str, int]:
    """What leads from the tracks' own clocks, all of one participant, to the server's around that moment."""
    flights = [report.arrived_us - report.ntp_us for seen in tracks.values() for report in seen.reports]
    quickest_flight = min(flights, default=0)
    found: dict[str, int] = {}
    for name, seen in tracks.items():
        if seen.quickest_us is None:
            continue
        found[name] = seen.quickest_us
        if seen.reports:
            reported = round(_sender_offset(seen.reports, at_us) + quickest_flight)
            if abs(reported - seen.quickest_us) <= MOST_DOUBT_US:
                found[name] = reported
            else:
                logger.warning("The sender of %s is off by %d µs.", name, reported - seen.quickest_us)
    return found


def _sender_offset(reports: Sequence[Report], at_us: int) -> float:
    """From the track's clock to the sender's."""
    times = [report.media_us for report in reports]
    differences = [report.ntp_us - report.media_us for report in reports]
    if len(reports) < REPORTS_FOR_SLOPE or max(times) - min(times) < SPAN_FOR_SLOPE_US:
        return median(differences)
    drift = _slope(times, differences)
    if abs(drift) >= MOST_DRIFT:
        return median(differences)
    level = median(d - drift * (t - at_us) for t, d in zip(times, differences, strict=True))
    return float(level)


def _slope(times: Sequence[int], values: Sequence[int]) -> float:
    """Least squares."""
    middle, level = fmean(times), fmean(values)
    spread = sum((time - middle) ** 2 for time in times)
    return sum((t - middle) * (v - level) for t, v in zip(times, values, strict=True)) / spread


def steadied(before: int | None, found: int) -> int:
    """What counts from now on: as before, unless it is really another."""
    return before if before is not None and abs(found - before) <= STEADY_US else found
