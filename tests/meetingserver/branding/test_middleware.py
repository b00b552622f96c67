"""Every page has its brand, whoever asks for it and whatever goes wrong."""

import pytest
from django.test import Client
from pytest_django import Settings

from auth_gateway.models import User
from conferences.services import room_create
from meetingserver.branding.choosing import current
from tests.meetingserver.branding.conftest import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _acme(shelf: Shelf, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "meet.acme.example"]
    shelf.write("acme", 'name = "Acme Meetings"\nhosts = ["meet.acme.example"]\n[colours]\nink = "#101820"')
    shelf.write("beta", 'name = "Beta Talks"')


def page(client: Client, path: str = "/", *, host: str = "testserver") -> str:
    return client.get(path, headers={"host": host}).content.decode()


def test_the_host_name_decides(client: Client) -> None:
    assert "Acme Meetings" in page(client, host="meet.acme.example:8000")
    assert "Acme Meetings" not in page(client)
    assert current().key == "default"


def test_a_strange_host_is_refused_as_before(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_room_has_its_brand_else_its_owners(client: Client, alice: User) -> None:
    room, _pin = room_create(owner=alice, wishes={"name": "Archery", "brand": "beta"})
    assert "Beta Talks" in page(client, room.get_absolute_url())
    room.brand, alice.brand = "", "acme"
    room.save()
    alice.save()
    assert "Acme Meetings" in page(client, room.get_absolute_url())
    assert "Acme Meetings" not in page(client)


def test_who_is_signed_in_has_the_brand_of_their_sign_in_service(client: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(brand="beta")
    client.force_login(alice)
    assert "Beta Talks" in page(client)


def test_errors_are_branded_too(client: Client) -> None:
    assert "Acme Meetings" in page(client, "/nothing/here", host="meet.acme.example")


def test_pages_name_the_brands_stylesheet_icon_and_manifest(client: Client) -> None:
    text = page(client, host="meet.acme.example")
    assert '/look.css">' in text
    assert "/manifest.webmanifest" in text


def test_the_administration_is_called_like_the_brand(client: Client, admin: User) -> None:
    client.force_login(admin)
    text = page(client, "/admin/", host="meet.acme.example")
    assert "Acme Meetings" in text
    assert "conferences/admin.css" in text
