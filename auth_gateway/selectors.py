"""Reads users."""

from collections.abc import Iterable

from auth_gateway.models import User


def user_first_admin() -> User | None:
    """The admin who has been here longest."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("created_at", "pk").first()


def user_is_vouched_for(*, username: str, since_ms: int, now_ms: int, grace_s: int) -> bool:
    """Whether what was given to this user at `since_ms` (a seat) still holds."""
    user = User.objects.filter(username=username).first()
    if user is None or not user.is_active or since_ms < user.signed_out_at:
        return False
    return not user.expires_at or now_ms <= (user.expires_at + grace_s) * 1000


def users_running_out(usernames: Iterable[str], *, by_s: float) -> list[User]:
    """Those of them whom nobody vouches for after `by_s`, in seconds since 1970."""
    return list(
        User.objects.filter(
            username__in=list(usernames), expires_at__gt=0, expires_at__lte=int(by_s)
        ).exclude(gateway_id=None)
    )
