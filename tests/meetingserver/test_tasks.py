import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from auth_gateway.models import User
from billing.models import Kind, Record
from conferences.models import Conference
from conferences.services import room_create
from meetingserver.tasks import bill_days, bill_recordings, clear_sessions
from recording.models import Recording, Status


@pytest.mark.django_db
def test_only_ended_sessions_are_forgotten() -> None:
    for key, year in (("old", 2020), ("new", 2999)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=dt.datetime(year, 1, 1, tzinfo=dt.UTC)
        )
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


@pytest.mark.django_db
def test_recordings_and_days_are_billed(alice: User) -> None:
    room = room_create(owner=alice)[0]
    conference = Conference.objects.create(id="c", room=room, created_at=1, ended_at=2)
    Recording.objects.create(
        id="c-1", conference=conference, status=Status.READY, started_at=1, stopped_at=2, spans=[[1, 2]]
    )
    for _again in range(2):
        bill_recordings()
        bill_days()
    assert sorted(Record.objects.values_list("kind", flat=True)) == [Kind.RECORDING, Kind.STORAGE]
