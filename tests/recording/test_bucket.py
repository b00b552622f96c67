"""Recordings in a bucket, as `RECORDINGS_STORAGE_URL` names one: of a stand-in that speaks as S3 does."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from conferences.models import Room
from meetingserver import env
from recording.making import recording_advance
from recording.models import Recording, Status
from recording.spools import spool_open
from recording.storage import folder_delete, last_captured, local_path, names_in, spool_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    url = f"s3://key:secret@archive/recordings?endpoint={endpoint}&region=us-east-1"
    monkeypatch.setenv("BUCKET", url)
    storage = env.storage("BUCKET", folder=settings.DATA_DIR)
    settings.STORAGES = {**settings.STORAGES, "recordings": storage}
    cast(Any, storages["recordings"]).connection.create_bucket(Bucket="archive")
    yield
    server.stop()


def test_a_recording_is_captured_here_and_kept_there(bucket: None, room: Room) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    taken = takes.recording_of(meeting, room, begin=meeting.now, end=meeting.now + 10_000)
    spool_open(taken.pk)
    takes.sound(spool_folder(taken.pk) / "raw", "alice", 440, begin=meeting.now, seconds=10)
    while recording_advance(recording=taken.pk, now=lambda: taken.started_at + 10_000):
        pass
    taken.refresh_from_db()
    assert (taken.status, local_path(taken.pk)) == (Status.READY, None)
    assert not spool_folder(taken.pk).exists()
    assert last_captured(taken.pk) > 0
    kept = {name.removeprefix(f"{taken.pk}/") for name in names_in(taken.pk)}
    assert {"1/manifest.json", "1/audio.m4a", "masters/index.json"} <= kept
    folder_delete(taken.pk)
    assert not list(names_in(taken.pk))
    assert Recording.objects.count() == 1
