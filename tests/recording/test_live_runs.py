"""A recording is followed while it runs: segments come with time, each once, and the last ones at the end."""

import msgspec
import pytest

from conferences.models import Room
from recording.desk import Desk
from recording.live import GRACE_MS, LOOK, VERSION
from recording.live_runs import RUN_MS, live_recordings, live_run
from recording.manifest import Manifest, decode
from recording.models import Recording, Status
from recording.storage import desk_folder
from recording.story import JournalPart
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = pytest.mark.django_db
BEGIN = 1_790_000_100_000


class Clock:
    """Waiting is what lets time pass; `at` has things happen."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.due: dict[int, list[object]] = {}

    def __call__(self) -> int:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += round(1_000 * seconds)
