"""Cuts, as their owner sees them."""

import pytest

from recording.models import Recording
from recording.trimming import Trim, trimmed

SPANS = [[1_000, 21_000], [31_000, 61_000]]


@pytest.mark.parametrize(
    ("cuts", "seen"),
    [
        ([], Trim(50_000, 0, 50_000, [])),
        ([[1_000, 6_000], [56_000, 61_000]], Trim(50_000, 5_000, 45_000, [])),
        ([[16_000, 36_000]], Trim(50_000, 0, 50_000, [(15_000, 25_000)])),
        ([[21_000, 31_000]], Trim(50_000, 0, 50_000, [])),
    ],
    ids=["none", "both ends", "over a pause", "only a pause"],
)
def test_cuts_are_seen_by_the_clock_of_the_recording(cuts: list[list[int]], seen: Trim) -> None:
    assert trimmed(Recording(spans=SPANS, cuts=cuts), now=99_000) == seen
