import re

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from auth_gateway.models import User
from conferences.services import room_create
from meetingserver.speaking import browser_languages, first_spoken

HOME = "/"


def language_of(client: Client, *, asked: str = "", path: str = HOME) -> str:
    """Of a page, as it says itself."""
    answer = client.get(path, headers={"Accept-Language": asked})
    found = re.search(r'<html lang="([^"]+)"', answer.content.decode())
    assert found
    assert answer.headers["Content-Language"] == found[1]
    return found[1]


def pick(client: Client, language: str, *, then: str = HOME) -> str:
    """Where the picker leads."""
    answer = client.post(reverse("auth_gateway:pick_language"), {"language": language, "next": then})
    return answer.headers["Location"]


@pytest.fixture(autouse=True)
def _languages(settings: Settings) -> None:
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("ar", "العربيّة")]


@pytest.mark.django_db
def test_a_page_speaks_the_language_of_the_browser_until_another_is_picked(client: Client) -> None:
    assert language_of(client, asked="fi, ar-EG;q=0.8, de;q=0.5") == "ar"
    assert pick(client, "de", then="/accounts/sign-in/") == "/accounts/sign-in/"
    assert language_of(client, asked="ar") == "de"
    assert client.cookies[house.LANGUAGE_COOKIE_NAME]["max-age"] == 365 * 24 * 3600


@pytest.mark.django_db
@pytest.mark.parametrize("nonsense", ["tlh", "fi", "", "../../etc", "x" * 5000])
def test_nobody_speaks_what_is_not_offered(client: Client, nonsense: str) -> None:
    pick(client, nonsense)
    client.cookies[house.LANGUAGE_COOKIE_NAME] = nonsense
    assert language_of(client, asked="de") == "de"


@pytest.mark.django_db
def test_the_picker_leads_to_no_other_site(client: Client) -> None:
    assert pick(client, "de", then="https://evil.example/") == "/"


def test_who_is_signed_in_gets_mails_in_what_they_picked(client: Client, alice: User) -> None:
    client.force_login(alice)
    pick(client, "ar")
    alice.refresh_from_db()
    assert alice.language == "ar"
    pick(client, "fi")
    alice.refresh_from_db()
    assert alice.language == "ar"


def test_a_room_speaks_its_own_language_to_who_picked_none(client: Client, alice: User) -> None:
    room, _pin = room_create(owner=alice, wishes={"name": "Halle", "language": "de"})
    path = room.get_absolute_url()
    assert language_of(client, asked="ar", path=path) == "de"
    assert language_of(client, asked="ar") == "ar"
    pick(client, "en")
    assert language_of(client, asked="ar", path=path) == "en"


@pytest.mark.django_db
def test_pages_offer_all_languages_by_their_own_names(client: Client) -> None:
    page = client.get(HOME, headers={"Accept-Language": "ar"}).content.decode()
    offered = re.findall(r'value="([a-z-]+)"\s+lang="([a-z-]+)"\s*(aria-current="true")?', page)
    assert offered == [("de", "de", ""), ("en", "en", ""), ("ar", "ar", 'aria-current="true"')]
    assert "Deutsch" in page


def test_the_browser_says_what_it_likes_best_first() -> None:
    assert browser_languages({"Accept-Language": "de;q=0.5, ar, *;q=0.1"}) == ["ar", "de"]
    assert browser_languages({"Accept-Language": ";;;"}) == []
    assert browser_languages({}) == []


def test_where_there_is_no_browser_the_first_wish_counts_that_can_be_met() -> None:
    assert first_spoken("", "tlh", "de-AT", "ar") == "de"
    assert first_spoken("", "") == "en"
