import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from meetingserver.tasks import clear_sessions


@pytest.mark.django_db
def test_only_ended_sessions_are_forgotten() -> None:
    for key, year in (("old", 2020), ("new", 2999)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=dt.datetime(year, 1, 1, tzinfo=dt.UTC)
        )
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
