"""A brand says single phrases otherwise, and no mistake in them breaks a page."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext, override, pgettext

from meetingserver.branding.choosing import branded
from tests.meetingserver.branding.conftest import Shelf

HEAD = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
ENGLISH = "locale/en/LC_MESSAGES/django.po"
GERMAN = "locale/de/LC_MESSAGES/django.po"


def test_a_phrase_is_the_brands_in_its_language_alone(shelf: Shelf) -> None:
    shelf.write("acme")
    shelf.put("acme", GERMAN, HEAD + 'msgid "Meetings"\nmsgstr "Sprechstunden"\n')
    with branded("acme"):
        with override("de"):
            assert gettext("Meetings") == "Sprechstunden"
            assert "Sprechstunden" in render_to_string("404.html")
        with override("en"):
            assert gettext("Meetings") == "Meetings"
    with override("de"):
        assert gettext("Meetings") != "Sprechstunden"


def test_english_can_be_said_otherwise_too(shelf: Shelf) -> None:
    shelf.write("acme")
    shelf.put(
        "acme", ENGLISH, HEAD + 'msgid "Home"\nmsgstr "Lobby"\n\nmsgctxt "x"\nmsgid "Home"\nmsgstr "X"\n'
    )
    with branded("acme"), override("en"):
        assert gettext("Home") == "Lobby"
        assert pgettext("x", "Home") == "X"
        assert pgettext("y", "Home") == "Lobby"


def test_plural_forms_count(shelf: Shelf) -> None:
    shelf.write("acme")
    entry = 'msgid "%(n)s hat"\nmsgid_plural "%(n)s hats"\nmsgstr[0] "ein Hut"\nmsgstr[1] "%(n)s Hüte"\n'
    shelf.put("acme", GERMAN, HEAD + entry)
    with branded("acme"), override("de"):
        assert ngettext("%(n)s hat", "%(n)s hats", 1) == "ein Hut"
        assert ngettext("%(n)s hat", "%(n)s hats", 3) == "%(n)s Hüte"
        assert ngettext("%(n)s cap", "%(n)s caps", 3) == "%(n)s caps"


def test_a_child_says_it_otherwise_than_its_parent(shelf: Shelf) -> None:
    shelf.write("group")
    shelf.put("group", ENGLISH, HEAD + 'msgid "Home"\nmsgstr "Lobby"\n\nmsgid "Join"\nmsgstr "Enter"\n')
    shelf.write("acme", 'extends = "group"')
    shelf.put("acme", ENGLISH, HEAD + 'msgid "Home"\nmsgstr "Porch"\n')
    with branded("acme"), override("en"):
        assert (gettext("Home"), gettext("Join")) == ("Porch", "Enter")


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ('msgid "Brand %(key)s: x"\nmsgstr "Marke"\n', 6, "lacks %(key)s"),
        ('msgid "Home"\nmsgstr "<b>Heim</b>"\n', 6, "has one of"),
        ('msgid "Ho"me"\nmsgstr "Heim"\n', 6, "quot"),
        ('msgid "%(n)s a"\nmsgid_plural "%(n)s b"\nmsgstr[0] "eins"\n', 6, "plural forms"),
    ],
)
def test_what_would_break_is_left_out_and_told(shelf: Shelf, entry: str, line: int, words: str) -> None:
    shelf.write("acme")
    shelf.put("acme", GERMAN, HEAD + entry)
    with branded("acme"), override("de"):
        assert gettext("Home") not in ("<b>Heim</b>", "Heim")
    told = shelf.told("acme")
    assert [one.split(" ")[0] for one in told] == [f"{GERMAN}:{line}:"]
    assert words in told[0]


def test_a_file_that_is_no_text_is_left_out(shelf: Shelf) -> None:
    shelf.write("acme")
    shelf.put("acme", GERMAN, b"\xff\xfe")
    with branded("acme"), override("de"):
        assert gettext("Join")
    assert "UTF-8" in shelf.told("acme")[0]
