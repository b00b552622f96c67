"""Tests of recording/alignment.py."""

from pathlib import Path

import pytest

from recording.alignment import Observed, Report, observed, offsets, steadied
from recording.captured import captured_tracks
from tests.recording import takes

BEGIN = 1_790_000_000_000
BEGIN_US = BEGIN * 1000
HOUR_US = 3_600_000_000


def reports(
    *, ahead_us: int = HOUR_US, drift: float = 0.0, count: int = 20, every_us: int = 1_000_000
) -> list[Report]:
    """Of a track whose own clock is the server's, less 20 ms: so the reports come 20 ms late."""
    times = [BEGIN_US + n * every_us for n in range(count)]
    return [Report(at + 20_000, int(at + ahead_us + drift * (at - BEGIN_US)), at) for at in times]


def test_without_reports_arrival_counts() -> None:
    assert offsets({"a": Observed([], 12_000)}, at_us=0) == {"a": 12_000}


def test_a_track_of_which_nothing_was_seen_is_not_placed() -> None:
    assert offsets({"a": Observed([], None)}, at_us=0) == {}


def test_the_senders_clock_leads_to_ours_by_the_quickest_report() -> None:
    found = offsets(
        {"sound": Observed(reports(), 21_000), "picture": Observed(reports(), 60_000)}, at_us=BEGIN_US
    )
    assert found == {"sound": 20_000, "picture": 20_000}


@pytest.mark.parametrize("lie_us", [317_000, -317_000])
def test_who_lies_is_placed_by_arrival(lie_us: int) -> None:
    lying = [Report(r.arrived_us, r.ntp_us, r.media_us + lie_us) for r in reports()]
    tracks = {"sound": Observed(lying, 21_000), "picture": Observed(reports(), 22_000)}
    assert offsets(tracks, at_us=BEGIN_US) == {"sound": 21_000, "picture": 20_000}


def test_a_single_wild_report_moves_nothing() -> None:
    wild = [*reports(), Report(BEGIN_US + 50_000, BEGIN_US + HOUR_US + 30_000, BEGIN_US + 130_000)]
    assert offsets({"a": Observed(wild, 21_000)}, at_us=BEGIN_US) == {"a": 20_000}


def test_drift_is_followed_where_there_is_enough_to_see_it() -> None:
    drifting = reports(drift=100e-6, count=90)
    at_us = BEGIN_US + 90_000_000
    found = offsets({"a": Observed(drifting, 20_000)}, at_us=at_us)["a"]
    quickest = min(r.arrived_us - r.ntp_us for r in drifting)
    assert found == pytest.approx(HOUR_US + 9_000 + quickest, abs=200)


@pytest.mark.parametrize(("drift", "count"), [(300e-6, 90), (100e-6, 9)])
def test_nobody_drifts_that_much_and_few_reports_show_nothing(drift: float, count: int) -> None:
    seen = reports(drift=drift, count=count, every_us=1_000_000)
    middle = sorted(r.ntp_us - r.media_us for r in seen)
    median = (middle[(count - 1) // 2] + middle[count // 2]) / 2
    quickest = min(r.arrived_us - r.ntp_us for r in seen)
    assert offsets({"a": Observed(seen, 20_000)}, at_us=BEGIN_US)["a"] == round(median + quickest)


def test_small_changes_are_none() -> None:
    assert [steadied(None, 7), steadied(100, 4_000), steadied(100, 9_000)] == [7, 100, 9_000]


@pytest.mark.parametrize("lie_ms", [0.0, 317.0])
def test_what_was_captured_of_one_person_lies_together(tmp_path: Path, lie_ms: float) -> None:
    takes.sound(tmp_path, "a", 440, begin=BEGIN, seconds=10, sender=takes.Sender(lie_ms=lie_ms))
    takes.picture(tmp_path, "a", "red", begin=BEGIN, seconds=10)
    tracks = captured_tracks(tmp_path)
    seen = {track.name: observed(track.records(0, 2**62), track.line()) for track in tracks}
    found = offsets(seen, at_us=BEGIN_US)
    begins = [track.first.arrived_us + found[track.name] for track in tracks]
    assert all(abs(at - BEGIN_US - 20_000) < 3_000 for at in begins)
