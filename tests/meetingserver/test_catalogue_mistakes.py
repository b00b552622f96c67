"""Every mistake a translator can make is told with its file and line, and breaks no page."""

from pathlib import Path

import pytest
from django.conf import settings as house
from django.test import Client
from pytest_django import Settings

from meetingserver import health
from meetingserver.catalogues import problems_of_file
from meetingserver.texts import compile_texts, problems_kept

GOOD = """\
# The German texts.
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Sign in"
msgstr "Anmelden"

msgid "Enter %(name)s"
msgstr "%(name)s betreten"

msgid "{count} more"
msgstr "Noch {count}"

msgid "%(count)s person"
msgid_plural "%(count)s people"
msgstr[0] "Eine Person"
msgstr[1] "%(count)s Personen"

msgid "Go"
msgstr "Los"
"""

MISTAKES = {
    "a placeholder is misspelled": (
        "%(name)s betreten",
        "%(nmae)s betreten",
        11,
        "lacks %(name)s and invents",
    ),
    "a placeholder is lost": ("%(name)s betreten", "Betreten", 11, "lacks %(name)s"),
    "a placeholder is there twice": ("%(name)s betreten", "%(name)s, %(name)s", 11, "invents %(name)s"),
    "a placeholder lost its letter": ("%(name)s betreten", "%(name) betreten", 11, "lacks %(name)s"),
    "a per cent sign stands alone": ("%(name)s betreten", "%(name)s zu 5 %", 11, "invents %"),
    "a placeholder is translated": (
        "Noch {count}",
        "Noch {anzahl}",
        14,
        "invents {anzahl}",
    ),
    "a brace is lost": ("Noch {count}", "Noch {count", 14, "lacks {count}"),
    "a plural form is lost": ('msgstr[1] "%(count)s Personen"\n', "", 17, "1 plural forms, not 2"),
    "there is a plural form too many": (
        'msgstr[1] "%(count)s Personen"',
        'msgstr[1] "%(count)s Personen"\nmsgstr[2] "%(count)s Leute"',
        17,
        "3 plural forms, not 2",
    ),
    "the number of many is lost": ("%(count)s Personen", "Personen", 17, "form 1 lacks %(count)s"),
    "a form is not translated": ("Eine Person", "", 17, "not translated"),
    "a text is not translated": ('"Anmelden"', '""', 8, "not translated"),
    "a text was guessed": ('msgid "Sign in"', '#, fuzzy\nmsgid "Sign in"', 8, "this was guessed"),
    "a text is there twice": ('msgid "Go"\n', 'msgid "Sign in"\n', 22, "stands here twice"),
    "a text is no longer said": ('msgid "Go"\nmsgstr', '#~ msgid "Go"\n#~ msgstr', 22, "nothing says this"),
    "markup": ("Anmelden", "<b>Anmelden</b>", 8, "has one of"),
    "a straight quotation mark": ("Anmelden", '\\"Anmelden\\"', 8, "has one of"),
    "too long for its button": (
        "Los",
        "Zum nächsten Schritt gehen",
        22,
        "26 wide, and its button has room for 20",
    ),
    "a quotation mark is open": ('"Anmelden"', '"Anmelden', 9, "no line of a catalogue"),
    "a quotation mark in the middle": ('"Anmelden"', '"An"melden"', 9, "no line of a catalogue"),
    "a word nobody knows": ("msgstr", "msgsrt", 3, "no line of a catalogue"),
    "the plural rule is of another language": (
        "plural=(n != 1)",
        "plural=(n > 1)",
        6,
        "not those of the language",
    ),
    "the plural rule is no rule": ("(n != 1)", "(n !== 1)", 6, "cannot be counted by"),
    "the plural rule names a form too many": ("nplurals=2", "nplurals=3", 6, "not those of the language"),
    "the plural rule is missing": (
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n',
        "",
        1,
        "cannot be counted by",
    ),
    "another language in the header": ("Language: de", "Language: fr", 4, "should say Language: de"),
    "another character set in the header": ("UTF-8", "latin-1", 5, "should say Content-Type"),
    "no header": (GOOD[: GOOD.index('msgid "Sign')], "", 1, "header is missing"),
}

of_every_mistake = pytest.mark.parametrize("mistake", MISTAKES)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    file = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(GOOD)
    return file


def make(mistake: str, file: Path) -> None:
    right, wrong, _line, _what = MISTAKES[mistake]
    assert right in GOOD
    file.write_text(GOOD.replace(right, wrong, 1))


def test_a_good_catalogue_has_no_problems(catalogue: Path) -> None:
    assert problems_of_file(catalogue, ["Go"]) == []


@of_every_mistake
def test_a_mistake_is_told_with_its_file_and_line(mistake: str, catalogue: Path) -> None:
    make(mistake, catalogue)
    _right, _wrong, line, what = MISTAKES[mistake]
    told = [str(problem) for problem in problems_of_file(catalogue, ["Go"])]
    assert any(one.startswith(f"{catalogue}:{line}: ") and what in one for one in told), told


def test_a_file_in_another_character_set_is_told_by_its_line(catalogue: Path) -> None:
    catalogue.write_bytes(GOOD.replace("Los", "Weiter, für").encode("latin-1"))
    (problem,) = problems_of_file(catalogue)
    assert str(problem) == f"{catalogue}:23: this is not UTF-8"


@pytest.mark.django_db
@of_every_mistake
def test_no_mistake_breaks_a_page(mistake: str, catalogue: Path, client: Client, settings: Settings) -> None:
    make(mistake, catalogue)
    compiled = catalogue.parents[3] / "compiled"
    problems = compile_texts(catalogue.parents[3] / "locale", compiled)
    settings.LOCALE_PATHS = [compiled]
    page = client.get("/accounts/sign-in/", headers={"Accept-Language": "de"})
    assert page.status_code == 200
    said = page.content.decode()
    assert any(f">{word}<" in said for word in ("Anmelden", "Sign in", "Los"))
    assert "<b>" not in said
    assert problems_kept(compiled) == [str(problem) for problem in problems]


@pytest.mark.django_db
def test_whoever_looks_after_the_server_is_told(
    catalogue: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = catalogue.parents[3] / "compiled"
    monkeypatch.setattr(health, "checks", {})
    monkeypatch.setattr(health, "warnings", {})
    health.offer_warning("translations", lambda: not problems_kept(compiled))
    for mistake, warned in (("markup", ["translations"]), ("a text is not translated", [])):
        make(mistake, catalogue)
        compile_texts(catalogue.parents[3] / "locale", compiled)
        assert client.get("/healthz").json()["warnings"] == warned


def test_nothing_is_wrong_with_what_was_compiled_here() -> None:
    assert problems_kept(house.COMPILED_CATALOGUES) == []
