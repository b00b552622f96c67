"""What a brander sees while at work."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.test import Client
from pytest_django import Settings

from meetingserver.management.commands.brand import PREVIEWED, trial
from meetingserver.preview import Preview
from tests.meetingserver.branding.conftest import Shelf, shelf

__all__ = ["shelf"]


@pytest.fixture(autouse=True)
def _served(shelf: Shelf, settings: Settings) -> Iterator[None]:
    settings.MIDDLEWARE = PREVIEWED
    shelf.write("acme", 'name = "Acme"')
    Preview.brand, Preview.trial = "acme", trial(["en"])
    yield
    Preview.brand = ""


def seen(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_pages_have_sample_data_and_look_for_changes(client: Client) -> None:
    page = seen(client, "/preview/conferences/home.html")
    assert "Acme" in page
    assert "Archery" in page
    assert "branding/preview.js" in page
    assert 'dir="rtl"' in seen(client, "/preview/404.html?language=ar")
    assert client.get("/preview/recording/warning.txt")["Content-Type"].startswith("text/plain")


def test_an_edit_is_another_version_at_once(client: Client, shelf: Shelf) -> None:
    before = client.get("/preview/version").json()
    shelf.folder.joinpath("acme", "brand.toml").write_text('name = "Acme Ltd"')
    assert client.get("/preview/version").json() != before
    assert "Acme Ltd" in seen(client, "/preview/404.html")


def test_mistakes_are_told_on_the_first_page(client: Client, shelf: Shelf) -> None:
    assert "All is well." in seen(client, "/")
    shelf.put("acme", "brand.toml", "radius = 99")
    assert "brand.toml:1: Expected" in seen(client, "/")


def test_nothing_of_the_server_can_be_reached(client: Client) -> None:
    assert client.get("/admin/", follow=False).status_code == 200
    assert "Pages and mails" in seen(client, "/admin/")


@pytest.mark.django_db
def test_files_are_served_as_they_are(client: Client, shelf: Shelf) -> None:
    with closing(client.get("/static/conferences/tokens.css")) as answer:
        assert answer.status_code == 200
    shelf.put("acme", "static/logo.svg", "<svg/>")
    assert client.get("/brands/acme/x/logo.svg").status_code == 200
