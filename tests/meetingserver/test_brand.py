"""`manage.py brand`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.meetingserver.branding.conftest import Shelf, shelf

__all__ = ["shelf"]


def brand(*arguments: str) -> str:
    out = StringIO()
    call_command("brand", *arguments, stdout=out)
    return out.getvalue()


def test_a_brand_is_begun_and_is_all_well(shelf: Shelf, settings: Settings) -> None:
    settings.BRANDS_DIR = shelf.folder
    assert "Begun in" in brand("new", "acme")
    shelf.put("acme", "README.md", "Ours")
    assert brand("check", "acme", "--language", "en") == "acme: all is well\n"
    with pytest.raises(CommandError, match="already"):
        brand("new", "acme")


def test_a_mistake_is_told_with_its_place(shelf: Shelf) -> None:
    folder = shelf.write("acme", '[colours]\ninc = "#111111"\n')
    out = StringIO()
    with pytest.raises(CommandError, match="1 things are wrong"):
        call_command("brand", "check", "acme", "--language", "en", stdout=out)
    assert f"  {folder}/brand.toml:2: Pages have no colour 'inc'." in out.getvalue()


@pytest.mark.parametrize("name", ["Acme", "../acme", "acme corp", ""])
def test_names_are_folders(name: str) -> None:
    with pytest.raises(CommandError, match="small letters"):
        brand("new", name)


def test_who_asks_for_a_brand_that_is_not_there_is_told_which_are(shelf: Shelf) -> None:
    with pytest.raises(CommandError, match=r"only .*default"):
        brand("check", "nobody")
