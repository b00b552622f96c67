"""What a browser may send of timers, and what becomes of a spotlight."""

import msgspec
import pytest

from conferences.core import commands as c
from conferences.core import floor as f
from conferences.core.messages import ClientCommand
from tests.conferences.meeting import Meeting

decode = msgspec.json.Decoder(ClientCommand).decode


@pytest.mark.parametrize("seconds", [0, -1, 24 * 3600 + 1, 1.5])
def test_a_timer_has_bounds(seconds: float) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode({"type": "timer.start", "seconds": seconds}))


def test_the_spotlight_goes_out_when_they_leave(meeting: Meeting) -> None:
    meeting.does("alice", f.MoveSpotlight(participant="bob"))
    meeting.does("carol", c.LeaveConference())
    assert meeting.state.spotlight == "bob"
    meeting.does("bob", c.LeaveConference())
    assert meeting.state.spotlight == ""


def test_who_waits_sees_neither_timer_nor_spotlight(lobby: Meeting) -> None:
    lobby.does("alice", f.MoveSpotlight(participant="alice"))
    lobby.does("alice", f.StartTimer(seconds=60))
    seen = lobby.state.seen_by("bob")
    assert (seen.spotlight, seen.timer) == ("", None)
