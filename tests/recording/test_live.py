"""How far a live recording is; `test_live_runs` lets one run."""

import pytest
from pytest_django import Settings

from conferences.models import Room
from recording.desk import Desk
from recording.effort import Effort
from recording.live import GRACE_MS, Live
from recording.models import Status
from recording.storage import desk_folder
from recording.video_segments import SEGMENT_MS
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = pytest.mark.django_db


def test_a_segment_is_made_when_all_of_it_was_captured(room: Room, settings: Settings) -> None:
    settings.RECORDINGS_LIVE_SIZE = "360p"
    meeting = Meeting()
    begin = meeting.now
    row = takes.recording_of(
        meeting, room, begin=begin, end=begin, stopped_at=None, spans=[[begin, 0]], status=Status.RECORDING
    )
    live = Live(row, Desk(desk_folder(row.pk)), Effort(lambda: 0.0))
    assert live.step(row, begin + SEGMENT_MS + GRACE_MS) is False
    assert live.step(row, begin + SEGMENT_MS + GRACE_MS + 100) is True
    assert live.number == 1
    assert live.step(row, begin + SEGMENT_MS + GRACE_MS + 100) is False
    assert live.manifest.video[0].segments == 1
    again = Live(row, Desk(desk_folder(row.pk)), Effort(lambda: 0.0))
    assert again.number == 1
