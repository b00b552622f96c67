"""The catalogues under `locale/`: complete, and true to the placeholders of what they translate."""

import ast
import gettext
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse
from django.utils.translation.template import templatize
from pytest_django import Settings

from meetingserver.texts import compile_texts

LOCALE = house.BASE_DIR / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
PLURALS = {"de": 2, "ar": 6}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}")
APPS = ("meetingserver", "auth_gateway", "conferences", "recording", "bridges", "billing")
CALL = re.compile(r"(?:gettext|\b_)\(u?((?P<quote>['\"])(?:\\.|(?!(?P=quote)).)*(?P=quote))")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext"}
SIGN_IN = reverse("auth_gateway:sign_in")

of_every_catalogue = pytest.mark.parametrize(
    "file", CATALOGUES, ids=lambda file: str(file.relative_to(LOCALE))
)


def read(file: Path) -> polib.POFile:
    """Twice the same text is an error."""
    return polib.pofile(str(file), check_for_duplicates=True)


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def numbers_of_forms(catalogue: polib.POFile) -> dict[int, list[int]]:
    """Which of the numbers below 1000 each plural form is for."""
    rule = catalogue.metadata["Plural-Forms"].partition(" plural=")[2].rstrip(";")
    form_of = gettext.c2py(rule)
    numbers = defaultdict(list)
    for number in range(1000):
        numbers[form_of(number)].append(number)
    return numbers


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def speaks(client: Client, language: str) -> str:
    """The sign-in page, as somebody reads it whose browser asks for that language."""
    return client.get(SIGN_IN, headers={"Accept-Language": language}).content.decode()


@pytest.fixture
def compiled(tmp_path: Path, settings: Settings) -> None:
    compile_texts(LOCALE, tmp_path)
    settings.LOCALE_PATHS = [tmp_path]


def test_every_language_but_that_of_the_sources_has_a_catalogue() -> None:
    translated = {file.parent.parent.name for file in CATALOGUES}
    assert translated == {code for code, _name in house.LANGUAGES} - {house.LANGUAGE_CODE} == set(PLURALS)


@of_every_catalogue
def test_every_catalogue_can_be_read_and_says_its_language(file: Path) -> None:
    catalogue = read(file)
    assert len(catalogue) > 0
    assert catalogue.metadata["Language"] == file.parent.parent.name
    assert catalogue.metadata["Content-Type"] == "text/plain; charset=UTF-8"


@of_every_catalogue
def test_headers_and_places_do_not_change_with_day_and_machine(file: Path) -> None:
    catalogue = read(file)
    assert not [name for name in catalogue.metadata if name.endswith("-Date")], "use bin/texts"
    places = [place for entry in catalogue for place in entry.occurrences]
    assert not [path for path, line in places if line or path.startswith(("/", ".."))]


@of_every_catalogue
def test_nothing_is_left_untranslated(file: Path) -> None:
    assert [entry.msgid for entry in read(file) if not all(translations(entry))] == []


@of_every_catalogue
def test_nothing_is_guessed_and_nothing_is_left_over(file: Path) -> None:
    catalogue = read(file)
    assert not catalogue.metadata_is_fuzzy
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete or entry.previous_msgid] == []


@of_every_catalogue
def test_translations_keep_the_placeholders(file: Path) -> None:
    single = [entry for entry in read(file) if not entry.msgid_plural]
    assert [e.msgid for e in single if placeholders(e.msgid) != placeholders(e.msgstr)] == []


@of_every_catalogue
def test_plurals_keep_the_placeholders_and_only_a_form_for_one_number_may_leave_it_out(file: Path) -> None:
    catalogue = read(file)
    numbers = numbers_of_forms(catalogue)
    for entry in (entry for entry in catalogue if entry.msgid_plural):
        wanted = placeholders(entry.msgid_plural)
        for form, text in entry.msgstr_plural.items():
            missing, invented = wanted - placeholders(text), placeholders(text) - wanted
            assert not invented, text
            assert not missing or (len(numbers[form]) == 1 and missing.total() == 1), text


@of_every_catalogue
def test_the_plural_forms_are_those_of_the_language(file: Path) -> None:
    catalogue = read(file)
    forms = PLURALS[file.parent.parent.name]
    assert f"nplurals={forms};" in catalogue.metadata["Plural-Forms"]
    assert sorted(numbers_of_forms(catalogue)) == list(range(forms))
    for entry in (entry for entry in catalogue if entry.msgid_plural):
        assert sorted(entry.msgstr_plural) == list(range(forms)), entry.msgid


@of_every_catalogue
def test_a_translation_cannot_break_out_of_an_attribute_of_the_page(file: Path) -> None:
    """`{% translate %}` does not escape."""
    texts = [text for entry in read(file) for text in translations(entry)]
    assert [text for text in texts if re.search(r'["<>&]', text)] == []


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


def texts_of_templates() -> set[str]:
    """What templates say: Django leaves calls of gettext, among letters that mean nothing."""
    sources = [templatize(file.read_text()) for file in (house.BASE_DIR / "templates").rglob("*.*")]
    return {ast.literal_eval(literal) for source in sources for literal, _quote in CALL.findall(source)}


def texts_of_python() -> Iterator[str]:
    for file in (file for app in APPS for file in (house.BASE_DIR / app).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]) if (
                    name in GETTEXT
                ):
                    yield text


@of_every_catalogue
def test_every_text_is_in_the_catalogue(file: Path) -> None:
    """Else: bin/texts."""
    known = {entry.msgid for entry in read(file)}
    found = texts_of_templates().union(texts_of_python())
    assert len(found) > 400
    assert sorted(found - known) == []
