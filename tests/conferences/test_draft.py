"""What would become true and be told, if the journal keeps it."""

import json

import pytest

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core.messages import AnyCommand
from conferences.core.rules import Refused
from conferences.core.words import SYSTEM, DropReason, Role
from conferences.draft import Draft, resumed, welcome
from conferences.hub import OVER, SEAT_TAKEN, Announcement
from tests.conferences.meeting import BEGIN, Meeting


def announced(draft: Draft) -> Announcement:
    return draft.announcement("c1", server="server-1", now=BEGIN)


def decided(meeting: Meeting, *asked: tuple[str, AnyCommand]) -> Announcement:
    draft = Draft(meeting.state)
    for by, command in asked:
        draft.decide(command, by=by, now=BEGIN)
    return announced(draft)


def test_each_command_is_decided_on_what_the_ones_before_make_true(meeting: Meeting) -> None:
    draft = Draft(meeting.state)
    draft.decide(c.PassRole(participant="bob"), by="alice", now=BEGIN)
    draft.decide(c.LockConference(), by="bob", now=BEGIN)
    with pytest.raises(Refused):
        draft.decide(c.UnlockConference(), by="alice", now=BEGIN)
    assert draft.state.locked
    assert not draft.before.locked
    assert draft.first_seq == meeting.state.seq + 1
    assert [type(event).__name__ for event in draft.events] == [
        "RoleChanged",
        "RoleChanged",
        "ConferenceLocked",
    ]


def test_who_becomes_host_is_told_all(meeting: Meeting) -> None:
    announcement = decided(meeting, ("alice", c.PassRole(participant="bob")))
    assert set(announcement.fresh) == {"alice", "bob"}
    told = json.loads(bytes(announcement.fresh["bob"]))
    assert told["welcome"]["participants"]["bob"]["role"] == Role.HOST
    assert told["seq"] == announcement.last_seq


def test_who_is_told_all_but_has_left_is_told_nothing(meeting: Meeting) -> None:
    announcement = decided(meeting, ("alice", c.PassRole(participant="bob")), ("bob", c.LeaveConference()))
    assert set(announcement.fresh) == {"alice"}


def test_legs_are_closed_by_what_ended_them(meeting: Meeting) -> None:
    leg = meeting.leg_of("bob")
    removed = decided(meeting, ("alice", c.RemoveParticipant(participant="bob")))
    taken = decided(meeting, (SYSTEM, meeting.joining("bob")))
    lost = decided(meeting, (SYSTEM, c.DropLeg(leg=leg, reason=DropReason.NETWORK)))
    ended = decided(meeting, ("alice", c.EndConference()))
    assert removed.closing == {leg: OVER}
    assert taken.closing == {leg: SEAT_TAKEN}
    assert lost.closing == {}
    assert ended.closing == dict.fromkeys(meeting.state.legs, OVER)


def test_who_left_does_not_hear_what_comes_after_in_the_same_breath(meeting: Meeting) -> None:
    announcement = decided(
        meeting,
        ("alice", c.RemoveParticipant(participant="bob")),
        ("carol", h.SendChat(text="At last")),
    )
    *_, left, chat = announcement.heard
    assert left.hearers is None
    assert chat.hearers == frozenset({"alice", "carol"})


def test_a_welcome_says_who_one_is_and_what_may_be_seen(lobby: Meeting) -> None:
    told = json.loads(welcome(lobby.state, "bob", "c1", "server-1", BEGIN))
    assert (told["you"], told["conference"], told["server"], told["now"]) == ("bob", "c1", "server-1", BEGIN)
    assert list(told["welcome"]["participants"]) == ["bob"]


def test_what_was_missed_is_told_with_nothing_for_what_was_others(meeting: Meeting) -> None:
    heard = decided(
        meeting,
        ("alice", h.SendChat(text="psst", to="carol")),
        ("alice", c.RaiseHand()),
    ).heard
    head, *told = json.loads(resumed(list(enumerate(heard, start=10)), "bob", "c1", "server-1", BEGIN))
    assert head["resumed"] == 2
    assert told[0] == {"seq": 10, "event": None}
    assert told[1]["event"]["type"] == "hand.raised"
