"""`manage.py first_account`: somebody who may do everything, with a room to meet in, and the links to it."""

import secrets

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

from auth_gateway.models import User
from auth_gateway.selectors import user_first_admin
from auth_gateway.services import user_create
from conferences.services import room_create


class Command(BaseCommand):
    help = "Makes the first host and admin with a room, if there is no admin yet, and prints the links."

    def handle(self, *_args: object, **_options: object) -> None:
        admin = user_first_admin()
        if admin is None:
            admin = self._first_admin()
        self._line("Home page", settings.PUBLIC_URL + reverse("conferences:home"))
        for room in admin.rooms.all()[:1]:
            self._line(
                "Your room", f"{settings.PUBLIC_URL}{room.get_absolute_url()}  (give guests this link)"
            )
        self._line("Administration", settings.PUBLIC_URL + reverse("admin:index"))
        if settings.LAN:
            self._explain_warning()

    def _first_admin(self) -> User:
        name = settings.FIRST_ACCOUNT_USER
        password = settings.FIRST_ACCOUNT_PASSWORD or secrets.token_urlsafe(12)
        with transaction.atomic():
            admin = user_create(username=name, password=password, display_name=name.title(), is_admin=True)
            _room, pin = room_create(owner=admin)
        if settings.FIRST_ACCOUNT_PASSWORD:
            self._line("Your account", f"{name}, with the password you chose")
        else:
            self._line("Your account", f"{name}, password {password}  (shown only now)")
        self._line("Host PIN", f"{pin}  (for your room by phone; shown only now)")
        return admin

    def _explain_warning(self) -> None:
        self.stdout.write(
            "\n  Everybody in your network can use these links. Browsers warn at the first visit,\n"
            "  because this computer made its certificate itself: choose “Advanced”, then “Continue”."
        )

    def _line(self, label: str, text: str) -> None:
        self.stdout.write(f"  {label:<15} {text}")
