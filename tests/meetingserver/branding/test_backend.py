"""What breaks in a brand costs its looks, never the page; and the admin is told."""

import pytest
from django.test import Client

from meetingserver.branding.choosing import branded
from tests.meetingserver.branding.conftest import Shelf

pytestmark = pytest.mark.django_db

BROKEN = [
    ("templates/404.html", "{% if %}", 1, "if"),
    ("templates/404.html", "\n\n{% load nothing_of_this_name %}", 3, "nothing_of_this_name"),
    ("templates/404.html", "\n{% include '404.html' %}", 2, "RecursionError"),
    (
        "templates/404.html",
        "{% extends '403.html' %}\n{% block title %}{% include 'gone' %}{% endblock %}",
        2,
        "gone",
    ),
    ("templates/404.html", "{% extends 'gone.html' %}", 1, "gone.html"),
    ("templates/404.html", "{{ brand.name|nosuchfilter }}", 1, "nosuchfilter"),
    ("templates/404.html", "<p>\n{% url 'nowhere' %}", 2, "nowhere"),
    ("templates/404.html", b"\xff\xfe\xfa", 1, "utf-8"),
    ("templates/404.html", "x" * 300_000, 1, "256 kB"),
    ("templates/_header.html", "<b>{% endif %}", 1, "endif"),
    ("templates/_header.html", "{% include '_header.html' %}", 1, "RecursionError"),
    (
        "templates/base.html",
        "{% extends 'base.html' %}\n{% block body %}{% url 'x' %}{% endblock %}",
        2,
        "NoRev",
    ),
    ("snippets/footer.html", "\n{% url 'nowhere' %}", 2, "nowhere"),
    ("snippets/footer.html", "{% if x %}", 1, "endif"),
    ("snippets/footer.html", "{% include 'snippets/footer.html' %}", 1, "RecursionError"),
]


@pytest.mark.parametrize(
    ("place", "content", "line", "words"), BROKEN, ids=[f"{i}" for i in range(len(BROKEN))]
)
def test_a_broken_override_never_breaks_a_page(
    shelf: Shelf, client: Client, settings: object, place: str, content: str | bytes, line: int, words: str
) -> None:
    shelf.write("acme", 'hosts = ["testserver"]\nname = "Acme"')
    shelf.put("acme", place, content)
    for _visit in range(2):
        answer = client.get("/nothing")
        assert answer.status_code == 404
        assert "There is nothing here" in answer.content.decode()
        assert "Acme" in answer.content.decode()
    told = shelf.told("acme")
    assert len(told) == 1
    assert told[0].startswith(f"{place}:{line}: ")
    assert words in told[0]


def test_an_override_that_was_mended_is_used_at_once(shelf: Shelf, client: Client) -> None:
    shelf.write("acme", 'hosts = ["testserver"]')
    shelf.put("acme", "templates/404.html", "{% if %}")
    assert "There is nothing here" in client.get("/nothing").content.decode()
    shelf.put("acme", "templates/404.html", "Gone fishing, {{ brand.key }}")
    assert client.get("/nothing").content == b"Gone fishing, acme"
    assert shelf.told("acme") == []


def test_a_block_alone_can_be_overridden(shelf: Shelf, client: Client) -> None:
    shelf.write("acme", 'hosts = ["testserver"]')
    shelf.put(
        "acme", "templates/404.html", "{% extends '404.html' %}{% block content %}Gone fishing{% endblock %}"
    )
    text = client.get("/nothing").content.decode()
    assert "Gone fishing" in text
    assert "<title>" in text


def test_brands_do_not_see_each_others_templates(shelf: Shelf, client: Client) -> None:
    shelf.write("acme", 'hosts = ["testserver"]')
    shelf.put("acme", "templates/404.html", "Gone fishing")
    shelf.write("beta", 'extends = "acme"\nhosts = ["localhost"]')
    assert client.get("/nothing").content == b"Gone fishing"
    assert client.get("/nothing", headers={"host": "localhost"}).content == b"Gone fishing"
    assert b"There is nothing here" in client.get("/nothing", headers={"host": "127.0.0.1"}).content


def test_the_admin_is_told(shelf: Shelf, adas: Client) -> None:
    shelf.write("acme", 'name = "A\n')
    said = 'Brand acme: <bdi lang="en" dir="ltr">brand.toml:1: This is not TOML'
    assert said in adas.get("/admin/").content.decode()


def test_our_own_mistakes_are_not_blamed_on_brands(shelf: Shelf) -> None:
    from django.template import TemplateDoesNotExist
    from django.template.loader import render_to_string

    shelf.write("acme")
    with branded("acme"), pytest.raises(TemplateDoesNotExist):
        render_to_string("gone.html")
    assert shelf.told("acme") == []
