"""What a room accepts of its hosts."""

import pytest

from conferences.billing_codes import RoomBillingCodes, billing_code_check
from conferences.core.rules import Reason, Refused
from conferences.models import Room
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def check(
    room: Room, typed: str, *, known: str = "", caller: str = "10.0.0.1", now: int = BEGIN
) -> str | Reason:
    try:
        return billing_code_check(room, typed, known=known, caller=caller, now=now)
    except Refused as refused:
        return refused.reason


@pytest.fixture
def asking(room: Room) -> Room:
    room.asks_billing_code, room.billing_codes = "mandatory", "####\nPO-*"
    room.save()
    return room


def test_where_nobody_is_asked_what_is_known_holds(room: Room) -> None:
    assert check(room, "typed", known="known") == "known"


def test_what_is_typed_goes_before_what_is_known(asking: Room) -> None:
    assert check(asking, "PO-1", known="PO-2") == "PO-1"
    assert check(asking, " ", known="PO-2") == "PO-2"
    assert check(asking, "", known="else") is Reason.BILLING_CODE_NEEDED


def test_after_three_wrong_ones_none_is_looked_at_for_a_while(asking: Room) -> None:
    assert [check(asking, "wrong") for _ in range(3)] == [Reason.BILLING_CODE_WRONG] * 3
    assert check(asking, "4711") is Reason.BILLING_CODE_TRIES
    assert check(asking, "4711", caller="carol's") == "4711"
    assert check(asking, "4711", now=BEGIN + 3_600_000) == "4711"


def test_who_may_leave_it_out_may(asking: Room) -> None:
    asking.asks_billing_code = "optional"
    assert check(asking, "") == ""


def test_by_phone_it_is_the_same(asking: Room) -> None:
    codes = RoomBillingCodes()
    assert codes.asked_in(asking) == "mandatory"
    assert (codes.accepts(asking.pk, "4711"), codes.accepts(asking.pk, "47")) == (True, False)
    assert not codes.accepts(0, "4711")
