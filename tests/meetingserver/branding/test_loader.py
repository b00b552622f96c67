from django.template.loader import get_template, render_to_string

from meetingserver.branding.choosing import branded
from meetingserver.branding.loader import is_plain, places, plain
from tests.meetingserver.branding.conftest import Shelf


def test_snippets_mails_and_pages_have_their_folders() -> None:
    assert places("snippets/footer.html") == ["snippets/footer.html"]
    assert places("404.html") == ["templates/404.html"]
    assert places("recording/warning.txt") == [
        "templates/recording/warning.txt",
        "email/recording/warning.txt",
    ]


def test_the_nearest_template_is_found_and_kept(shelf: Shelf) -> None:
    shelf.write("group")
    shelf.write("acme", 'extends = "group"')
    shelf.put("group", "templates/_brand.html", "group")
    with branded("acme"):
        assert render_to_string("_brand.html") == "group"
        assert get_template("_brand.html").template is get_template("_brand.html").template  # type: ignore[attr-defined]
    shelf.put("acme", "templates/_brand.html", "acme")
    with branded("acme"):
        assert render_to_string("_brand.html") == "acme"
    with branded("group"):
        assert render_to_string("_brand.html") == "group"
    assert "brand-logo" in render_to_string("_brand.html")


def test_plain_pages_are_ours_alone(shelf: Shelf) -> None:
    shelf.write("acme")
    shelf.put("acme", "templates/_brand.html", "acme")
    with branded("acme"), plain():
        assert is_plain()
        assert "brand-logo" in render_to_string("_brand.html")
    assert not is_plain()
