"""What people read stands in templates within `translate`, or in Python within `gettext`; never in a script
(test_house). Commands, logs, the style page and the preview of brands speak English: they are read beside the
handbook."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings as house
from django.contrib import admin
from django.utils.functional import Promise

ROOT = house.BASE_DIR
APPS = ("meetingserver", "auth_gateway", "conferences", "recording", "streaming", "bridges", "billing")

BLOCKS = re.compile(
    r"\{% comment.*?endcomment %\}|\{% blocktrans.*?endblocktrans\w* %\}|\{#.*?#\}"
    r"|\{% block body_.*?endblock.*?%\}|<(script|style|svg)\b.*?</\1>",
    re.DOTALL,
)
EXPRESSIONS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
READ_ALOUD = re.compile(
    r"\b(?:aria-label|aria-description|title|placeholder|alt|data-label|data-text[\w-]*)=\"([^\"]*)\""
)
TAGS = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"(?<![&\w])[A-Za-z]{2,}")
SAME_EVERYWHERE = frozenset({"MB", "GB", "PIN", "CSV", "PDF", "QR", "Esc", "Ctrl", "Alt", "Shift", "https"})
SHOWN_ARGUMENTS = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "description",
    "short_description",
}
SHOWING_CALLS = {"success", "error", "warning", "info", "message_user", "ValidationError"}
LOGS = {"logger", "log"}
ENGLISH = {"migrations", "management", "style", "style.py", "preview.html"}


def templates() -> list[Path]:
    found = (file.relative_to(ROOT) for file in (ROOT / "templates").rglob("*.*") if file.is_file())
    return sorted(file for file in found if not ENGLISH.intersection(file.parts))


def words_of(template: str) -> list[str]:
    """That would be read as they are, in every language."""
    left = EXPRESSIONS.sub("", BLOCKS.sub("", template))
    aloud = " ".join(READ_ALOUD.findall(left))
    said = f"{TAGS.sub(' ', left)} {aloud}"
    return [word for word in WORD.findall(said) if word not in SAME_EVERYWHERE]


def test_templates_say_nothing_by_themselves() -> None:
    found = {str(template): words_of((ROOT / template).read_text()) for template in templates()}
    assert len(found) > 100
    assert {template: words for template, words in found.items() if words} == {}


def sources() -> list[Path]:
    found = [file.relative_to(ROOT) for app in APPS for file in (ROOT / app).rglob("*.py")]
    return sorted(file for file in found if not ENGLISH.intersection(file.parts))


def sentences_of(source: str) -> Iterator[str]:
    """Plain texts where only what people read belongs: of fields, of messages, of what is wrong in a form."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg in SHOWN_ARGUMENTS:
                    yield from _plain(keyword.value)
            if _name(node.func) in SHOWING_CALLS and not _is_log(node.func):
                for argument in node.args:
                    yield from _plain(argument)
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if _name(target) in SHOWN_ARGUMENTS:
                    yield from _plain(node.value)


def _is_log(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and _name(called.value) in LOGS


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _plain(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)) if WORD.search(text):
            yield text
        case ast.JoinedStr(values=values):
            yield from (text for value in values for text in _plain(value))
        case _:
            pass


def test_modules_say_nothing_but_by_gettext() -> None:
    found = {str(source): list(sentences_of((ROOT / source).read_text())) for source in sources()}
    assert len(found) > 200
    assert {source: sentences for source, sentences in found.items() if sentences} == {}


def test_what_is_said_otherwise_is_found() -> None:
    """Else the tests above could be blind."""
    assert words_of("<p>Hello {{ name }}</p>") == ["Hello"]
    assert words_of('<button aria-label="Close it">{% translate "Go" %}</button>') == ["Close", "it"]
    assert words_of('{% blocktranslate %}Fine{% endblocktranslate %}<b class="x">&nbsp;{{ y }}</b>') == []
    assert list(sentences_of('messages.error(request, f"No {x} here")')) == ["No ", " here"]
    assert list(sentences_of('CharField(label="Name", help_text=_("Fine"))')) == ["Name"]
    assert list(sentences_of('logger.error("For whoever reads logs")')) == []


def test_what_the_administration_shows_has_names_in_every_language() -> None:
    """Without one Django makes it of the attribute's, in English."""
    unnamed = []
    shown = [model for model in apps.get_models() if admin.site.is_registered(model)]
    for model in (model for model in shown if model.__module__.startswith(APPS)):
        meta = model._meta  # noqa: SLF001 - Django's own way to a model's fields
        fields = [field for field in meta.concrete_fields if field.editable and not field.primary_key]
        unnamed += [f"{meta.label}.{one.name}" for one in fields if not isinstance(one.verbose_name, Promise)]
        unnamed += [meta.label] if not isinstance(meta.verbose_name_plural, Promise) else []
        unnamed += [f"{meta.label}: {name}" for name in _columns(admin.site.get_model_admin(model))]
    assert unnamed == []


def _columns(shown: "admin.ModelAdmin[Any]") -> Iterator[str]:
    """Made by methods that do not say what they are called."""
    for name in (*shown.list_display, *shown.readonly_fields):
        made = getattr(shown, name, None) if isinstance(name, str) else None
        if callable(made) and not isinstance(getattr(made, "short_description", None), Promise):
            yield str(name)
