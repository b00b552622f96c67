"""Asks again, in the middle of conferences, about people for whom somebody vouched for a time: who is denied
goes; who cannot be asked about stays for a while (`grace_seconds`)."""

import asyncio
import logging
from collections.abc import Callable

from auth_gateway.asking import configured
from auth_gateway.audit import audit_write
from auth_gateway.contract import Allowed, Denied, Unavailable
from auth_gateway.flows import ask_again
from auth_gateway.models import User
from auth_gateway.selectors import users_running_out
from auth_gateway.services import user_extend
from conferences.core.words import Millis
from conferences.doors import Doors
from conferences.journal import crossing
from conferences.models import Conference
from conferences.revoking import user_revoke

logger = logging.getLogger(__name__)

LOOK_S = 10.0
AHEAD_S = 30
"""So long before it is over, that nobody is signed out in between."""


class Renewals:
    """Start it when the doors are open, and stop it before they shut."""

    def __init__(self, doors: Doors, now: Callable[[], Millis]) -> None:
        self._doors = doors
        self._now = now
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        if configured() is not None:
            self._looking = asyncio.create_task(self._look(), name="renewals")

    async def stop(self) -> None:
        if self._looking:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    async def _look(self) -> None:
        while True:
            try:
                await self.run()
            except Exception:
                logger.exception("Nobody could be asked about again.")
            await asyncio.sleep(LOOK_S)

    async def run(self) -> None:
        """All whose time is nearly over now."""
        here = {
            username: live.id for live in self._doors.running() for username in live.state.accounts.values()
        }
        if here:
            await crossing(renew)(here, now=self._now())


def renew(here: dict[str, str], *, now: Millis) -> None:
    """`here`: of every user name the conference they are in."""
    for user in users_running_out(here, by_s=now / 1000 + AHEAD_S):
        code = Conference.objects.values_list("room__code", flat=True).get(pk=here[user.username])
        _renew_one(user, code, now)


def _renew_one(user: User, code: str, now: Millis) -> None:
    gateway = configured()
    grace_s = gateway.grace_s if gateway else 0
    match ask_again(user=user, conference=code, now=now / 1000):
        case Allowed(identity):
            user_extend(user=user, identity=identity)
        case Denied(code="too_many_tries"):
            pass
        case Denied():
            user_revoke(user=user, now=now, reason="denied")
        case Unavailable() if now / 1000 > user.expires_at + grace_s:
            audit_write(action="grace over", who=user.username, now_ms=now)
            user_revoke(user=user, now=now, reason="unavailable")
        case _:
            pass
