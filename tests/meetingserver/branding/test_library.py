"""Brands on disk: put together, looked after, and never in the way when they are wrong."""

from pathlib import Path

import pytest

from meetingserver.branding.installed import library
from meetingserver.branding.library import Library
from meetingserver.branding.reading import Known
from tests.meetingserver.branding.conftest import Shelf
from tests.meetingserver.branding.test_colours import BASE


def test_a_brand_has_what_it_says_and_else_what_it_extends(shelf: Shelf) -> None:
    shelf.write("group", 'name = "Group"\nradius = 3\nhosts = ["group.example"]\n[links]\nhelp = "/help"\n')
    shelf.write("acme", 'extends = "group"\nname = "Acme"\n[links]\nwebsite = "https://acme.example"\n')
    acme = shelf.brand("acme").brand
    assert (acme.name, acme.radius, acme.hosts) == ("Acme", 3, ())
    assert (acme.links.help, acme.links.website) == ("/help", "https://acme.example")
    assert [folder.name for folder in shelf.brand("acme").folders] == ["acme", "group", "default"]


@pytest.mark.parametrize(
    ("toml", "line", "words"),
    [
        ('name = "A"\nextends = "nobody"\n', 2, "There is no brand 'nobody'"),
        ('extends = "acme"\n', 1, "extends this brand itself"),
        ('logo = "logo.svg"\n', 1, "There is no static/logo.svg"),
        ('name = "A"\n\nlogo = "huge.png"\n', 3, "20,480 kB"),
        ('[[fonts.files]]\nfamily = "A"\nfile = "a.woff2"\n', 3, "There is no static/a.woff2"),
        ('name = "A\n', 1, "not TOML"),
    ],
)
def test_what_is_wrong_is_told_and_the_brand_is_there(shelf: Shelf, toml: str, line: int, words: str) -> None:
    shelf.write("acme", toml, static__huge_dot_png=b"x" * 20 * 1024 * 1024)
    assert shelf.brand("acme").brand.logo == ""
    assert any(told.startswith(f"brand.toml:{line}: ") and words in told for told in shelf.told("acme"))


def test_brands_that_extend_each_other_are_both_there(shelf: Shelf) -> None:
    shelf.write("one", 'extends = "two"')
    shelf.write("two", 'extends = "one"')
    assert shelf.told("one")
    assert shelf.told("two")


def test_of_two_of_the_same_name_the_admins_counts(shelf: Shelf) -> None:
    shelf.write("default", 'name = "Ours"')
    assert library().fallback().brand.name == "Ours"


def test_hosts_name_their_brand_and_the_first_has_it(shelf: Shelf) -> None:
    shelf.write("acme", 'hosts = ["meet.acme.example"]')
    shelf.write("zeta", 'hosts = ["meet.acme.example"]')
    found = library().of_address("Meet.Acme.example")
    assert found is shelf.brand("acme")
    assert library().of_address("elsewhere.example") is None
    assert "belongs to 'acme' already" in shelf.told("zeta")[0]


def test_an_edit_shows_without_a_restart(tmp_path: Path) -> None:
    now = [0.0]
    file = tmp_path / "acme" / "brand.toml"
    file.parent.mkdir()
    file.write_text('name = "Before"')
    brands = Library([tmp_path], known=Known((), ()), base=BASE, clock=lambda: now[0])
    before = brands.all()["acme"]
    file.write_text('name = "Afterwards"')
    assert brands.all()["acme"] is before
    now[0] = 2.1
    after = brands.all()["acme"]
    assert after.brand.name == "Afterwards"
    assert after.version != before.version


def test_nothing_is_read_again_that_did_not_change(shelf: Shelf) -> None:
    shelf.write("acme")
    before = shelf.brand("acme")
    shelf.folder.joinpath("note.txt").write_text("no brand")
    library()._looked_at = float("-inf")  # noqa: SLF001 - time passes
    assert shelf.brand("acme") is before


def test_a_server_without_brands_has_pages(tmp_path: Path) -> None:
    brands = Library([tmp_path], known=Known((), ()), base=BASE)
    assert brands.fallback().key == "default"
    assert brands.problems()


def test_files_that_are_too_large_or_elsewhere_are_not_given(shelf: Shelf) -> None:
    shelf.write("acme", static__a_dot_svg="<svg/>", static__big_dot_png=b"x" * 5 * 1024 * 1024)
    acme = shelf.brand("acme")
    assert acme.file("a.svg")
    assert acme.file("big.png") is None
    assert acme.file("../brand.toml") is None
