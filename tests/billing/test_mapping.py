"""Mapping files: what they mean, and where and why they are refused."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.mapping import (
    Mappings,
    Mode,
    RowFailed,
    Target,
    mapping_parse,
    mapping_read,
    scheme_of,
)
from meetingserver.toml_files import FileRefused

SECRET = "geheim-und-lang-genug"
ENVIRONMENT = {
    "BOOKS": f"postgresql://us:{SECRET}@db.example/books",
    "HOOK": SECRET,
    "CSV": "csv:///srv/calls",
}
TEXT = """
[constants]
SITE = "LON1"

[lookups.types]
web = "W"
dialin = "I"

[target.books]
url = "env:BOOKS"

[[target.books.table]]
name = "CALL_DETAIL"
schema = "dbo"
record = "leg"
when = "leg.duration_s > 0"
[target.books.table.columns]
ACCT_NO = "account.code | default('UNASSIGNED') | left(12)"
CALL_TYPE = "leg.type | lookup(lookups.types, '?')"
SITE = "constants.SITE"
KIND = 7

[[target.books.table]]
name = "ROOMS"
record = "conference"
[target.books.table.columns]
ROOM = "conference.room"

[target.files]
url = "csv:///srv/calls"
[[target.files.table]]
name = "calls.csv"
record = "leg"
columns = { ID = "record.id" }
"""


def read(text: str) -> Mappings:
    return mapping_parse(text, lambda name: ENVIRONMENT.get(name, ""), name="billing.toml")


def books() -> Target:
    return read(TEXT).targets["books"]


def test_a_record_becomes_the_rows_that_the_file_says() -> None:
    context = {"leg": {"type": "dialin", "duration_s": 5}, "account": {"code": None}}
    [(table, values)] = books().rows("leg", context)
    assert (table.title, books().mode) == ("dbo.CALL_DETAIL", Mode.LEDGER)
    assert values == {"ACCT_NO": "UNASSIGNED", "CALL_TYPE": "I", "SITE": "LON1", "KIND": 7}


def test_what_the_condition_refuses_and_what_no_table_wants_is_no_row() -> None:
    assert books().rows("leg", {"leg": {"duration_s": 0}}) == []
    assert books().rows("usage", {"usage": {}}) == []


def test_a_column_that_fails_is_named_without_its_value() -> None:
    with pytest.raises(RowFailed, match=r"^dbo\.CALL_DETAIL, when: these values do not go together$"):
        books().rows("leg", {"leg": {"duration_s": "many"}})


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("leg.type |", "leg.typ |", (19, 14), "there is no 'typ' here (did you mean 'type'?)"),
        ("constants.SITE", "constants.SIDE", (20, 9), "there is no 'SIDE' here (did you mean 'SITE'?)"),
        ("leg.duration_s > 0", "leg.duration_s > ", (16, 26), "not complete"),
        ("conference.room", "leg.id", (27, 9), "there is no 'leg' here"),
        ('record = "conference"', 'record = "rooms"', (25, 1), "'rooms' is not one of conference, leg"),
        ("KIND = 7", "KIND = [7]", (17, 1), "Expected `bool | int | float | str`"),
        ('schema = "dbo"', 'shema = "dbo"', (14, 1), "unknown field `shema`"),
        ('url = "env:BOOKS"', 'url = "env:NONE"', (10, 1), "the environment has no variable NONE"),
        ('url = "env:BOOKS"', 'url = "ftp://x"', (10, 1), "an address begins with one of postgresql:"),
        ('url = "env:BOOKS"', 'url = "http://books.example"', (10, 1), "unencrypted"),
        ('url = "env:BOOKS"', 'url = "https://"', (10, 1), "must be an address"),
        ('url = "env:BOOKS"', 'url = "env:BOOKS"\nmode = "twice"', (11, 1), "is not one of ledger, key"),
        ('url = "env:BOOKS"', 'url = "env:BOOKS"\nmode = "key"', (13, 1), "a key belongs to"),
        ('url = "env:BOOKS"', f'url = "mysql://us:{SECRET}@db/x"', (10, 1), "stands in the environment"),
        ('url = "env:BOOKS"', f'url = "oracle://db/x?password={SECRET}"', (10, 1), "in the environment"),
        ('url = "env:BOOKS"', f'url = "env:BOOKS"\nsecrets = ["{SECRET}"]', (11, 1), "in the environment"),
        ('url = "env:BOOKS"', 'url = "env:BOOKS"\nsha256 = "12"', (11, 1), "64 hexadecimal digits"),
        ('url = "csv:///srv/calls"', 'url = "env:CSV"\nmode = "none"', (31, 1), "modes are for databases"),
        ('record = "conference"', 'record = "conference"\nkey = ["ROOM"]', (26, 1), "a key belongs to"),
        ("[target.files]", "[target.'my files']", (29, 1), "a target's name has at most 40 letters"),
        ("[constants]", "[constants", (2, 11), "Expected ']'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    old: str, new: str, place: tuple[int, int], problem: str
) -> None:
    assert old in TEXT
    with pytest.raises(FileRefused) as refused:
        read(TEXT.replace(old, new, 1))
    assert (refused.value.line, refused.value.column) == place
    assert problem in str(refused.value)
    assert str(refused.value).startswith(f"billing.toml, line {place[0]}, column {place[1]}: ")
    assert SECRET not in str(refused.value)


def test_a_key_is_of_columns_that_there_are() -> None:
    keyed = TEXT.replace('url = "env:BOOKS"', 'url = "env:BOOKS"\nmode = "key"')
    keyed = keyed.replace('record = "leg"\nwhen', 'record = "leg"\nkey = ["SITE"]\nwhen')
    keyed = keyed.replace('record = "conference"', 'record = "conference"\nkey = ["ID"]')
    with pytest.raises(FileRefused, match="there is no column 'ID' among columns"):
        read(keyed)
    assert read(keyed.replace('["ID"]', '["ROOM"]')).targets["books"].mode is Mode.KEY


def test_secrets_are_shown_nowhere() -> None:
    hook = TEXT.replace('url = "env:BOOKS"', 'url = "env:BOOKS"\nsecrets = ["env:HOOK"]')
    target = read(hook).targets["books"]
    assert target.secrets == (SECRET,)
    assert SECRET not in repr(target)
    assert "db.example" not in repr(target)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read: FileNotFoundError"):
        mapping_read(tmp_path / "billing.toml", lambda _: "")


def test_the_way_to_a_database_is_told_apart_from_its_driver() -> None:
    assert [scheme_of(url) for url in ("postgres://h/d", "mssql+pyodbc://h/d", "csv:/x")] == [
        "postgresql",
        "mssql",
        "csv",
    ]


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(FileRefused):
        read(text)


@given(st.data())
def test_any_change_of_a_file_is_read_or_refused(data: st.DataObject) -> None:
    words = re.split(r"(\W+)", TEXT)
    place = data.draw(st.integers(0, len(words) - 1))
    words[place] = data.draw(st.sampled_from([*words, "", '"', "[[", "0x", "é\x00"]))
    with suppress(FileRefused):
        read("".join(words))


value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.fixed_dictionaries(dict.fromkeys(("leg", "account", "lookups"), value)))
def test_any_record_becomes_rows_or_fails(context: dict[str, object]) -> None:
    with suppress(RowFailed):
        for row in books().rows("leg", context):
            assert list(row[1]) == ["ACCT_NO", "CALL_TYPE", "SITE", "KIND"]
