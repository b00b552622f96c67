"""Asks again, in the middle of conferences, about people for whom somebody vouched for a time: who is denied
goes; who cannot be asked about stays for a while (`grace_seconds`)."""

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
from meetingserver.rounds import Rounds

LOOK_S = 10.0
AHEAD_S = 30
"""So long before it is over, that nobody is signed out in between."""


class Renewals(Rounds):
    """Start it when the doors are open, and stop it before they shut."""

    def __init__(self, doors: Doors, now: Callable[[], Millis]) -> None:
        super().__init__(self.run, every_s=LOOK_S, failure="Nobody could be asked about again.")
        self._doors = doors
        self._now = now

    def start(self, *, after_s: float = 0.0) -> None:
        if configured() is not None:
            super().start(after_s=after_s)

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
