"""How fast one may ask."""

from conferences.pace import BURST, HOPELESS, Pace

NOW = 1_700_000_000_000


def test_a_burst_is_allowed_and_then_no_more() -> None:
    pace = Pace()
    assert all(pace.allows(NOW) for _ in range(int(BURST)))
    assert not pace.allows(NOW)


def test_patience_is_rewarded() -> None:
    pace = Pace()
    while pace.allows(NOW):
        pass
    assert not pace.allows(NOW + 10)
    assert pace.allows(NOW + 60)
    assert not pace.allows(NOW + 60)
    assert sum(pace.allows(NOW + 3_600_000) for _ in range(1000)) == BURST


def test_a_clock_that_goes_back_gives_nothing() -> None:
    pace = Pace()
    while pace.allows(NOW):
        pass
    assert not pace.allows(NOW - 60_000)


def test_who_never_stops_is_hopeless_and_who_pauses_is_not() -> None:
    pace = Pace()
    for _ in range(int(BURST) + HOPELESS):
        pace.allows(NOW)
    assert not pace.is_hopeless
    pace.allows(NOW)
    assert pace.is_hopeless
    pace.allows(NOW + 1000)
    assert not pace.is_hopeless
