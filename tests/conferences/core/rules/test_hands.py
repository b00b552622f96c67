"""Raised hands, in order, and reactions."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules import Reason
from conferences.core.words import Reaction
from tests.conferences.meeting import Meeting


def raised(meeting: Meeting) -> list[str]:
    up = [p for p in meeting.state.participants.values() if p.hand]
    return [p.id for p in sorted(up, key=lambda p: p.hand)]


def test_hands_keep_the_order_in_which_they_were_raised(meeting: Meeting) -> None:
    for who in ("carol", "alice", "bob"):
        meeting.does(who, c.RaiseHand())
    assert raised(meeting) == ["carol", "alice", "bob"]


def test_a_hand_that_is_up_stays_in_its_place(meeting: Meeting) -> None:
    meeting.does("carol", c.RaiseHand())
    meeting.does("bob", c.RaiseHand())
    assert meeting.does("carol", c.RaiseHand()) == []
    assert raised(meeting) == ["carol", "bob"]


def test_who_lowers_and_raises_again_goes_to_the_end(meeting: Meeting) -> None:
    meeting.does("carol", c.RaiseHand())
    meeting.does("bob", c.RaiseHand())
    meeting.does("carol", c.LowerHand())
    meeting.does("carol", c.RaiseHand())
    assert raised(meeting) == ["bob", "carol"]


def test_a_host_lowers_a_hand_and_all_hands(meeting: Meeting) -> None:
    for who in ("carol", "alice", "bob"):
        meeting.does(who, c.RaiseHand())
    meeting.does("alice", c.LowerHand(participant="bob"))
    assert raised(meeting) == ["carol", "alice"]
    meeting.does("alice", c.LowerAllHands())
    assert raised(meeting) == []


def test_a_guest_lowers_nobody_elses_hand(meeting: Meeting) -> None:
    meeting.does("carol", c.RaiseHand())
    meeting.refuses("bob", c.LowerHand(participant="carol"), Reason.NOT_ALLOWED)


def test_a_hand_that_is_down_is_lowered_without_a_word(meeting: Meeting) -> None:
    assert meeting.does("bob", c.LowerHand()) == []
    assert meeting.does("alice", c.LowerAllHands()) == []


def test_a_reaction_is_told_and_leaves_nothing_behind(meeting: Meeting) -> None:
    before = meeting.state
    (sent,) = meeting.does("bob", c.SendReaction(reaction=Reaction.APPLAUSE))
    assert isinstance(sent, e.ReactionSent)
    assert meeting.state.participants == before.participants
