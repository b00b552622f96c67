"""What is true after the facts of a meeting; `test_evolve.py` and the histories say it at length."""

from conferences.core import commands as c
from conferences.core.words import SYSTEM, DropReason
from tests.conferences.meeting import Meeting


def test_who_drops_stays_seated_and_is_marked(meeting: Meeting) -> None:
    meeting.does(SYSTEM, c.DropLeg(leg=meeting.leg_of("bob"), reason=DropReason.NETWORK))
    assert not meeting["bob"].connected
    assert meeting.state.dropped_at == {"bob": meeting.now}
    meeting.joins("bob")
    assert meeting["bob"].connected
    assert meeting.state.dropped_at == {}


def test_with_a_participant_their_legs_go(meeting: Meeting) -> None:
    meeting.does("bob", c.LeaveConference())
    assert {leg.participant for leg in meeting.state.legs.values()} == {"alice", "carol"}
