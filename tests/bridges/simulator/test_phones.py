"""What people do with simulated phones."""

import pytest

from bridges import events as e
from bridges.events import AnyBridgeEvent
from bridges.simulator.phones import REMEMBERED, Phones
from bridges.types import Direction, EndCause, Leg, LegState, Quality


@pytest.fixture
def told() -> list[AnyBridgeEvent]:
    return []


@pytest.fixture
def phones(told: list[AnyBridgeEvent]) -> Phones:
    return Phones(told.append, lambda _: None)


def rings(phones: Phones, number: str) -> str:
    info = Leg(leg="o", vendor="v", state=LegState.DIALING, direction=Direction.OUT, dialled=number)
    phones.add(info)
    phones.rings("o")
    return "o"


def test_somebody_calls_presses_talks_and_hangs_up(phones: Phones, told: list[AnyBridgeEvent]) -> None:
    leg = phones.calls_us("+4930111", "+4930222").leg
    phones.presses(leg, "12#")
    phones.talks(leg)
    phones.talks(leg, 0)
    phones.holds(leg, True)
    phones.measures(leg, Quality(mos=2))
    phones.hangs_up(leg)
    phones.hangs_up(leg)
    assert [event.digit for event in told if isinstance(event, e.LegDigit)] == ["1", "2", "#"]
    assert [type(event) for event in told if not isinstance(event, e.LegDigit)] == [
        e.LegArrived,
        e.LegTalking,
        e.LegTalking,
        e.LegHeld,
        e.LegMeasured,
        e.LegEnded,
    ]
    assert phones.calls == {}


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        ("+4930486", EndCause.BUSY),
        ("+4930603", EndCause.REJECTED),
        ("+4930404", EndCause.INVALID_NUMBER),
        ("+4930480", EndCause.NO_ANSWER),
        ("+4930503", EndCause.CONGESTION),
    ],
)
def test_the_end_of_a_number_says_what_becomes_of_calls_to_it(
    phones: Phones, told: list[AnyBridgeEvent], number: str, cause: EndCause
) -> None:
    phones.decides(rings(phones, number))
    assert isinstance(told[-1], e.LegEnded)
    assert (told[-1].cause, told[-1].sip_code) == (cause, int(number[-3:]))


def test_other_phones_answer(phones: Phones, told: list[AnyBridgeEvent]) -> None:
    phones.decides(rings(phones, "+4930123"))
    phones.gives_up("o")
    assert [type(event) for event in told] == [e.LegRinging, e.LegAnswered]


def test_a_phone_that_nobody_answers_is_given_up(phones: Phones, told: list[AnyBridgeEvent]) -> None:
    phones.gives_up(rings(phones, "+4930123"))
    phones.decides("o")
    assert isinstance(told[-1], e.LegEnded)
    assert told[-1].cause is EndCause.NO_ANSWER


def test_why_calls_ended_is_remembered_for_a_while(phones: Phones) -> None:
    legs = [phones.calls_us(f"+493011{number}", "+4930222").leg for number in range(REMEMBERED + 1)]
    for leg in legs:
        phones.hangs_up(leg)
    assert [phone.leg for phone in phones.ended] == legs[1:]
    assert {phone.over for phone in phones.ended} == {EndCause.NORMAL}


def test_a_phone_that_rings_may_refuse(phones: Phones, told: list[AnyBridgeEvent]) -> None:
    phones.refuses(rings(phones, "+4930111"))
    ended = told[-1]
    assert isinstance(ended, e.LegEnded)
    assert (ended.cause, ended.sip_code) == (EndCause.REJECTED, 603)
