"""Tables that spreadsheets open, and do not calculate."""

import csv
import io

import pytest

from meetingserver.spreadsheets import csv_file


def read(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_a_table_comes_back_as_it_was() -> None:
    rows = [["Name", "Note"], ['Bob, "the tall"', "one\nby one"], ["علي", ""]]
    assert read(csv_file(rows)) == rows


def test_excel_knows_that_it_is_unicode() -> None:
    assert csv_file([["ä"]]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1"]
)
def test_a_formula_is_but_text(cell: str) -> None:
    assert read(csv_file([[cell]])) == [["'" + cell]]
