"""When a conference is recorded, and who may pause and stop that."""

from typing import get_args

import pytest

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core import recording as r
from conferences.core.messages import AnyEvent, ClientCommand
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, EndReason, Part, Policy, RecordMode, Role
from tests.conferences.meeting import Meeting


def recorded(mode: RecordMode, *parts: Part) -> Meeting:
    meeting = Meeting(Policy(recording=mode, recorded=parts))
    for who in ("alice", "bob"):
        meeting.joins(who)
    return meeting


def kinds(events: list[AnyEvent]) -> list[type[AnyEvent]]:
    return [type(event) for event in events]


@pytest.mark.parametrize("command", get_args(r.RecordingCommand), ids=lambda command: command.__name__)
@pytest.mark.parametrize("role", [Role.GUEST, Role.PRESENTER])
def test_only_hosts_record(meeting: Meeting, command: type[r.RecordingCommand], role: Role) -> None:
    meeting.does("alice", r.StartRecording())
    meeting.does("alice", c.SetRole(participant="bob", role=role))
    meeting.refuses("bob", command(), Reason.NOT_ALLOWED)


@pytest.mark.parametrize(
    "command",
    [r.PauseRecording(), r.ResumeRecording(), r.StopRecording(), r.GoLive(), r.EndLive()],
    ids=lambda command: type(command).__name__,
)
def test_what_is_not_recorded_is_neither_paused_nor_stopped_nor_watched(
    meeting: Meeting, command: ClientCommand
) -> None:
    meeting.refuses("alice", command, Reason.NOT_RECORDED)


@pytest.mark.parametrize("command", [r.ReduceRecording, r.FailRecording])
def test_no_host_speaks_for_the_disk(
    meeting: Meeting, command: type[r.ReduceRecording | r.FailRecording]
) -> None:
    meeting.does("alice", r.StartRecording())
    meeting.refuses("alice", command(recording=meeting.state.seq), Reason.NOT_ALLOWED)


def test_a_host_records_pauses_and_stops_and_twice_is_once(meeting: Meeting) -> None:
    for command in (
        r.StartRecording(),
        r.PauseRecording(),
        r.ResumeRecording(),
        r.GoLive(),
        r.EndLive(),
    ):
        assert len(meeting.does("alice", command)) == 1
        assert meeting.does("alice", command) == []
    assert meeting.does("alice", r.StopRecording()) == [
        r.RecordingStopped(reason=r.StopReason.HOST, by="alice", at=meeting.now)
    ]
    assert meeting.state.recording is None


def test_a_paused_recording_may_be_stopped(meeting: Meeting) -> None:
    meeting.does("alice", r.StartRecording())
    meeting.does("alice", r.PauseRecording())
    meeting.does("alice", r.StopRecording())
    assert meeting.state.recording is None


def test_where_nothing_is_recorded_nothing_is() -> None:
    meeting = recorded(RecordMode.OFF, *Part)
    meeting.refuses("alice", r.StartRecording(), Reason.RECORDING_OFF)


def test_no_part_is_recorded_that_the_room_leaves_out() -> None:
    meeting = recorded(RecordMode.ON_DEMAND, Part.CAMERAS, Part.SLIDES)
    meeting.does("alice", r.StartRecording(parts=(Part.CHAT, Part.SLIDES)))
    assert meeting.state.recording is not None
    assert meeting.state.recording.parts == (Part.SLIDES,)
    meeting.does("alice", r.StopRecording())
    meeting.does("alice", r.StartRecording())
    assert meeting.state.recording.parts == (Part.CAMERAS, Part.SLIDES)


def test_where_everything_is_recorded_it_begins_with_the_conference_and_only_pauses() -> None:
    meeting = recorded(RecordMode.ALWAYS, Part.CHAT)
    opened = next(
        place for place, event in enumerate(meeting.events) if isinstance(event, e.ConferenceOpened)
    )
    assert meeting.events[opened + 1] == r.RecordingStarted(parts=(Part.CHAT,), by=SYSTEM, at=meeting.now)
    meeting.refuses("alice", r.StopRecording(), Reason.RECORDED_ALWAYS)
    meeting.does("alice", r.PauseRecording())
    meeting.does("alice", r.ResumeRecording())


def test_who_is_let_in_by_the_opening_hears_of_the_recording_before() -> None:
    meeting = Meeting(Policy(recording=RecordMode.ALWAYS))
    meeting.joins("bob")
    assert meeting.state.recording is None
    meeting.joins("alice")
    happened = kinds(meeting.events)
    assert happened.index(r.RecordingStarted) < happened.index(e.ParticipantAdmitted)


@pytest.mark.parametrize("paused", [False, True])
def test_a_recording_ends_with_its_conference(meeting: Meeting, paused: bool) -> None:
    meeting.does("alice", r.StartRecording())
    if paused:
        meeting.does("alice", r.PauseRecording())
    assert meeting.does("alice", c.EndConference()) == [
        r.RecordingStopped(reason=r.StopReason.ENDED, by=SYSTEM, at=meeting.now),
        e.ConferenceEnded(reason=EndReason.HOST, by="alice", at=meeting.now),
    ]


def test_a_recording_ends_with_a_conference_that_is_ended_by_time(meeting: Meeting) -> None:
    meeting.does("alice", r.StartRecording())
    for who in ("alice", "bob", "carol"):
        meeting.does(who, c.LeaveConference())
    assert kinds(meeting.wait(60)) == [r.RecordingStopped, e.ConferenceEnded]


def test_when_the_minutes_of_the_month_end_it_goes_on_and_that_is_said_once(meeting: Meeting) -> None:
    meeting.does("alice", r.StartRecording())
    recording = meeting.state.seq
    assert kinds(meeting.does(SYSTEM, r.RunOverRecording(recording=recording))) == [r.RecordingRanOver]
    assert meeting.does(SYSTEM, r.RunOverRecording(recording=recording)) == []
    assert meeting.state.recording
    meeting.does("alice", r.StopRecording())
    meeting.does("alice", r.StartRecording())
    assert meeting.does(SYSTEM, r.RunOverRecording(recording=recording)) == [], "another one is meant"


def test_the_disk_reduces_and_stops_it_once(meeting: Meeting) -> None:
    meeting.does("alice", r.StartRecording())
    recording = meeting.state.seq
    assert kinds(meeting.does(SYSTEM, r.ReduceRecording(recording=recording))) == [r.RecordingReduced]
    assert meeting.does(SYSTEM, r.ReduceRecording(recording=recording)) == []
    assert meeting.does(SYSTEM, r.FailRecording(recording=recording)) == [
        r.RecordingStopped(reason=r.StopReason.DISK, by=SYSTEM, at=meeting.now)
    ]
    assert meeting.does(SYSTEM, r.FailRecording(recording=recording)) == []


def test_what_the_disk_says_of_an_earlier_recording_is_no_news(meeting: Meeting) -> None:
    meeting.does("alice", r.StartRecording())
    earlier = meeting.state.seq
    meeting.does("alice", r.StopRecording())
    meeting.does("alice", r.StartRecording())
    assert meeting.does(SYSTEM, r.ReduceRecording(recording=earlier)) == []
    assert meeting.does(SYSTEM, r.FailRecording(recording=earlier)) == []


def test_after_a_full_disk_a_host_may_record_again_where_everything_is_recorded() -> None:
    meeting = recorded(RecordMode.ALWAYS)
    assert meeting.state.recording
    meeting.does(SYSTEM, r.FailRecording(recording=meeting.state.recording.id))
    meeting.does("alice", r.StartRecording())
    assert meeting.state.recording
