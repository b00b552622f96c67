from types import SimpleNamespace

from django.utils.translation import override

from meetingserver.branding.page import brands_to_choose, described
from tests.meetingserver.branding.conftest import Shelf


def test_a_brand_that_says_nothing_is_called_as_the_language_has_it(shelf: Shelf) -> None:
    shelf.write("acme")
    brand = described(shelf.brand("acme"))
    assert brand["name"] == brand["short_name"] == "Meetings"
    assert brand["logo"].endswith("conferences/logo.svg")
    assert brand["stylesheets"] == []
    assert all(brand["shows"].values())
    assert not brand["has_links"]


def test_texts_are_in_the_language_of_the_page(shelf: Shelf) -> None:
    shelf.write("acme", 'name = { en = "Acme Meetings", de = "Acme Treffen" }\n[features]\nusage = false')
    with override("de"):
        brand = described(shelf.brand("acme"))
    assert brand["name"] == "Acme Treffen"
    assert not brand["shows"]["usage"]


def test_its_own_stylesheet_comes_last(shelf: Shelf) -> None:
    shelf.write("acme", "radius = 2", static__brand_dot_css="h1 { color: red }")
    assert [sheet.rpartition("/")[2] for sheet in described(shelf.brand("acme"))["stylesheets"]] == [
        "look.css",
        "brand.css",
    ]


def test_who_was_given_a_brand_has_no_choice(shelf: Shelf) -> None:
    shelf.write("acme", 'name = "Acme"')
    assert ("acme", "Acme") in brands_to_choose()
    assert brands_to_choose(SimpleNamespace(brand="beta")) == []
