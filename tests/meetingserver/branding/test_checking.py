"""Mistakes that branders make, each seeded into a brand that is all well: every one is found, with its file
and its line, and no page is lost by it."""

import pytest
from django.conf import settings
from django.test import Client

from meetingserver.branding.checking import problems_of
from meetingserver.branding.installed import library
from meetingserver.branding.library import brands_in
from meetingserver.branding.markup import first_line
from meetingserver.management.commands.brand import trial
from tests.meetingserver.branding.conftest import Shelf

GOOD = """\
name = "Acme"
logo = "logo.svg"
hosts = ["testserver"]

[colours]
accent = "#3a4fb8"
"""
HEAD = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
GERMAN = "locale/de/LC_MESSAGES/django.po"
HEADER = (settings.BASE_DIR / "templates" / "_header.html").read_text()
BASE = first_line(HEADER)
COPY = f"{BASE}\n{HEADER}"
NOT_FOUND = "templates/404.html"
BLOCK = "{% extends '404.html' %}\n{% block content %}"

MISTAKES: list[tuple[str, str | bytes, int, str]] = [
    # brand.toml
    ("brand.toml", GOOD.replace('"Acme"', '"Acme'), 1, "not TOML"),
    ("brand.toml", GOOD + 'acent = "#123456"\n', 7, "'acent'"),
    ("brand.toml", GOOD + 'ink = "dark blue"\n', 7, "no colour"),
    ("brand.toml", GOOD + 'ink = "#111;} body { display: none"\n', 7, "no colour"),
    ("brand.toml", GOOD.replace("logo.svg", "lgoo.svg"), 2, "There is no static/lgoo.svg"),
    ("brand.toml", GOOD + 'ink = "#bbbbbb"\n', 7, "ink on ground has a contrast of"),
    ("brand.toml", GOOD + 'ink-2 = { light = "#515c58", dark = "#222222" }\n', 7, "on dark pages"),
    ("brand.toml", GOOD + '[legal]\nprivacy = "javascript:alert(1)"\n', 8, "no link"),
    ("brand.toml", GOOD + '[languages]\ndefault = "xx"\n', 8, "does not speak 'xx'"),
    ("brand.toml", 'extends = "nobody"\n' + GOOD, 1, "There is no brand 'nobody'"),
    # static/
    ("static/logo.svg", b"x" * 20 * 1024 * 1024, 2, "at most 512 kB"),
    ("static/brand.css", "a {}\n@import url(x);\n", 2, "@import"),
    ("static/brand.css", "a {\n  color: red;\n\n.b { color: blue }\n", 1, "never closed"),
    ("static/brand.css", "\na { background: url(https://tracker.example/x.png) }\n", 2, "elsewhere"),
    ("static/css/more.css", "a { background: url(../gone.png) }\n", 1, "There is no static/../gone.png"),
    # templates/, snippets/, email/
    (NOT_FOUND, BLOCK + "\n{% if brand %}x{% endblock %}\n", 3, "endblock"),
    (NOT_FOUND, BLOCK + "\n{{ brand.naem }}{% endblock %}\n", 3, "brand.naem"),
    (NOT_FOUND, BLOCK + "{% if bradn %}{% endif %}{% endblock %}", 2, "'bradn'"),
    (NOT_FOUND, "{% extends '404.html' %}\n{% load nosuch %}\n", 2, "nosuch"),
    (NOT_FOUND, BLOCK + "\n{% include 'x.html' %}{% endblock %}", 3, "x.html"),
    (NOT_FOUND, BLOCK + "{% include '404.html' %}{% endblock %}", 2, "Recursion"),
    (NOT_FOUND, BLOCK + "\n<p style='x'>{% endblock %}", 3, "Styles belong"),
    ("templates/_header.html", COPY.replace(BASE, "{# base: 0123456789ab #}"), 1, "Ours has changed"),
    ("templates/_header.html", HEADER, 1, "warning: Nobody will know"),
    ("templates/_headre.html", "<p>", 1, "warning: There is no _headre.html"),
    ("templates/404.html", b"\xff\xfe", 1, "UTF-8"),
    ("snippets/fotter.html", "<p>", 1, "no place for this snippet"),
    ("snippets/footer.html", "<p>\n{% url 'nowhere' %}</p>", 2, "nowhere"),
    ("snippets/footer.html", "<p>\n{{ brand.legal.privcy }}</p>", 2, "brand.legal.privcy"),
    ("snippets/head.html", "\n\n<script>alert(1)</script>", 3, "Scripts belong"),
    ("snippets/footer.html", "{% load i18n %}\n{% blocktranslate %}{{ x }}{% endblocktranslate %}", 2, "'x'"),
    ("email/_signature.txt", "--\n{{ owner.nick }}\n{{ sender }}", 3, "'sender'"),
    # locale/, phone/, and what nobody reads
    (GERMAN, HEAD + '#, python-format\nmsgid "%(n)s x"\nmsgstr "%(m)s x"\n', 6, "invents %(m)s"),
    (GERMAN, HEAD + 'msgid "Home"\nmsgstr "<b>Heim</b>"\n', 6, "has one of"),
    (GERMAN, HEAD + 'msgid "Ho"me"\nmsgstr "Heim"\n', 6, "quot"),
    (GERMAN, HEAD + 'msgid "Hmoe"\nmsgstr "Heim"\n', 6, "warning: Nothing says 'Hmoe'"),
    ("locale/de/django.po", HEAD, 1, "warning: Nothing reads this"),
    ("phone/de/welcome.mp3", b"ID3", 1, ".wav"),
    ("phone/de/wellcome.wav", b"RIFF", 1, "warning: No prompt"),
    ("tempaltes/404.html", "<p>", 1, "warning: Nothing reads this"),
]  # fmt: skip
IDS = [f"{number}-{words[:24]}" for number, (_place, _content, _line, words) in enumerate(MISTAKES)]


@pytest.fixture
def acme(shelf: Shelf) -> Shelf:
    shelf.write("acme", GOOD, static__logo_dot_svg="<svg/>", templates___header_dot_html=COPY)
    return shelf


def told(shelf: Shelf, *templates: str) -> list[str]:
    whole = trial(["en"])
    pages = [page for page in whole.pages if not templates or page.template in templates]
    few = type(whole)(whole.base, pages, ["en", "de"], whole.sounds, whole.phrases)
    return [str(problem) for problem in problems_of(shelf.brand("acme"), few)]


def test_a_good_brand_is_all_well(acme: Shelf) -> None:
    assert told(acme) == []


@pytest.mark.parametrize(("place", "content", "line", "words"), MISTAKES, ids=IDS)
def test_every_mistake_is_found_and_costs_no_page(
    acme: Shelf, client: Client, place: str, content: str | bytes, line: int, words: str
) -> None:
    acme.put("acme", place, content)
    found = told(acme, "404.html", "recording/warning.txt")
    file = {"static/logo.svg": "brand.toml", "tempaltes/404.html": "tempaltes"}.get(place, place)
    assert any(one.startswith(f"{file}:{line}: ") and words in one for one in found), found
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert "<title>" in answer.content.decode()


@pytest.mark.parametrize("key", [folder.name for folder in brands_in(settings.BASE_DIR / "brands")])
def test_the_shipped_brands_are_all_well(key: str) -> None:
    one = library().all()[key]
    assert [str(problem) for problem in problems_of(one, trial())] == []
