"""Plots of captions. `histories.py` gathers them."""

from conferences.core import captions as k
from conferences.core import commands as c
from conferences.core.words import SYSTEM
from tests.conferences.histories import plot, three
from tests.conferences.meeting import Meeting


@plot("carol", three)
def captions(meeting: Meeting) -> None:
    """Two people write captions and stop, one by leaving; the server writes too"""
    meeting.does("alice", k.AssignCaptions(participant="bob"))
    meeting.does("alice", k.AssignCaptions())
    meeting.does("bob", k.WriteCaption(text="Good morning, everyone"))
    meeting.wait(3)
    meeting.does("alice", k.WriteCaption(text="صباح الخير", speaker="Carol"))
    meeting.does(SYSTEM, k.WriteCaption(text="Shall we begin?", speaker="Carol"))
    for number in range(k.LINES_KEPT):
        meeting.does("bob", k.WriteCaption(text=f"Line {number}"))
    meeting.does("alice", k.UnassignCaptions())
    meeting.does("bob", c.LeaveConference())
