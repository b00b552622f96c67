"""At the door of a conference: whether a seat still holds, which conference it is for now, and whether there
is a place for one more."""

from typing import NamedTuple

from auth_gateway.asking import configured
from auth_gateway.seats import Seat
from auth_gateway.selectors import user_is_vouched_for
from conferences.core.rules import Reason, Refused
from conferences.core.words import Millis
from conferences.ports import port_take
from conferences.services import conference_current


class Entrance(NamedTuple):
    """`took_port`: a place was taken, to be given back should nobody come in after all."""

    conference: str
    took_port: bool


def entrance(seat: Seat, *, wanted: str | None, now: Millis) -> Entrance:
    """Raises Refused."""
    check_seat(seat, now=now)
    conference = conference_current(seat.room, wanted=wanted, now=now)
    took = port_take(conference=conference, participant=seat.participant, username=seat.account)
    return Entrance(conference, took)


def check_seat(seat: Seat, *, now: Millis) -> None:
    """Refused when whoever vouched for its holder does so no longer."""
    if not seat.account:
        return
    gateway = configured()
    if not user_is_vouched_for(
        username=seat.account,
        since_ms=seat.issued_at,
        now_ms=now,
        grace_s=gateway.grace_s if gateway else 0,
    ):
        raise Refused(Reason.SEAT_INVALID)
