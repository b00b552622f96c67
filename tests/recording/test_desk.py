"""Tests of recording/desk.py."""

from contextlib import suppress
from pathlib import Path

from recording.desk import Desk, read_json, replaced, write_bytes, write_json


def test_a_file_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "1" / "manifest.json"
    write_bytes(path, b"old")
    with suppress(KeyError), replaced(path) as part:
        part.write_bytes(b"half of the n")
        raise KeyError
    assert path.read_bytes() == b"old"
    assert [file.name for file in path.parent.iterdir()] == ["manifest.json"]
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"


def test_json_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"p1": [1, 2]})
    assert read_json(tmp_path / "a.json", dict[str, list[int]], {}) == {"p1": [1, 2]}
    assert read_json(tmp_path / "b.json", dict[str, list[int]], {"none": []}) == {"none": []}


def test_a_desk_has_its_folders(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert (desk.raw.name, desk.masters.name, desk.bundle(3).name) == ("raw", "masters", "3")
