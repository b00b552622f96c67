"""What a browser may send of views and to the lobby, and who is told."""

import msgspec
import pytest

from conferences.core import commands as c
from conferences.core import floor as f
from conferences.core import hall as h
from conferences.core.messages import ClientCommand
from conferences.core.words import Role
from tests.conferences.meeting import Meeting

decode = msgspec.json.Decoder(ClientCommand).decode
SPEAKER = h.LayoutMode.SPEAKER


@pytest.mark.parametrize(
    "message",
    [
        {"type": "layout.lead", "mode": "upside-down"},
        {"type": "layout.lead", "mode": "grid", "large": "bob"},
        {"type": "layout.lead", "mode": "grid", "large": "camera:" + "x" * 33},
        {"type": "lobby.tell", "text": "x" * 501},
    ],
    ids=str,
)
def test_a_view_and_a_word_have_bounds(message: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))


def test_who_leaves_or_presents_no_more_leads_nobody(meeting: Meeting) -> None:
    for role in (Role.PRESENTER, Role.HOST):
        meeting.does("alice", c.SetRole(participant="bob", role=role))
        meeting.does("bob", h.LeadLayout(mode=SPEAKER))
    assert meeting.state.lead is not None
    meeting.does("carol", c.LeaveConference())
    assert meeting.state.lead is not None
    meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST))
    assert meeting.state.lead is None
    meeting.does("alice", h.LeadLayout(mode=SPEAKER))
    meeting.does("alice", c.LeaveConference())
    assert meeting.state.lead is None


def test_the_spotlight_is_the_last_word_about_who_is_large(meeting: Meeting) -> None:
    meeting.does("alice", h.LeadLayout(mode=SPEAKER, large="camera:bob"))
    meeting.does("alice", f.MoveSpotlight(participant="carol"))
    assert meeting.state.lead == h.Lead(by="alice", mode=SPEAKER, large="")
    meeting.does("alice", h.LeadLayout(mode=SPEAKER, large="camera:bob"))
    meeting.does("alice", f.MoveSpotlight())
    assert meeting.state.lead == h.Lead(by="alice", mode=SPEAKER, large="camera:bob")


def test_who_waits_reads_the_word_to_them_and_knows_not_whose_it_is(lobby: Meeting) -> None:
    (told,) = lobby.does("alice", h.TellLobby(text="We start in five minutes"))
    assert lobby.hearers_of(told) == {"alice", "bob", "carol"}
    assert b"alice" not in msgspec.json.encode(told)
    lobby.does("alice", h.LeadLayout(mode=SPEAKER))
    lobby.joins("mallory")
    for waiting in ("bob", "mallory"):
        seen = lobby.state.seen_by(waiting)
        assert (seen.lobby_message, seen.lead) == ("We start in five minutes", None)
