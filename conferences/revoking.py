"""Takes back what somebody was let in by: sessions, seats, and their places in running conferences."""

from auth_gateway.audit import audit_write
from auth_gateway.callers import NOBODY, Caller
from auth_gateway.models import User
from auth_gateway.services import user_sign_out
from conferences.core.commands import RevokeAccount
from conferences.core.words import Millis
from conferences.documents import errand_leave
from conferences.ports import conferences_of_username


def user_revoke(*, user: User, now: Millis, reason: str, caller: Caller = NOBODY) -> int:
    """Everywhere at once, but in conferences within a second: the server that has each takes them out. Says
    in how many they are."""
    user_sign_out(user=user, now_ms=now)
    conferences = conferences_of_username(user.username)
    for conference in conferences:
        errand_leave(conference=conference, command=RevokeAccount(account=user.username))
    audit_write(action="revoke", who=user.username, reason=reason, caller=caller, now_ms=now)
    return len(conferences)
