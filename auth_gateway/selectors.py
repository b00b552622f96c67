"""Reads users."""

from auth_gateway.models import User


def user_first_admin() -> User | None:
    """The admin who has been here longest."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("created_at", "pk").first()
