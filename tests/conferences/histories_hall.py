"""Plots of the agenda, the led view, the word to those who wait, and notes. `histories.py` gathers them."""

from conferences.core import agenda as a
from conferences.core import commands as c
from conferences.core import floor as f
from conferences.core import hall as h
from conferences.core import notes as n
from conferences.core.words import Policy, Role
from tests.conferences.histories import admitted, plot, three
from tests.conferences.meeting import Meeting

ITEMS = (
    a.AgendaItem(id=1, title="Welcome", minutes=5),
    a.AgendaItem(id=2, title="Budget\u00a0– ميزانية"),
    a.AgendaItem(id=3, title="Any other business", minutes=10),
)


@plot("carol", three)
def agenda(meeting: Meeting) -> None:
    """An agenda is written, gone through, ordered anew and emptied"""
    meeting.does("alice", a.ChangeAgenda(items=ITEMS))
    meeting.does("alice", a.GoToItem(item=1))
    meeting.wait(90)
    meeting.does("alice", a.TickItem(item=1))
    meeting.does("alice", a.GoToItem(item=2))
    meeting.does("alice", a.TickItem(item=1, done=False))
    meeting.does("alice", a.ChangeAgenda(items=(ITEMS[2], ITEMS[1])))
    meeting.does("alice", a.ChangeAgenda(items=(ITEMS[2],)))
    meeting.does("alice", a.GoToItem(item=3))
    meeting.does("alice", a.GoToItem())
    meeting.does("alice", a.ChangeAgenda(items=()))


@plot("bob", three)
def led_view(meeting: Meeting) -> None:
    """The view is led, lit, taken over, released, and let go by who leaves or steps down"""
    meeting.does("alice", h.LeadLayout(mode=h.LayoutMode.SPEAKER, large="camera:bob"))
    meeting.does("alice", f.MoveSpotlight(participant="carol"))
    meeting.does("alice", f.MoveSpotlight())
    meeting.does("alice", c.SetRole(participant="carol", role=Role.PRESENTER))
    meeting.does("carol", h.LeadLayout(mode=h.LayoutMode.GRID))
    meeting.does("alice", h.ReleaseLayout())
    meeting.does("carol", h.LeadLayout(mode=h.LayoutMode.GRID, large="screen:alice"))
    meeting.does("alice", c.SetRole(participant="carol", role=Role.GUEST))
    meeting.does("alice", h.LeadLayout(mode=h.LayoutMode.SPEAKER))
    meeting.does("alice", c.LeaveConference())


@plot("carol", lambda meeting: admitted(meeting, "bob"), Policy(lobby=True))
def word_to_the_lobby(meeting: Meeting) -> None:
    """Who waits is told something, and nothing else"""
    meeting.does("alice", h.TellLobby(text="We start in five minutes"))
    meeting.does("alice", a.ChangeAgenda(items=ITEMS))
    meeting.does("alice", h.LeadLayout(mode=h.LayoutMode.SPEAKER))
    meeting.does("bob", n.WriteNotes(text="Carol waits"))
    meeting.does("alice", h.TellLobby())


@plot("bob", three)
def notes(meeting: Meeting) -> None:
    """One hears of one's own notes alone"""
    meeting.does("bob", n.WriteNotes(text="Ask about\nthe budget"))
    meeting.does("alice", n.WriteNotes(text="Bob looks tired"))
    meeting.does("bob", n.WriteNotes(text=""))
    meeting.does("bob", n.WriteNotes(text="ملاحظات"))
