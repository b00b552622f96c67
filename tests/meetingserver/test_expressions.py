"""Tests of meetingserver/expressions.py."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meetingserver.expressions import MAX_LENGTH, Expression, ExpressionFailed, ExpressionRefused, Fields

FIELDS: Fields = {
    "leg": {"id": {}, "type": {}, "duration_s": {}, "joined_at": {}, "display_name": {}},
    "account": {"code": {}},
    "body": None,
}
ROW: dict[str, Any] = {
    "leg": {
        "id": "l1",
        "type": "web",
        "duration_s": 61,
        "joined_at": datetime(2026, 7, 1, 12, 30, tzinfo=UTC),
        "display_name": "Ålice",
    },
    "account": {"code": None},
    "body": {"ok": True, "users": [{"name": "Bob"}], "full name": "Bob B."},
}


def value(source: str, row: dict[str, Any] | None = None) -> Any:
    return Expression(source, FIELDS)(ROW if row is None else row)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("leg.id", "l1"),
        ("leg['id']", "l1"),
        ("account.code | default('UNASSIGNED') | left(5)", "UNASS"),
        ("leg.type | lookup({'web': 'W', 'dialin': 'I'}, '?')", "W"),
        ("'phone' | lookup({'web': 'W'}, '?')", "?"),
        ("leg.duration_s | ceil_minutes", 2),
        ("leg.joined_at | tz('Europe/London') | naive", datetime(2026, 7, 1, 13, 30)),  # noqa: DTZ001 - naive
        ("leg.joined_at | strftime('%d.%m.%Y')", "01.07.2026"),
        ("'Conf ' + leg.id + ' ' + leg.display_name | left(8)", "Conf l1 "),
        ("leg.duration_s > 0 and leg.type != 'recorder'", True),
        ("0 < leg.duration_s < 60", False),
        ("leg.type in ['web', 'dialin'] and 'x' not in leg.type", True),
        ("'long' if leg.duration_s >= 60 else 'short'", "long"),
        ("not account.code", True),
        ("account.code or leg.id", "l1"),
        ("-leg.duration_s * 2 / 4", -30.5),
        ("leg.duration_s // 60 + leg.duration_s % 60", 2),
        ("body.users[0].name", "Bob"),
        ("body.users[7].name", None),
        ("body['full name']", "Bob B."),
        ("body.nothing.at.all", None),
        ("leg.display_name\n  | upper", "ÅLICE"),
        ("leg.duration_s | pad(6) | right(4)", "0061"),
        ("None", None),
    ],
)
def test_a_mapping_says_what_a_column_holds(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "line", "column", "says"),
    [
        ("leg.foo", 1, 1, "there is no 'foo' here"),
        ("leg.id.format", 1, 1, "it has no fields"),
        ("leg['foo']", 1, 1, "there is no 'foo' here"),
        ("acount.code", 1, 1, "did you mean 'account'?"),
        ("leg.id |\n lft(3)", 2, 2, "did you mean 'left'?"),
        ("leg.id | left", 1, 10, "left(length)"),
        ("leg.id | left(1, 2)", 1, 10, "left(length)"),
        ("leg.id | left(length=1)", 1, 10, "have no names"),
        ("leg.id | left(*[1])", 1, 10, "have no names"),
        ("leg.id | 'left'", 1, 10, "the name of a filter"),
        ("__import__('os')", 1, 1, "nothing can be called"),
        ("leg.id.upper()", 1, 1, "nothing can be called"),
        ("lambda: 1", 1, 1, "no functions"),
        ("[x for x in leg]", 1, 1, "no loops"),
        ("f'{leg}'", 1, 1, "add texts by +"),
        ("2 ** 9999", 1, 1, "not part of the language"),
        ("~1", 1, 1, "not part of the language"),
        ("leg.id is None", 1, 1, "use == or !="),
        ("leg[leg.id]", 1, 1, "in brackets"),
        ("body.users[0:2]", 1, 1, "in brackets"),
        ("{**leg}", 1, 1, "texts or numbers"),
        ("b'bytes'", 1, 1, "only text, numbers"),
        ("99999999999999999999", 1, 1, "too large"),
        ("1 +", 1, 4, "not complete"),
        ("leg.id leg.id", 1, 1, "not understood"),
        ("(((", 1, 2, "not understood"),
        ("leg.id)", 1, 8, "not complete"),
        ("", 1, 1, "empty"),
        ("  ", 1, 1, "empty"),
        ("1" * (MAX_LENGTH + 1), 1, 1, "longer than"),
        ("-" * 60 + "1", 1, 42, "nested too deeply"),
        ("(x := 1)", 1, 2, "not part of the language"),
    ],
)
def test_what_is_not_of_the_language_is_refused_when_it_is_loaded(
    source: str, line: int, column: int, says: str
) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        Expression(source, FIELDS)
    assert says in str(refused.value)
    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize(
    "source",
    [
        "leg.id + leg.duration_s",
        "leg.id * 3",
        "leg.id < leg.duration_s",
        "leg.duration_s / 0",
        "-leg.id",
        "body.ok.deep",
        "leg.duration_s[0]",
        "9223372036854775807 * 9223372036854775807",
        "leg | upper",
        "body.users | lookup({'a': 1})",
    ],
)
def test_what_cannot_be_worked_out_says_so_without_the_value(source: str) -> None:
    with pytest.raises(ExpressionFailed) as failed:
        value(source)
    assert "Ålice" not in str(failed.value)


def test_an_expression_without_known_fields_reads_what_is_there() -> None:
    assert Expression("status == 200 and body.ok")({"status": 200, "body": {"ok": True}}) is True
    assert Expression("body.ok")({}) is None


def test_texts_cannot_grow_without_bound() -> None:
    doubling = "x + x"
    row = {"x": "a" * 6_000}
    with pytest.raises(ExpressionFailed):
        Expression(doubling)(row)


def test_attributes_of_python_cannot_be_reached() -> None:
    for source in ("x.__class__", "x['__class__']", "x.y.__globals__"):
        with pytest.raises(ExpressionFailed):
            Expression(source)({"x": "text"})


def test_an_expression_shows_its_source() -> None:
    assert repr(Expression("1")) == "Expression('1')"


WORDS = [
    "leg",
    "id",
    "left",
    "1",
    "'a'",
    "if",
    "else",
    "and",
    "or",
    "not",
    "in",
    "lookup",
    "default",
    "lambda",
]
PIECES = st.sampled_from([*WORDS, *".|()+-*/%[]{}:,<@", "==", "**"])


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map(" ".join)))
@example("leg.id | left(1)")
def test_any_text_is_understood_or_refused(source: str) -> None:
    with suppress(ExpressionRefused, ExpressionFailed):
        Expression(source, FIELDS)(ROW)


PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.datetimes())
VALUES = st.one_of(
    PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(st.text(max_size=5), PLAIN, max_size=3)
)


@given(VALUES, VALUES, st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "==", "in", "and", "or"]))
def test_any_values_go_together_or_not(one: object, other: object, between: str) -> None:
    with suppress(ExpressionFailed):
        Expression(f"a {between} b")({"a": one, "b": other})
