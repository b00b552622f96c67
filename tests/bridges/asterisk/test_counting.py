"""What Asterisk counts says how good a call sounds."""

import pytest

from bridges.asterisk.counting import Counted, counted, quality_of
from bridges.types import Quality

REPORT = "ssrc=1512573724;themssrc=2073562935;lp=24;rxjitter=0.002000;rxcount=245;txjitter=0.0005"


def test_a_report_is_read() -> None:
    assert counted(REPORT) == Counted(received=245, lost=24, jitter_ms=2.0)


@pytest.mark.parametrize(
    "report", ["", "(null)", "lp=1", "lp=x;rxjitter=0;rxcount=1", "lp=1;rxjitter=nan;rxcount=1"]
)
def test_what_is_no_report_says_nothing(report: str) -> None:
    assert counted(report) is None


def test_quality_is_that_of_the_time_since_it_was_counted_before() -> None:
    before, now = Counted(100, 50, 1.0), Counted(190, 60, 3.0)
    lately = quality_of(now, "ulaw", since=before)
    assert (lately.loss_percent, lately.jitter_ms, lately.codec) == (10.0, 3.0, "ulaw")
    assert 1 < lately.mos < quality_of(Counted(100), "ulaw").mos
    assert quality_of(now, "ulaw").loss_percent == 24.0


def test_of_a_phone_from_which_nothing_comes_nothing_is_said() -> None:
    assert quality_of(Counted(5, 1), "alaw", since=Counted(5, 1)) == Quality(codec="alaw")
