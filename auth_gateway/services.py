"""Writes users."""

from django.db import transaction

from auth_gateway.models import User


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
