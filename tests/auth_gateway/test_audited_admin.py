"""Who changed what in the administration."""

import pytest
from django.contrib import admin as administration
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from auth_gateway.audited_admin import AuditedAdmin, fields_changed
from auth_gateway.models import Account, AuditEntry


def test_every_page_of_the_administration_is_audited() -> None:
    registered = administration.site._registry.values()  # noqa: SLF001 - Django offers no other way
    assert [type(one).__name__ for one in registered if not isinstance(one, AuditedAdmin)] == []


def lines() -> list[tuple[str, str, str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "who", "subject", "details"))


def test_adding_changing_and_deleting_leave_lines(adas: Client) -> None:
    fields = {"code": "ACME", "name": "Acme", "ports": 0, "ports_per_conference": 0, "recording_minutes": 0}
    adas.post(reverse("admin:auth_gateway_account_add"), fields)
    key = Account.objects.get().pk
    adas.post(reverse("admin:auth_gateway_account_change", args=[key]), {**fields, "ports": 7})
    adas.post(reverse("admin:auth_gateway_account_delete", args=[key]), {"post": "yes"})
    assert lines() == [
        ("admin add", "ada", f"Account {key}: Acme", ""),
        ("admin change", "ada", f"Account {key}: Acme", "Participants at a time"),
        ("admin delete", "ada", f"Account {key}: Acme", ""),
    ]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ([{"changed": {"fields": ["Name", "Code"]}}], "Name, Code"),
        ('[{"changed": {"fields": ["Name"]}}]', "Name"),
        ("Changed password.", "Changed password."),
        ([{"changed": {"name": "x", "object": "y"}}], "[{'changed': {'name': 'x', 'object': 'y'}}]"),
    ],
)
def test_fields_are_named_and_not_what_they_hold(message: object, said: str) -> None:
    assert fields_changed(message) == said


def test_groups_too(adas: Client) -> None:
    adas.post(reverse("admin:auth_group_add"), {"name": "Support"})
    assert Group.objects.get().name == "Support"
    assert lines()[0][0] == "admin add"
