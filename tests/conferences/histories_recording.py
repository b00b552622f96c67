"""Plots of recording. `histories.py` gathers them."""

from conferences.core import commands as c
from conferences.core import recording as r
from conferences.core.words import SYSTEM, Part, Policy, RecordMode
from tests.conferences.histories import admitted, plot, three
from tests.conferences.meeting import Meeting


@plot("bob", three)
def recording(meeting: Meeting) -> None:
    """It is recorded, paused, watched, reduced, runs over, is stopped, recorded again, and ends"""
    meeting.does("alice", r.StartRecording())
    meeting.wait(30)
    meeting.does("alice", r.PauseRecording())
    meeting.wait(10)
    meeting.does("alice", r.ResumeRecording())
    meeting.does("alice", r.GoLive())
    meeting.does("alice", r.EndLive())
    meeting.does(SYSTEM, r.ReduceRecording(recording=running(meeting)))
    meeting.does(SYSTEM, r.RunOverRecording(recording=running(meeting)))
    meeting.wait(5)
    meeting.does("alice", r.PauseRecording())
    meeting.wait(5)
    meeting.does("alice", r.ResumeRecording())
    meeting.does("alice", r.StopRecording())
    meeting.does("alice", r.StartRecording(parts=(Part.CHAT,)))
    meeting.does("alice", c.EndConference())


def running(meeting: Meeting) -> int:
    assert meeting.state.recording
    return meeting.state.recording.id


@plot("carol", lambda meeting: admitted(meeting, "bob"), Policy(lobby=True))
def recording_of_one_who_waits(meeting: Meeting) -> None:
    """Who waits is told that it is recorded before they come in"""
    meeting.does("alice", r.StartRecording())
    meeting.does("alice", c.LockConference())
    meeting.does(SYSTEM, r.FailRecording(recording=running(meeting)))


def one_waits(meeting: Meeting) -> None:
    meeting.joins("bob")


@plot("bob", one_waits, Policy(recording=RecordMode.ALWAYS, recorded=(Part.SLIDES,)))
def recording_of_everything(meeting: Meeting) -> None:
    """It is recorded from the beginning"""
    meeting.joins("alice")
