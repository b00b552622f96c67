"""At the door: the seat, the conference, the place."""

import pytest
from msgspec.structs import replace
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.models import Account, User
from auth_gateway.seats import Seat
from conferences.core.rules import Reason, Refused
from conferences.entering import check_seat, entrance
from conferences.models import Room
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(room: Room) -> Seat:
    return Seat(room=room.pk, participant="p1", name="Alice", account="alice", entitled=True, issued_at=BEGIN)


def refusal(seat: Seat, *, now: int = BEGIN) -> Reason:
    with pytest.raises(Refused) as refused:
        entrance(seat, wanted=None, now=now)
    return refused.value.reason


def test_a_seat_leads_to_the_rooms_conference(seat: Seat) -> None:
    first = entrance(seat, wanted=None, now=BEGIN)
    assert first.took_port
    assert entrance(seat, wanted=first.conference, now=BEGIN) == (first.conference, False)


def test_whose_account_is_gone_or_locked_stays_out(seat: Seat, alice: User) -> None:
    User.objects.update(is_active=False)
    assert refusal(seat) is Reason.SEAT_INVALID
    assert refusal(replace(seat, account="nobody")) is Reason.SEAT_INVALID


def test_a_seat_from_before_a_revocation_is_no_longer_good(seat: Seat) -> None:
    User.objects.update(signed_out_at=BEGIN + 1)
    assert refusal(seat) is Reason.SEAT_INVALID
    entrance(replace(seat, issued_at=BEGIN + 2), wanted=None, now=BEGIN + 3)


def test_a_seat_outlasts_what_somebody_vouched_for_by_the_grace(seat: Seat, settings: Settings) -> None:
    User.objects.update(expires_at=BEGIN // 1000)
    assert refusal(seat, now=BEGIN + 1000) is Reason.SEAT_INVALID
    settings.AUTH_GATEWAY = Gateway(grace_s=60)
    check_seat(seat, now=BEGIN + 60_000)
    assert refusal(seat, now=BEGIN + 61_000) is Reason.SEAT_INVALID


def test_a_customer_whose_places_are_taken_gets_no_other(seat: Seat) -> None:
    User.objects.update(account="ACME")
    Account.objects.create(code="ACME", ports=1)
    entrance(replace(seat, participant="p0"), wanted=None, now=BEGIN)
    assert refusal(seat) is Reason.ACCOUNT_FULL
