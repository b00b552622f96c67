"""Taking back what somebody was let in by."""

import pytest

from auth_gateway.models import AuditEntry, User
from conferences.models import Errand, Port, Room
from conferences.revoking import user_revoke
from conferences.services import conference_current
from tests.conferences.meeting import BEGIN


@pytest.mark.django_db
def test_whoever_is_revoked_is_signed_out_and_taken_out_of_conferences(room: Room, alice: User) -> None:
    conference = conference_current(room.pk, now=BEGIN)
    Port.objects.create(conference_id=conference, participant="p1", username="alice")
    assert user_revoke(user=alice, now=BEGIN, reason="asked for") == 1
    alice.refresh_from_db()
    assert alice.signed_out_at == BEGIN
    assert Errand.objects.get().command == '{"type":"account.revoke","account":"alice"}'
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.who, entry.reason) == ("revoke", "alice", "asked for")
