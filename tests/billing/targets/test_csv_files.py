"""Lines in files: each once, also while somebody collects them."""

from pathlib import Path

import pytest

from billing.mapping import Target, mapping_parse
from billing.targets.csv_files import CsvPort
from billing.targets.port import Held, Parcel, Refused

TEXT = """
[target.files]
url = "csv://FOLDER"
[[target.files.table]]
name = "legs.csv"
record = "leg"
columns = { ID = "leg.id", NAME = "leg.display_name" }
"""


@pytest.fixture
def target(tmp_path: Path) -> Target:
    text = TEXT.replace("FOLDER", str(tmp_path))
    return mapping_parse(text, lambda _: "", name="billing.toml").targets["files"]


def parcel(target: Target, id: str, name: object = 'Zoë, "the\nsecond"') -> Parcel:
    rows = target.rows("leg", {"leg": {"id": id, "display_name": name}})
    return Parcel(id, 1, 0, again=False, rows=rows)


def test_a_file_begins_with_its_columns_and_holds_each_record_once(target: Target, tmp_path: Path) -> None:
    port = CsvPort(target)
    for ids in (("1", "2"), ("2", "3"), ("3",)):
        port.deliver([parcel(target, id, "Bob") for id in ids])
    port.close()
    assert (tmp_path / "legs.csv").read_bytes() == b"ID,NAME\r\n1,Bob\r\n2,Bob\r\n3,Bob\r\n"


def test_what_a_crash_left_behind_is_cut_off(target: Target, tmp_path: Path) -> None:
    port = CsvPort(target)
    port.deliver([parcel(target, "1")])
    file = tmp_path / "legs.csv"
    whole = file.read_bytes()
    file.write_bytes(whole + b"2,to")
    port.deliver([parcel(target, "1")])
    assert file.read_bytes() == whole
    port.close()


def test_files_may_be_moved_away_at_any_time(target: Target, tmp_path: Path) -> None:
    port = CsvPort(target)
    port.deliver([parcel(target, "1", "Bob")])
    (tmp_path / "legs.csv").rename(tmp_path / "collected.csv")
    port.deliver([parcel(target, id, None) for id in ("1", "2")])
    assert (tmp_path / "legs.csv").read_text() == "ID,NAME\n2,\n"
    port.close()


def test_what_was_there_before_us_stays(target: Target, tmp_path: Path) -> None:
    (tmp_path / "legs.csv").write_text("theirs\n")
    port = CsvPort(target)
    port.deliver([parcel(target, "1", True)])
    assert (tmp_path / "legs.csv").read_text() == "theirs\n1,true\n"
    port.close()


def test_a_list_goes_into_no_cell_and_nothing_of_it_is_written(target: Target, tmp_path: Path) -> None:
    port = CsvPort(target)
    with pytest.raises(Refused, match=r"legs\.csv, NAME: is a list or a table"):
        port.deliver([parcel(target, "1"), parcel(target, "2", ["x"])])
    assert not (tmp_path / "legs.csv").exists()
    port.deliver([parcel(target, "1", "Bob")])
    assert (tmp_path / "legs.csv").read_text() == "ID,NAME\n1,Bob\n"
    port.close()


def test_without_its_folder_everything_is_held(target: Target, tmp_path: Path) -> None:
    port = CsvPort(target)
    for file in tmp_path.iterdir():
        file.unlink()
    tmp_path.rmdir()
    with pytest.raises(Held, match="the folder is missing"):
        port.deliver([parcel(target, "1")])
    port.close()
    tmp_path.mkdir()


def test_what_cannot_be_written_is_held(target: Target, tmp_path: Path) -> None:
    (tmp_path / "legs.csv").mkdir()
    port = CsvPort(target)
    with pytest.raises(Held, match="cannot be written: Is a directory"):
        port.deliver([parcel(target, "1")])
    port.close()
