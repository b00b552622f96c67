"""Who leads everybody's view, and speaks to those who wait."""

import pytest

from conferences.core import commands as c
from conferences.core import hall as h
from conferences.core.messages import ClientCommand
from conferences.core.rules import Reason
from conferences.core.words import Role
from tests.conferences.meeting import Meeting

GRID = h.LayoutMode.GRID


@pytest.mark.parametrize(
    "command", [h.LeadLayout(mode=GRID), h.ReleaseLayout(), h.TellLobby(text="Hello")], ids=str
)
def test_guests_arrange_nothing(meeting: Meeting, command: ClientCommand) -> None:
    meeting.refuses("bob", command, Reason.NOT_ALLOWED)


def test_a_presenter_leads_and_another_takes_over(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", h.LeadLayout(mode=GRID))
    assert meeting.does("bob", h.LeadLayout(mode=GRID)) == []
    assert meeting.state.seen_by("carol").lead == h.Lead(by="bob", mode=GRID, large="")
    meeting.does("alice", h.LeadLayout(mode=GRID))
    assert meeting.state.lead == h.Lead(by="alice", mode=GRID, large="")
    meeting.does("bob", h.ReleaseLayout())
    assert meeting.state.lead is None
    assert meeting.does("bob", h.ReleaseLayout()) == []


def test_who_is_shown_large_is_here(meeting: Meeting) -> None:
    meeting.refuses("alice", h.LeadLayout(mode=GRID, large="camera:mallory"), Reason.NOT_HERE)


def test_who_comes_late_follows(meeting: Meeting) -> None:
    meeting.does("alice", h.LeadLayout(mode=GRID, large="screen:bob"))
    meeting.joins("mallory")
    assert meeting.state.seen_by("mallory").lead == meeting.state.lead


def test_hosts_tell_the_lobby_something_and_nothing(lobby: Meeting) -> None:
    lobby.does("alice", h.TellLobby(text=" Soon\u202e! "))
    assert lobby.state.lobby_message == "Soon!"
    assert lobby.does("alice", h.TellLobby(text="Soon!")) == []
    lobby.refuses("alice", h.TellLobby(text=" "), Reason.TEXT_NEEDED)
    lobby.does("alice", h.TellLobby())
    assert lobby.state.lobby_message == ""
