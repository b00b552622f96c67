"""Housekeeping."""

import pytest

from auth_gateway.audit import audit_write
from auth_gateway.models import AuditEntry, UsedLink
from auth_gateway.tasks import forget


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    audit_write(action="sign-in", now_ms=0)
    UsedLink.objects.create(id="old", expires_at=0)
    UsedLink.objects.create(id="new", expires_at=2**40)
    forget()
    assert not AuditEntry.objects.exists()
    assert UsedLink.objects.get().id == "new"
