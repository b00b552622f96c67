"""Writes users: made here, or as a sign-in service vouches for them."""

from collections.abc import Sequence
from typing import cast

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from auth_gateway.identity import Identity, Role
from auth_gateway.models import UsedLink, User
from meetingserver.languages import nearest

SESSION_BACKEND = "auth_gateway.backends.OwnBackend"
LEEWAY_S = 60


@transaction.atomic
def user_create(
    *, username: str, password: str | None, display_name: str = "", email: str = "", is_admin: bool = False
) -> User:
    """A host; `is_admin` may use the administration as well. A second of the same name is refused."""
    return User.objects.create_user(
        username,
        password,
        display_name=display_name,
        email=email,
        is_staff=is_admin,
        is_superuser=is_admin,
    )


@transaction.atomic
def user_vouched_for(*, identity: Identity, about_one_room: bool = False) -> User:
    """The row of somebody whom a sign-in service named, made or brought up to date; never one of our own,
    whatever name it was given.

    `about_one_room`: the answer was about one conference, so what it says of rights there does not change
    what they may do elsewhere; somebody new may do nothing elsewhere.
    """
    user, is_new = User.objects.select_for_update().get_or_create(
        gateway_id=identity.user_id,
        defaults={"username": lambda: _free_name(identity.user_id), "password": make_password(None)},
    )
    user.display_name = identity.display_name or user.display_name
    user.email = identity.email or user.email
    user.account, user.billing_code = identity.account, identity.billing_code
    user.language = nearest(identity.language, dict(settings.LANGUAGES)) or user.language
    user.brand = identity.brand or user.brand
    user.expires_at = identity.expires_at
    if is_new or not about_one_room:
        user.role = "guest" if about_one_room else identity.role
        user.conferences = None if identity.conferences is None else list(identity.conferences)
        user.max_participants = identity.max_participants
        user.features = identity.features
    user.save()
    return user


def user_extend(*, user: User, identity: Identity) -> None:
    """Asked again in the middle of a conference, the service still vouches for them."""
    User.objects.filter(pk=user.pk).update(
        expires_at=identity.expires_at, account=identity.account or user.account
    )


def user_sign_out(*, user: User, now_ms: int) -> None:
    """Everywhere: sessions and seats from before are no longer good."""
    User.objects.filter(pk=user.pk).update(signed_out_at=now_ms)


def identity_of(user: User) -> Identity:
    """Of somebody signed in, wherever."""
    return Identity(
        user_id=user.gateway_id or user.username,
        display_name=user.get_full_name(),
        email=user.email,
        role=cast(Role, user.role),
        account=user.account,
        billing_code=user.billing_code,
        conferences=None if user.conferences is None else tuple(user.conferences),
        max_participants=user.max_participants,
        features=user.features,
        language=user.language,
        brand=user.brand,
        expires_at=user.expires_at,
    )


def _free_name(wanted: str) -> str:
    """The id itself unless somebody here is called so."""
    allowed = "".join(c if c.isalnum() or c in "@.+-_" else "_" for c in wanted)[:140] or "user"
    name, number = allowed, 1
    while User.objects.filter(username=name).exists():
        number += 1
        name = f"{allowed}_{number}"
    return name


def user_speaks(*, user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


# What is good once


def use_once(*, id: str, expires_at: int) -> bool:
    """Whether it was not used before. Whoever is first wins, also among several servers."""
    try:
        with transaction.atomic():
            UsedLink.objects.create(id=id, expires_at=expires_at + LEEWAY_S)
    except IntegrityError:
        return False
    return True


def used_links_forget(*, now: float) -> None:
    UsedLink.objects.filter(expires_at__lt=int(now)).delete()


def users_revoked(*, user_id: str, account: str) -> Sequence[User]:
    """Those whom a sign-in service means: by its id, or all of a customer."""
    vouched = User.objects.exclude(gateway_id=None)
    return list(vouched.filter(gateway_id=user_id) if user_id else vouched.filter(account=account))
