"""Call records out of what Asterisk notes of channels."""

from bridges.asterisk.records import MOST, Records, hangup_cause
from bridges.events import CdrReady
from bridges.types import EndCause


def test_a_call_that_was_answered() -> None:
    records = Records()
    records.begins("1.1", 1000)
    records.is_answered("1.1", 2000)
    records.is_answered("1.1", 2500)
    records.hangs_up("1.1", 16)
    assert records.ends("1.1", "leg", 9000, {"channel": "PJSIP/1"}) == CdrReady(
        leg="leg",
        started_at=1000,
        answered_at=2000,
        ended_at=9000,
        cause=EndCause.NORMAL,
        raw={"channel": "PJSIP/1"},
    )
    assert records.ends("1.1", "leg", 9000, {}) is None


def test_a_call_that_was_not() -> None:
    records = Records()
    records.begins("1.1", 1000)
    records.hangs_up("1.1", 17)
    record = records.ends("1.1", "leg", 1500, {})
    assert record is not None
    assert (record.answered_at, record.cause) == (0, EndCause.BUSY)


def test_a_call_whose_beginning_nobody_saw_has_none() -> None:
    records = Records()
    records.is_answered("1.1", 2000)
    records.hangs_up("1.1", 16)
    assert records.ends("1.1", "leg", 3000, {}) is None


def test_what_never_ends_is_forgotten_in_the_end() -> None:
    records = Records()
    for number in range(MOST + 1):
        records.begins(str(number), 1000)
    assert records.ends("0", "leg", 3000, {}) is None
    assert records.ends("1", "leg", 3000, {}) is not None


def test_the_cause_stands_in_json() -> None:
    assert hangup_cause('{"hangupcause":17,"hangupsource":"PJSIP/1"}') == 17
    assert [hangup_cause(text) for text in ("", "x", "[]", '{"hangupcause": "x"}')] == [0, 0, 0, 0]
