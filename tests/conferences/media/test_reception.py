"""What is asked for again, and what is reported."""

from collections.abc import Iterable

from conferences.media.reception import MAX_GAP, Reception
from conferences.media.rtcp import SenderReport


def received(sequences: Iterable[int], now: float = 1.0) -> Reception:
    reception = Reception(90_000)
    for sequence in sequences:
        reception.received(sequence & 0xFFFF, sequence * 3000, now)
    return reception


def test_a_hole_is_asked_for_across_the_wrap() -> None:
    assert received([65_534, 65_537]).due(1.0) == [65_535, 0]


def test_what_arrives_late_is_not_asked_for() -> None:
    assert received([1, 4, 3]).due(1.0) == [2]


def test_it_is_asked_again_after_a_while_and_then_given_up() -> None:
    reception = received([1, 3])
    asked = [time / 10 for time in range(10, 60) if reception.due(time / 10)]
    assert asked[:2] == [1.0, 1.1]
    assert len(asked) == 6


def test_a_large_hole_is_not_asked_for_but_reported() -> None:
    reception = received([1])
    assert not reception.received(3 + MAX_GAP, 0, 1.0)
    assert reception.due(1.0) == []


def test_the_report_says_how_much_was_lost_since_the_last() -> None:
    reception = received([1, 2, 3, 5])
    assert reception.report(9, 1.0).lost == 1 / 5
    for sequence in range(6, 10):
        reception.received(sequence, 0, 1.0)
    report = reception.report(9, 1.0)
    assert (report.ssrc, report.lost, report.total_lost, report.highest_sequence) == (9, 0.0, 1, 9)


def test_the_report_lets_the_publisher_measure_the_way() -> None:
    reception = received([1])
    reception.sender_reported(SenderReport(9, 0x1122_3344_5566_7788, 0, 0, 0), 1.0)
    report = reception.report(9, 1.5)
    assert (report.last_sender_report, report.delay) == (0x3344_5566, 32_768)
