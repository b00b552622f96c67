"""A brand has its say in which language a page is."""

import pytest
from django.test import Client
from pytest_django import Settings

from meetingserver.branding.choosing import branded
from meetingserver.speaking import first_spoken
from tests.meetingserver.branding.conftest import Shelf

GERMAN_AND_ENGLISH = """
hosts = ["acme.example"]
[languages]
default = "de"
allowed = ["de", "en"]
"""


@pytest.fixture(autouse=True)
def _acme(shelf: Shelf, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    shelf.write("acme", GERMAN_AND_ENGLISH)


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "spoken"), [("ar", "de"), ("fi, en", "en"), ("de", "de"), ("", "de")])
def test_a_page_speaks_only_what_the_brand_allows(client: Client, asked: str, spoken: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked, "Host": "acme.example"})
    assert answer.headers["Content-Language"] == spoken
    assert 'value="ar"' not in answer.content.decode()
    assert 'value="de"' in answer.content.decode()


@pytest.mark.django_db
def test_what_was_picked_elsewhere_is_not_spoken_if_the_brand_forbids_it(client: Client) -> None:
    client.post("/accounts/language/", {"language": "ar"})
    assert client.get("/").headers["Content-Language"] == "ar"
    assert client.get("/", headers={"Host": "acme.example"}).headers["Content-Language"] == "de"


def test_mails_of_a_brand_speak_its_language() -> None:
    assert first_spoken("ar") == "ar"
    with branded("acme"):
        assert first_spoken("ar") == "de"
        assert first_spoken("en") == "en"
