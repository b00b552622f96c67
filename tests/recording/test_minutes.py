"""A recording goes on when the month's minutes have ended, and its hosts hear of it."""

import pytest

from auth_gateway.models import Account, User
from conferences.models import Errand, Room
from recording.minutes import recordings_ran_over
from recording.models import Recorded, Status
from tests.conferences.meeting import BEGIN
from tests.recording.archive import recording_made

pytestmark = pytest.mark.django_db


def test_whose_minutes_have_ended_is_told_while_it_goes_on(room: Room, alice: User) -> None:
    running = recording_made(room, status=Status.RECORDING, spans=[[BEGIN, 0]], stopped_at=None, bundle=False)
    assert recordings_ran_over(now=BEGIN + 3_600_000) == [], "there is no limit"
    Account.objects.create(code="ACME", recording_minutes=60)
    User.objects.filter(pk=alice.pk).update(account="ACME")
    assert recordings_ran_over(now=BEGIN + 3_540_000) == []
    assert recordings_ran_over(now=BEGIN + 3_600_000) == [running.pk]
    told = Errand.objects.get()
    assert (told.conference_id, told.command) == (
        running.conference_id,
        '{"type":"recording.run_over","recording":12}',
    )
    running.refresh_from_db()
    assert running.status == Status.RECORDING


def test_minutes_are_the_customers_together(room: Room, alice: User) -> None:
    recording_made(room, status=Status.RECORDING, spans=[[BEGIN, 0]], stopped_at=None, bundle=False)
    Account.objects.create(code="ACME", recording_minutes=60)
    User.objects.filter(pk=alice.pk).update(account="ACME")
    Recorded.objects.create(recording="other", account="ACME", started_at=BEGIN, length_ms=3_540_000)
    assert len(recordings_ran_over(now=BEGIN + 60_000)) == 1
