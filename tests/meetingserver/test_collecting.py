from pathlib import Path

import polib
import pytest

from meetingserver.collecting import (
    Text,
    buttons_of,
    catalogue_new,
    catalogue_update,
    plural_forms,
    text_of,
    texts_of,
    texts_of_python,
    texts_of_template,
)
from meetingserver.languages import UnknownLanguage

PEOPLE = Text("%(count)s person", "%(count)s people")


def test_a_template_says_what_stands_in_its_tags() -> None:
    source = """{% load i18n %}
      {% translate "It's me" %} {% include "x.html" with label=_("Thumbs up") %}
  {% blocktranslate count count=n %}{{ count }} person{% plural %}{{ count }} people{% endblocktranslate %}
      {% blocktranslate trimmed %}
        One
        line
      {% endblocktranslate %}"""
    assert set(texts_of_template(source)) == {Text("It's me"), Text("Thumbs up"), PEOPLE, Text("One line")}


def test_python_says_what_its_calls_are_given() -> None:
    source = """
_("Hello " "you"), gettext_noop("Later"), _(other), told("Not this")
ngettext("%(count)s person", "%(count)s people", n)
"""
    assert set(texts_of_python(source)) == {Text("Hello you"), Text("Later"), PEOPLE}


def test_one_word_may_be_several_texts() -> None:
    template = """{% load i18n %}
      {% translate "Answer" %}<p title="{% translate "Answer" context "verb" %}">
      {% blocktranslate count count=n context "seats" %}One{% plural %}{{ count }}{% endblocktranslate %}"""
    seats = Text("One", "%(count)s", "seats")
    assert set(texts_of_template(template)) == {Text("Answer"), Text("Answer", context="verb"), seats}
    python = 'pgettext_lazy("verb", "Answer"), npgettext("seats", "One", "%(count)s", n), pgettext(x, "No")'
    assert set(texts_of_python(python)) == {Text("Answer", context="verb"), seats}


def test_every_text_knows_its_files_once(tmp_path: Path) -> None:
    for file in ("app/one.py", "app/two.py"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text('_("Same"), _("Same")')
    (tmp_path / "templates").mkdir()
    assert texts_of(tmp_path, ["app"]) == {Text("Same"): ["app/one.py", "app/two.py"]}


def test_texts_of_buttons_are_known_but_not_those_that_have_room() -> None:
    source = """<button class="button" aria-label="{% translate "Close it" %}">{% translate "Go" %}</button>
      <a class="button button-quiet" href="/">{% icon "x" %}<span>{% translate "Home" %}</span></a>
      <button>{% translate "Mute" context "person" %}</button>
      <button role="menuitem">{% translate "A long way" %}</button> <a href="/">{% translate "There" %}</a>"""
    assert list(buttons_of(source)) == ["Go", "Home", "Mute"]


def test_a_new_catalogue_has_every_text_and_the_plural_forms_of_its_language() -> None:
    catalogue = catalogue_new("pl", {Text("Go"): ["templates/x.html"], PEOPLE: ["app/one.py"]})
    assert catalogue.metadata["Language"] == "pl"
    assert [entry.msgid for entry in catalogue] == ["Go", "%(count)s person"]
    assert catalogue[1].msgstr_plural == {0: "", 1: "", 2: ""}
    assert str(catalogue[1]).startswith("#: app/one.py\n#, python-format\n")


@pytest.mark.parametrize(
    ("folder", "forms"), [("de", 2), ("ja", 1), ("pl", 3), ("he", 3), ("ar", 6), ("fr", 2)]
)
def test_a_new_catalogue_counts_as_the_cldr_does(folder: str, forms: int) -> None:
    assert plural_forms(folder).startswith(f"nplurals={forms};")


def test_no_catalogue_is_begun_for_what_is_no_language() -> None:
    with pytest.raises(UnknownLanguage):
        catalogue_new("qq", {})


def test_a_catalogue_brought_up_to_date_keeps_what_holds_and_guesses_what_is_alike() -> None:
    catalogue = polib.pofile(
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Go"\nmsgstr "Los"\n\nmsgid "Copy the link"\nmsgstr "Link kopieren"\n\n'
        'msgid "Gone"\nmsgstr "Weg"\n\n#~ msgid "Old"\n#~ msgstr "Alt"\n'
    )
    found = {text: ["a.py"] for text in (Text("Go"), Text("Copy this link"), Text("Quite new"), PEOPLE)}
    catalogue_update(catalogue, found)
    assert [(entry.msgid, entry.msgstr, entry.fuzzy) for entry in catalogue] == [
        ("Go", "Los", False),
        ("Copy this link", "Link kopieren", True),
        ("Quite new", "", False),
        ("%(count)s person", "", False),
    ]
    assert catalogue[3].msgstr_plural == {0: "", 1: ""}


def test_what_is_told_apart_from_now_on_begins_with_the_translation_it_had() -> None:
    catalogue = polib.pofile('msgid "Answer"\nmsgstr "Antwort"\n')
    verb, noun = Text("Answer", context="verb"), Text("Answer", context="noun")
    catalogue_update(catalogue, {verb: ["a.html"], noun: ["b.html"]})
    assert [text_of(entry) for entry in catalogue] == [verb, noun]
    assert [(entry.msgstr, entry.fuzzy) for entry in catalogue] == [("Antwort", True)] * 2
    catalogue[0].msgstr, catalogue[0].flags = "Antworten", []
    catalogue_update(catalogue, {verb: ["a.html"]})
    assert [entry.msgstr for entry in catalogue] == ["Antworten"]
