"""What may be sent of recordings, who is told, and what is then true."""

import msgspec
import pytest

from conferences.core import recording as r
from conferences.core.messages import ClientCommand
from conferences.core.words import Part
from tests.conferences.meeting import Meeting

decode = msgspec.json.Decoder(ClientCommand).decode


@pytest.mark.parametrize(
    "message",
    [
        {"type": "recording.start", "parts": ["everything"]},
        {"type": "recording.start", "parts": ["chat"] * 6},
        {"type": "recording.reduce", "recording": 3},
        {"type": "recording.fail", "recording": 3},
    ],
    ids=str,
)
def test_commands_have_bounds_and_those_of_the_server_come_from_nobody_else(
    message: dict[str, object],
) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))


def test_everyone_hears_of_it_also_who_waits(lobby: Meeting) -> None:
    (started,) = lobby.does("alice", r.StartRecording())
    assert lobby.hearers_of(started) == {"alice", "bob", "carol"}
    lobby.joins("mallory")
    for who in ("alice", "bob", "mallory"):
        assert lobby.state.seen_by(who).recording == lobby.state.recording


def test_a_recording_is_known_by_the_number_of_its_first_event(meeting: Meeting) -> None:
    meeting.does("alice", r.StartRecording())
    assert meeting.state.recording == r.Recording(
        id=meeting.state.seq, parts=tuple(Part), started_at=meeting.now
    )


def test_what_was_paused_is_added_up(meeting: Meeting) -> None:
    meeting.does("alice", r.StartRecording())
    for seconds in (10, 20):
        meeting.wait(60)
        meeting.does("alice", r.PauseRecording())
        assert now(meeting).status is r.RecordingStatus.PAUSED
        assert now(meeting).paused_at == meeting.now
        meeting.wait(seconds)
        meeting.does("alice", r.ResumeRecording())
    assert now(meeting).status is r.RecordingStatus.RECORDING
    assert (now(meeting).paused_at, now(meeting).paused_ms) == (0, 30_000)


def now(meeting: Meeting) -> r.Recording:
    assert meeting.state.recording
    return meeting.state.recording
