"""`manage.py audit export`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from auth_gateway.audit import DAY_MS, audit_write

pytestmark = pytest.mark.django_db
BEGIN = 1_795_305_600_000
"""2026-11-22, midnight."""


@pytest.fixture(autouse=True)
def _entries() -> None:
    for day, action in enumerate(["sign-in", "revoke", "sign-in"]):
        audit_write(action=action, who=f"u{day}", now_ms=BEGIN + day * DAY_MS)


def says(*arguments: str) -> list[str]:
    output = StringIO()
    call_command("audit", "export", *arguments, stdout=output)
    return output.getvalue().splitlines()


def test_all_of_it_goes_to_a_spreadsheet() -> None:
    lines = says()
    assert lines[0].startswith("at,action,outcome,who")
    assert len(lines) == 4


def test_or_a_part_to_a_program() -> None:
    found = [json.loads(line)["who"] for line in says("--format", "jsonl", "--action", "sign-in")]
    assert found == ["u0", "u2"]
    found = [
        json.loads(line)["who"] for line in says("--format=jsonl", "--since=2026-11-23", "--until=2026-11-23")
    ]
    assert found == ["u1"]


def test_a_day_must_be_one() -> None:
    with pytest.raises(CommandError, match="no day"):
        says("--since", "yesterday")
