from pathlib import Path

import pytest

from meetingserver.branding.scaffold import scaffold
from tests.meetingserver.branding.conftest import Shelf
from tests.meetingserver.branding.test_checking import told


def test_what_is_begun_with_is_all_well(shelf: Shelf) -> None:
    scaffold(shelf.folder / "acme", "acme")
    assert shelf.brand("acme").brand.name == "Acme"
    assert told(shelf, "404.html") == []


def test_all_that_is_only_proposed_is_right_too(shelf: Shelf) -> None:
    scaffold(shelf.folder / "acme", "acme")
    file = shelf.folder / "acme" / "brand.toml"
    lines = [
        line.removeprefix("# ") if " = " in line or "[" in line else line
        for line in file.read_text().splitlines()
    ]
    lines = [line for line in lines if "dark.svg" not in line and "icon" not in line.partition("=")[0]]
    shelf.put("acme", "brand.toml", "\n".join(lines[2:]))
    shelf.put("acme", "static/fonts/atkinson.woff2", b"wOF2")
    assert shelf.told("acme") == []
    assert shelf.brand("acme").brand.numbers == ("+4930123456",)


def test_a_folder_that_is_there_is_let_alone(tmp_path: Path) -> None:
    scaffold(tmp_path / "acme", "acme")
    with pytest.raises(FileExistsError):
        scaffold(tmp_path / "acme", "acme")
