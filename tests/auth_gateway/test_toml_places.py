"""Where things stand in a file."""

import pytest

from auth_gateway.toml_places import place_of

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
