import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from auth_gateway.models import User

pytestmark = pytest.mark.django_db


def first_account() -> str:
    said = StringIO()
    call_command("first_account", stdout=said)
    return said.getvalue()


def test_the_first_account_may_sign_in_and_has_a_room(client: Client) -> None:
    said = re.search(r"(\S+), password (\S+)", first_account())
    assert said
    assert client.login(username=said[1], password=said[2])
    admin = User.objects.get(username=said[1])
    assert admin.is_staff
    assert admin.rooms.count() == 1


def test_the_password_is_said_once_and_the_links_always() -> None:
    first, second = first_account(), first_account()
    assert "password" in first
    assert "password" not in second
    for said in (first, second):
        assert "Home page" in said
        assert "Your room" in said
        assert "/admin/" in said
    assert User.objects.count() == 1


def test_a_chosen_password_is_not_printed(settings: Settings, client: Client) -> None:
    settings.FIRST_ACCOUNT_USER, settings.FIRST_ACCOUNT_PASSWORD = "olivia", "a long and good one"
    assert "a long and good one" not in first_account()
    assert client.login(username="olivia", password="a long and good one")


def test_in_a_local_network_the_warning_of_browsers_is_explained(settings: Settings) -> None:
    settings.LAN = True
    assert "certificate" in first_account()
