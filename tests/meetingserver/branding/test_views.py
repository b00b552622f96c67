import pytest
from django.test import Client

from meetingserver.branding.page import described
from tests.meetingserver.branding.conftest import Shelf

LOGO = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def acme(shelf: Shelf) -> Shelf:
    toml = 'name = "Acme Meetings"\nshort_name = "Acme"\nlogo = "logo.svg"\n[colours]\nground = "#fafafa"\n'
    shelf.write(
        "acme", toml, static__logo_dot_svg=LOGO, static__page_dot_html="<p>", templates__x_dot_html=""
    )
    return shelf


def test_files_keep_for_ever_and_run_nothing(acme: Shelf, client: Client) -> None:
    answer = client.get(described(acme.brand("acme"))["logo"])
    assert answer.content.decode() == LOGO
    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_an_address_of_before_an_edit_is_not_kept(acme: Shelf, client: Client) -> None:
    answer = client.get("/brands/acme/000000000000/logo.svg")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"


def test_the_stylesheet_is_made_of_the_toml(acme: Shelf, client: Client) -> None:
    answer = client.get(described(acme.brand("acme"))["stylesheets"][0])
    assert answer["Content-Type"].startswith("text/css")
    assert b"--ground: light-dark(#fafafa, #fafafa);" in answer.content


def test_phones_are_told_name_and_icon(acme: Shelf, client: Client) -> None:
    brand = described(acme.brand("acme"))
    manifest = client.get(brand["manifest"]).json()
    assert manifest["name"] == "Acme Meetings"
    assert manifest["short_name"] == "Acme"
    assert manifest["icons"][0]["src"] == brand["logo"]
    assert manifest["background_color"] == "#fafafa"


@pytest.mark.parametrize(
    "path", ["acme/1/brand.toml", "acme/1/../brand.toml", "acme/1/page.html", "acme/1/x", "nobody/1/logo.svg"]
)
@pytest.mark.usefixtures("acme")
def test_nothing_else_is_given(client: Client, path: str) -> None:
    assert client.get(f"/brands/{path}").status_code == 404


def test_the_icon_of_pages_that_name_none(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("logo.svg")
