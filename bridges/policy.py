"""Who may come in by phone: access codes, host PINs, and how often somebody may try.

Every failure gets the same answer after the same time, and nothing that was pressed is logged.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import NamedTuple

from django.contrib.auth.hashers import check_password, make_password
from msgspec.structs import replace

from auth_gateway.throttle import Limit, throttle_check_all, throttle_take_back
from bridges.base import Admit, Again, InboundCall, Refuse
from bridges.journey import CODE_DIGITS
from bridges.models import KnownNumber
from conferences.billing_codes import RoomBillingCodes
from conferences.core.words import Millis
from conferences.journal import crossing
from conferences.models import Room

WINDOW_S = 15 * 60
TRIES_OF_ONE_CALLER = 15
TRIES_OF_WITHHELD = 100
"""Numbers that are withheld cannot be told from each other."""
TRIES_OF_ONE_BRIDGE = 300
TRIES_OF_ALL = 1000
PINS_OF_ONE_ROOM = 20
FAILURE_S = 1.5

Answer = Admit | Again | Refuse

AskGateway = Callable[[InboundCall, Room, str], Answer | None]
"""The sign-in service of a site (`auth_gateway.flows.dialin`): the call, the room of its code, the PIN. None:
it is not asked about calls, and the room's own PIN decides. Called in a thread, may wait."""


def ask_nobody(_call: InboundCall, _room: Room, _pin: str) -> Answer | None:
    return None


class Policy:
    """`bridges.base.InboundPolicy` over our rooms."""

    def __init__(
        self,
        *,
        now: Callable[[], Millis],
        ask_gateway: AskGateway = ask_nobody,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now = now
        self._ask_gateway = ask_gateway
        self._billing = RoomBillingCodes()
        self._pause = pause

    async def admit(self, call: InboundCall, *, code: str, pin: str = "") -> Answer:
        """The work is the same whatever is wrong with it; what still differs, a pause hides."""
        pausing = asyncio.ensure_future(self._pause(FAILURE_S))
        try:
            answer = await crossing(self._answer)(call, code, pin)
            if not isinstance(answer, Admit):
                await pausing
        finally:
            pausing.cancel()
        return answer

    def _answer(self, call: InboundCall, code: str, pin: str) -> Answer:
        limits = self._limits(call, code, pin)
        seconds = self._now() / 1000
        within = throttle_check_all(limits, seconds)
        room = Room.objects.filter(code=code if len(code) == CODE_DIGITS else "-").first()
        answer = self._judged(call, room, pin) if within else Again()
        if not isinstance(answer, Admit) or room is None:
            return answer
        throttle_take_back(limits, seconds)
        answer = replace(answer, asks_name=room.callers_say_names and not answer.name)
        return self._billed(answer, room) if answer.host else answer

    def _judged(self, call: InboundCall, room: Room | None, pin: str) -> Answer:
        if room is None:
            if pin:
                check_password(pin, _nobodys_pin())
            return Again()
        answer = self._ask_gateway(call, room, pin)
        if answer is not None:
            return answer
        if pin and not check_password(pin, room.host_pin):
            return Again()
        owner = owner_of(call.caller)
        return Admit(
            room=room.pk,
            code=room.code,
            host=bool(pin),
            name=owner.name,
            account=owner.account,
            tenant=owner.tenant,
            billing_code=owner.billing_code,
        )

    def _billed(self, host: Admit, room: Room) -> Admit:
        """Asked what the conference goes under, where the room wants that; what is known of them
        goes where it is accepted, if they say nothing."""
        asked = self._billing.asked_in(room)
        if asked == "no":
            return host
        known = host.billing_code if self._billing.accepts(room.pk, host.billing_code) else ""
        return replace(host, billing_code=known, asks_billing_code="optional" if known else asked)

    async def billing_code_is_right(self, room: int, code: str) -> bool:
        return await crossing(self._billing.accepts)(room, code)

    @staticmethod
    def _limits(call: InboundCall, code: str, pin: str) -> list[Limit]:
        caller = Limit(f"phone.caller.{call.caller}", TRIES_OF_ONE_CALLER, WINDOW_S)
        if not any(character.isdigit() for character in call.caller):
            caller = Limit(f"phone.withheld.{call.bridge}", TRIES_OF_WITHHELD, WINDOW_S)
        limits = [
            caller,
            Limit(f"phone.bridge.{call.bridge}", TRIES_OF_ONE_BRIDGE, WINDOW_S),
            Limit("phone.all", TRIES_OF_ALL, WINDOW_S),
        ]
        return [*limits, Limit(f"phone.pin.{code}", PINS_OF_ONE_ROOM, WINDOW_S)] if pin else limits


@lru_cache(maxsize=1)
def _nobodys_pin() -> str:
    """So that a PIN for a room that is not there costs what others cost."""
    return make_password(secrets.token_urlsafe())


class Owner(NamedTuple):
    """Whoever has a number, as the phone book says. Never a right: numbers can be forged."""

    name: str = ""
    account: str = ""
    tenant: str = ""
    billing_code: str = ""


def owner_of(number: str) -> Owner:
    known = KnownNumber.objects.select_related("user").filter(number=number).first() if number else None
    if known is None:
        return Owner()
    if known.user is None:
        return Owner(known.shown_name)
    return Owner(known.shown_name, known.user.username, known.user.account, known.user.billing_code)
