"""Where things stand in a file."""

import pytest

from meetingserver.toml_places import place_of

TEXT = """url = "https://x"   # first

[answer]
  allow = 'status == 200'

[answer.fields]
"user_id" = \"\"\"body.id\"\"\"
"""


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("url",), (1, 1)),
        (("answer", "allow"), (4, 3)),
        (("answer", "fields", "user_id"), (7, 1)),
        (("answer", "fields", "unknown"), (6, 1)),
        (("answer", "unknown"), (3, 1)),
        (("unknown",), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_a_key_is_found_or_what_is_nearest(keys: tuple[str, ...], place: tuple[int, int]) -> None:
    assert place_of(TEXT, keys) == place


def test_the_value_begins_within_its_quotes() -> None:
    assert place_of(TEXT, ("answer", "allow"), into_value=True) == (4, 12)
    assert place_of(TEXT, ("answer", "fields", "user_id"), into_value=True) == (7, 16)


ARRAYS = """[target.old]
[[target.old.table]]
name = "calls"
[target.old.table.columns]
A = "1"
[[target.old.table]]
name = "rooms"
[target.old.table.columns]
A = "2"
"""


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("target", "old", "table", 0, "columns", "A"), (5, 1)),
        (("target", "old", "table", 1, "columns", "A"), (9, 1)),
        (("target", "old", "table", 1, "columns", "B"), (8, 1)),
        (("target", "old", "table", 1, "when"), (6, 1)),
        (("target", "old", "table", 2, "name"), (1, 1)),
        (("target", "other"), (1, 1)),
    ],
)
def test_tables_of_an_array_are_told_apart(keys: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert place_of(ARRAYS, keys) == place
