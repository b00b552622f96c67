"""The catalogues under `locale/`: complete, and true to the placeholders of what they translate."""

from pathlib import Path

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse
from django.utils.translation import to_language
from pytest_django import Settings

from meetingserver.catalogues import forms_of, problems_of_file, read_catalogue
from meetingserver.texts import compile_texts

LOCALE = house.BASE_DIR / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
SIGN_IN = reverse("auth_gateway:sign_in")

of_every_catalogue = pytest.mark.parametrize(
    "file", CATALOGUES, ids=lambda file: str(file.relative_to(LOCALE))
)


def speaks(client: Client, language: str) -> str:
    """The sign-in page, as somebody reads it whose browser asks for that language."""
    return client.get(SIGN_IN, headers={"Accept-Language": language}).content.decode()


@pytest.fixture
def compiled(tmp_path: Path, settings: Settings) -> None:
    compile_texts(LOCALE, tmp_path)
    settings.LOCALE_PATHS = [tmp_path]


def test_every_language_but_that_of_the_sources_has_a_catalogue() -> None:
    translated = {to_language(file.parent.parent.name) for file in CATALOGUES}
    assert translated == {code for code, _name in house.LANGUAGES} - {house.LANGUAGE_CODE}


@of_every_catalogue
def test_everything_is_translated_and_true_to_its_placeholders_and_numbers(file: Path) -> None:
    assert [str(problem) for problem in problems_of_file(file)] == []


@of_every_catalogue
def test_headers_and_places_do_not_change_with_day_and_machine(file: Path) -> None:
    catalogue = read_catalogue(file).entries
    assert not [name for name in catalogue.metadata if name.endswith("-Date")], "use bin/texts"
    places = [place for entry in catalogue for place in entry.occurrences]
    assert not [path for path, line in places if line or path.startswith(("/", ".."))]


@pytest.mark.usefixtures("compiled")
def test_the_sign_in_page_speaks_german(client: Client) -> None:
    page = speaks(client, "de-AT,de;q=0.9,en;q=0.5")
    assert '<html lang="de"' in page
    assert 'dir="ltr"' in page
    assert "Anmelden" in page
    assert "Benutzername" in page
    assert "Sign in" not in page


@pytest.mark.usefixtures("compiled")
def test_the_sign_in_page_speaks_arabic_from_right_to_left(client: Client) -> None:
    page = speaks(client, "ar")
    assert '<html lang="ar"' in page
    assert 'dir="rtl"' in page
    assert "تسجيل الدخول" in page
    assert "Sign in" not in page


@pytest.mark.usefixtures("compiled")
def test_whoever_asks_for_another_language_reads_english(client: Client) -> None:
    page = speaks(client, "fi")
    assert '<html lang="en"' in page
    assert "Sign in" in page


def test_numbers_are_grouped_by_the_rule_of_the_header() -> None:
    assert forms_of("nplurals=2; plural=(n != 1);")[0] == [1]
    assert forms_of("nplurals=1; plural=0;")[0][:3] == [0, 1, 2]
    assert forms_of("nplurals=2; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);") == {}
    assert forms_of("nplurals=2; plural=(n !!= 1);") == {}
    assert forms_of("") == {}
