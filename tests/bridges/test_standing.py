"""What a caller's client knows of the conference."""

from typing import Any

import msgspec
import pytest

from bridges.standing import Change, Gone, Standing, changes, heard
from conferences.core import commands as c
from conferences.core.recording import PauseRecording, ResumeRecording, StartRecording, StopRecording
from conferences.core.words import LegKind, Policy
from conferences.draft import Draft, welcome
from tests.conferences.meeting import Meeting


class Ear:
    """Bob's client, at a conference on paper: hears what a browser would."""

    def __init__(self, meeting: Meeting, me: str = "bob") -> None:
        self.meeting = meeting
        self.me = me
        self.changes: list[Change] = []
        self.standing = Standing()
        self.hears(msgspec.json.decode(welcome(meeting.state, me, "c1", "s", meeting.now)))

    def hears(self, message: dict[str, Any]) -> None:
        before, self.standing = self.standing, heard(self.standing, message)
        self.changes += changes(before, self.standing)

    def follows(self, by: str, command: Any) -> list[Change]:
        """Somebody does something; what bob notices."""
        draft = Draft(self.meeting.state)
        draft.decide(command, by=by, now=self.meeting.now)
        self.meeting.does(by, command)
        self.changes = []
        announcement = draft.announcement("c1", server="s", now=self.meeting.now)
        if self.me in announcement.fresh:
            self.hears(msgspec.json.decode(announcement.fresh[self.me]))
            return self.changes
        for told in announcement.heard:
            if told.hearers is None or self.me in told.hearers:
                self.hears({"event": msgspec.json.decode(told.event)})
        return self.changes


@pytest.fixture
def ear(meeting: Meeting) -> Ear:
    return Ear(meeting)


def test_who_enters_knows_where_they_are(ear: Ear) -> None:
    assert ear.standing == Standing(
        me="bob",
        conference="c1",
        waiting=False,
        opened=True,
        people={who: who.title() for who in ("alice", "bob", "carol")},
    )
    assert ear.changes == [Change.ADMITTED]


def test_who_waits_is_admitted(lobby: Meeting) -> None:
    ear = Ear(lobby)
    assert (ear.standing.waiting, ear.changes) == (True, [])
    assert ear.follows("alice", c.AdmitParticipant(participant="bob")) == [Change.ADMITTED]


def test_who_is_denied_is_gone(lobby: Meeting) -> None:
    ear = Ear(lobby)
    assert ear.follows("alice", c.DenyParticipant(participant="bob")) == [Change.GONE]
    assert ear.standing.gone is Gone.DENIED


def test_who_is_removed_is_gone(ear: Ear) -> None:
    assert ear.follows("alice", c.RemoveParticipant(participant="bob")) == [Change.GONE]
    assert ear.standing.gone is Gone.REMOVED


def test_when_it_is_over_all_are_gone(ear: Ear) -> None:
    assert ear.follows("alice", c.EndConference()) == [Change.GONE]
    assert ear.standing.gone is Gone.ENDED


def test_voice_and_hand(ear: Ear) -> None:
    assert ear.follows("bob", c.UnmuteMicrophone()) == [Change.SPEAKS]
    assert ear.follows("alice", c.MuteMicrophone(participant="bob")) == [Change.MUTED]
    assert ear.follows("bob", c.RaiseHand()) == [Change.HAND_RAISED]
    assert ear.follows("alice", c.LowerAllHands()) == [Change.HAND_LOWERED]
    assert ear.follows("alice", c.AskToUnmute(participant="bob")) == [Change.ASKED_TO_SPEAK]


def test_what_others_do_is_not_noticed(ear: Ear) -> None:
    assert ear.follows("carol", c.UnmuteMicrophone()) == []
    assert ear.follows("carol", c.RaiseHand()) == []
    assert ear.follows("alice", c.MuteMicrophone(participant="carol")) == []


def test_the_lock(ear: Ear) -> None:
    assert ear.follows("alice", c.LockConference()) == [Change.LOCKED]
    assert ear.follows("alice", c.UnlockConference()) == [Change.UNLOCKED]


def test_the_recording(ear: Ear) -> None:
    assert ear.follows("alice", StartRecording()) == [Change.RECORDED]
    assert ear.follows("alice", PauseRecording()) == [Change.RECORDED_NO_LONGER]
    assert ear.follows("alice", ResumeRecording()) == [Change.RECORDED]
    assert ear.follows("alice", StopRecording()) == [Change.RECORDED_NO_LONGER]


def test_who_becomes_host_knows_it(ear: Ear) -> None:
    assert not ear.standing.host
    ear.follows("alice", c.PassRole(participant="bob"))
    assert ear.standing.host


def test_people_are_counted_as_they_come_and_go(ear: Ear) -> None:
    ear.follows("", ear.meeting.joining("mallory", kind=LegKind.PHONE))
    assert len(ear.standing.people) == 4
    ear.follows("carol", c.LeaveConference())
    assert set(ear.standing.people) == {"alice", "bob", "mallory"}


def test_people_are_called_as_they_are_now(ear: Ear) -> None:
    ear.follows("alice", c.RenameParticipant(participant="carol", name="Carol of sales"))
    assert ear.standing.people["carol"] == "Carol of sales"


def test_who_waits_counts_when_let_in() -> None:
    meeting = Meeting(Policy(lobby=True))
    for who in ("alice", "bob"):
        meeting.joins(who)
    ear = Ear(meeting, "alice")
    assert set(ear.standing.people) == {"alice"}
    ear.follows("alice", c.AdmitParticipant(participant="bob"))
    assert set(ear.standing.people) == {"alice", "bob"}


@pytest.mark.parametrize("message", [{}, {"event": None}, {"signal": {"type": "pong"}}, {"refused": "busy"}])
def test_what_is_none_of_a_callers_business_changes_nothing(ear: Ear, message: dict[str, Any]) -> None:
    assert heard(ear.standing, message) is ear.standing


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {"event": {"type": kind, **fields}}


def test_who_was_merged_comes_back_as_the_other(ear: Ear) -> None:
    ear.hears(event("call.merged", participant="bob", into="carol", by="alice"))
    assert (ear.standing.gone, ear.standing.becomes) == (Gone.BECAME, "carol")


def test_who_was_split_comes_back_as_they_came_or_not_at_all(ear: Ear) -> None:
    split = heard(ear.standing, event("call.split", participant="bob", origin="tel-1", by="alice"))
    assert (split.gone, split.becomes) == (Gone.BECAME, "tel-1")
    alone = heard(ear.standing, event("call.split", participant="bob", origin="", by="alice"))
    assert alone.gone is Gone.LEFT


def test_another_who_was_merged_is_no_longer_counted(ear: Ear) -> None:
    ear.hears(event("call.merged", participant="carol", into="bob", by="alice"))
    assert set(ear.standing.people) == {"alice", "bob"}


def test_who_is_held_back_waits(ear: Ear) -> None:
    ear.changes = []
    ear.hears(event("lobby.held", participant="bob", by="alice"))
    assert ear.changes == [Change.HELD_BACK]
    assert ear.standing.waiting
