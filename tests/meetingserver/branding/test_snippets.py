import pytest
from django.template.loader import render_to_string

from meetingserver.branding.choosing import branded
from tests.meetingserver.branding.conftest import Shelf


def footer(*brand: str) -> str:
    with branded(*brand):
        return render_to_string("_footer.html")


def test_a_brand_puts_its_own_at_the_foot(shelf: Shelf) -> None:
    shelf.write("acme", snippets__footer_dot_html="<p>{{ brand.name }} &copy; Acme</p>")
    assert "<p>Meetings &copy; Acme</p>" in footer("acme")


def test_a_snippet_that_breaks_is_as_if_it_were_not_there(shelf: Shelf) -> None:
    shelf.write(
        "acme", '[legal]\nprivacy = "https://acme.example/p"', snippets__footer_dot_html="{% url 'nowhere' %}"
    )
    assert "https://acme.example/p" in footer("acme")


@pytest.mark.parametrize("link", ["imprint", "privacy", "terms", "accessibility"])
def test_legal_links_stand_there_if_there_are_any(shelf: Shelf, link: str) -> None:
    assert "<a" not in footer()
    shelf.write("acme", f'[legal]\n{link} = "https://acme.example/x"\nnotice = "<b>Acme</b>\\nLtd"')
    text = footer("acme")
    assert 'href="https://acme.example/x"' in text
    assert "&lt;b&gt;Acme&lt;/b&gt;<br>Ltd" in text
