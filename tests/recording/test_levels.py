"""Tests of recording/levels.py."""

from conferences.media import speakers
from recording.levels import Level, levels_of, shown, talks_of
from recording.samples import Sound

BEGIN_US = 1_790_000_000_000_000
BEGIN = BEGIN_US // 1000


def sounds(*levels: int) -> list[Sound]:
    """One each 20 ms."""
    return [Sound(BEGIN_US + 20_000 * n, b"", level) for n, level in enumerate(levels)]


def test_levels_are_shown_as_while_it_runs() -> None:
    assert [shown(level) for level in range(128)] == [speakers.level(127 - level) for level in range(128)]


def test_only_changes_are_told_five_times_a_second() -> None:
    assert levels_of(sounds(*[30] * 100)) == [Level(BEGIN, shown(30)), Level(BEGIN + 2_000, 0)]


def test_silence_is_no_level() -> None:
    assert levels_of(sounds(*[127] * 100)) == []
    assert levels_of(sounds(*[255] * 100)) == []


def test_who_is_gone_is_silent() -> None:
    found = levels_of([*sounds(*[30] * 10), Sound(BEGIN_US + 5_000_000, b"", 30)])
    assert [level.level > 0 for level in found] == [True, False, True, False]


def test_a_talk_goes_over_short_pauses() -> None:
    levels = [
        Level(0, 5),
        Level(2_000, 0),
        Level(3_000, 4),
        Level(4_000, 0),
        Level(9_000, 3),
        Level(9_900, 0),
    ]
    assert talks_of(levels) == [(0, 4_000), (9_000, 9_900)]


def test_a_cough_is_no_talk() -> None:
    assert talks_of([Level(0, 5), Level(200, 0)]) == []
