"""Who did what: written once, without secrets, kept for a time, handed out."""

import csv
import io
import json

import pytest
from pytest_django import Settings

from auth_gateway.audit import (
    DAY_MS,
    address_kept,
    audit_csv,
    audit_forget,
    audit_json_lines,
    audit_write,
    named,
)
from auth_gateway.callers import Caller
from auth_gateway.models import AuditEntry, User

NOON = 1_795_312_800_000


@pytest.mark.parametrize(
    ("kept", "address", "expected"),
    [
        ("full", "192.0.2.7", "192.0.2.7"),
        ("truncated", "192.0.2.7", "192.0.2.0/24"),
        ("truncated", "2001:db8:1:2::7", "2001:db8:1::/48"),
        ("truncated", "nonsense", ""),
        ("none", "192.0.2.7", ""),
        ("hashed", "", ""),
    ],
)
def test_as_much_of_an_address_is_kept_as_the_owner_wants(
    settings: Settings, kept: str, address: str, expected: str
) -> None:
    settings.AUDIT_ADDRESSES = kept
    assert address_kept(address) == expected


def test_a_hashed_address_is_the_same_every_time_and_nothing_else(settings: Settings) -> None:
    settings.AUDIT_ADDRESSES = "hashed"
    assert address_kept("192.0.2.7") == address_kept("192.0.2.7") != address_kept("192.0.2.8")


@pytest.mark.django_db
def test_what_is_written_fits_whatever_is_given() -> None:
    long = "x" * 3000
    audit_write(
        action=long,
        who=long + "\n",
        caller=Caller(request_id=long),
        subject=long,
        reason=long,
        details="a\x00b",
    )
    entry = AuditEntry.objects.get()
    assert (len(entry.action), len(entry.who), len(entry.subject)) == (40, 150, 200)
    assert (entry.details, entry.outcome) == ("a b", "done")


def test_a_name_nobody_has_is_not_kept_whole(alice: User) -> None:
    assert named("alice") == "alice"
    assert named("my password") == "my…"
    assert named("") == ""


@pytest.mark.django_db
def test_entries_go_when_their_time_is_over(settings: Settings) -> None:
    settings.AUDIT_DAYS = 30
    for age in (0, 29, 31, 400):
        audit_write(action="sign-in", now_ms=NOON - age * DAY_MS)
    assert audit_forget(now_ms=NOON) == 2
    settings.AUDIT_DAYS = 0
    assert audit_forget(now_ms=NOON + 9999 * DAY_MS) == 0
    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db
def test_the_log_is_handed_out_for_spreadsheets_and_programs() -> None:
    audit_write(action="sign-in", outcome="denied", who="=cmd()", reason="wrong_password", now_ms=NOON)
    audit_write(action="sign-in", outcome="allowed", who="alice", now_ms=NOON + 1)
    table, lines = io.StringIO(), io.StringIO()
    assert audit_csv(AuditEntry.objects.all(), table) == 2
    assert audit_json_lines(AuditEntry.objects.all(), lines) == 2
    rows = list(csv.DictReader(io.StringIO(table.getvalue())))
    assert [row["who"] for row in rows] == ["'=cmd()", "alice"]
    assert [json.loads(line)["who"] for line in lines.getvalue().splitlines()] == ["=cmd()", "alice"]
