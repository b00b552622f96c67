"""Plots of documents and their pages. `histories.py` gathers them."""

from conferences.core import commands as c
from conferences.core import slides as s
from conferences.core.words import SYSTEM
from tests.conferences.histories import LOBBY, admitted, plot, three
from tests.conferences.meeting import Meeting


@plot("bob", three)
def documents(meeting: Meeting) -> None:
    """Documents come, are shown, turned, zoomed into, released and removed"""
    url = "/documents/plans/key/"
    meeting.does("alice", s.OfferDocument(document="plans", name="Plans.pdf", url=url))
    meeting.does(SYSTEM, s.ProgressDocument(document="plans", done=1, pages=3))
    meeting.does(SYSTEM, s.AddDocument(document="plans", pages=3))
    meeting.does("alice", s.TurnPage(document="plans", page=2))
    meeting.does("alice", s.FocusPage(document="plans", page=2, x=2_500, y=7_500, zoom=200))
    meeting.does("alice", s.ReleaseDocument(document="plans", allowed=True))
    meeting.brings("alice", "budget", pages=9)
    meeting.does("alice", s.PresentDocument(document="budget", page=9))
    meeting.does("alice", s.PresentDocument(document="plans"))
    meeting.does("alice", s.OfferDocument(document="locked", name="Locked.pdf", url="/documents/locked/key/"))
    meeting.does(SYSTEM, s.FailDocument(document="locked", failure=s.Failure.ENCRYPTED))
    meeting.does("alice", s.RemoveDocument(document="plans"))
    meeting.does("alice", s.PresentDocument(document="budget"))
    meeting.does("alice", s.DismissDocument(document="budget"))


@plot("carol", lambda meeting: admitted(meeting, "bob"), LOBBY)
def documents_of_one_who_waits(meeting: Meeting) -> None:
    """Who waits hears nothing of documents"""
    meeting.brings("alice")
    meeting.does("alice", s.TurnPage(document="plans", page=2))
    meeting.does("alice", c.AdmitParticipant(participant="carol"))
