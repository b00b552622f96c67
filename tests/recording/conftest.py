"""A storage of recordings for each test alone, and a recording of Alice's room."""

from pathlib import Path

import pytest
from pytest_django import Settings

from conferences.models import Room
from meetingserver import env
from recording.models import Recording
from tests.recording.archive import recording_made


@pytest.fixture(autouse=True)
def recordings(settings: Settings, tmp_path: Path) -> Path:
    """The folder in which recordings lie; it is the storage's, and on this machine."""
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "recordings"
    settings.STORAGES = {**settings.STORAGES, "recordings": env.storage("UNSET_STORAGE", folder=folder)}
    return folder


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Path:
    """The folder of a storage that is not on this machine, as far as our code can see."""
    folder = tmp_path / "elsewhere"
    distant = {"BACKEND": "tests.recording.distant.DistantStorage", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "recordings": distant}
    return folder


@pytest.fixture
def recording(room: Room) -> Recording:
    """Ready: a minute of Alice, Bob and Carol, with a pause of ten seconds and lines of chat."""
    return recording_made(room)
