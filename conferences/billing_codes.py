"""What a host says that a conference goes under: whether a room asks for it, and what it accepts."""

from typing import Literal

from auth_gateway.throttle import Limit, throttle_check_all, throttle_take_back
from conferences.core.rules import Reason, Refused
from conferences.core.rules.billing import check_code, fits
from conferences.core.rules.wording import clean_line
from conferences.core.words import BillingAsked, Millis
from conferences.models import Room

TRIES = 3
TRIES_IN_ONE_ROOM = 20
WINDOW_S = 15 * 60


def billing_code_check(room: Room, typed: str, *, known: str, caller: str, now: Millis) -> str:
    """The code of a host who comes in: as `typed` on the page, else the one that is `known` of them. After
    three wrong ones of a caller none is looked at for a while. Raises Refused."""
    asked = BillingAsked(room.asks_billing_code)
    if asked is BillingAsked.NO:
        return known
    accepted = room.accepted_billing_codes
    if not typed.strip():
        code = known if fits(known, accepted) else ""
        check_code(code, asked=asked, accepted=())
        return code
    code = clean_line(typed)
    limits = [
        Limit(f"billing.caller.{room.pk}.{caller}", TRIES, WINDOW_S),
        Limit(f"billing.room.{room.pk}", TRIES_IN_ONE_ROOM, WINDOW_S),
    ]
    if not throttle_check_all(limits, now / 1000):
        raise Refused(Reason.BILLING_CODE_TRIES)
    check_code(code, asked=asked, accepted=accepted)
    throttle_take_back(limits, now / 1000)
    return code


class RoomBillingCodes:
    """The same by phone, for `bridges.policy`, where the journey counts the tries."""

    def asked_in(self, room: Room) -> Literal["no", "optional", "mandatory"]:
        return BillingAsked(room.asks_billing_code).value

    def accepts(self, room: int, code: str) -> bool:
        found = Room.objects.filter(pk=room).first()
        return found is not None and fits(code, found.accepted_billing_codes)
