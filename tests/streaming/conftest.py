"""The cast in front of recordings: `alice` owns them, `bob` took part, `mallory` has no business here."""

from pathlib import Path

import pytest
from pytest_django import Settings

from auth_gateway.models import User
from auth_gateway.services import user_create
from conferences.models import Conference, Room, Viewers
from conferences.services import room_create
from recording.models import Recording, Status
from tests.conftest import PASSWORD
from tests.streaming.shelf import Shelf

BEGAN = 1_790_000_000_000


@pytest.fixture
def bob(db: None) -> User:
    return user_create(username="bob", password=PASSWORD, display_name="Bob Bowman")


@pytest.fixture
def room(alice: User) -> Room:
    return room_create(owner=alice)[0]


@pytest.fixture
def recording(room: Room, bob: User) -> Recording:
    """Of which everybody may see everything, until a test says otherwise."""
    conference = Conference.objects.create(id="archery", room=room, created_at=BEGAN)
    recording = Recording.objects.create(
        id="archery-12",
        conference=conference,
        title="Archery",
        status=Status.READY,
        version=1,
        started_at=BEGAN,
        viewers=Viewers.PUBLIC,
        length_ms=61_440,
    )
    recording.participants.add(bob)
    return recording


@pytest.fixture
def shelf(settings: Settings, tmp_path: Path) -> Shelf:
    """Where recordings lie."""
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "recordings", "allow_overwrite": True},
    }
    settings.STORAGES = {**settings.STORAGES, "recordings": backend}
    return Shelf(tmp_path / "recordings")
