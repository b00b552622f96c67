"""The worker does what it is told, with the embedded broker and with Redis."""

from pathlib import Path

import pytest

from tests.house import running_server, wait_until

pytestmark = pytest.mark.interop

ASK = "from meetingserver.celery import app; app.send_task('meetingserver.clear_sessions')"
COUNT = "from django.contrib.sessions.models import Session; print(Session.objects.count())"
OLD_SESSION = """
import datetime as dt
from django.contrib.sessions.models import Session
Session.objects.create(session_key="old", session_data="", expire_date=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
"""


@pytest.mark.parametrize("farm", [False, True], ids=["embedded", "redis"])
def test_a_task_is_done_by_the_worker(tmp_path: Path, request: pytest.FixtureRequest, *, farm: bool) -> None:
    broker = {"REDIS_URL": str(request.getfixturevalue("redis_url"))} if farm else {}
    with running_server(tmp_path, EMBEDDED_WORKER="true", **broker) as server:
        server.shell(OLD_SESSION)
        server.shell(ASK)
        wait_until(lambda: server.shell(COUNT) == "0", "old sessions gone")
