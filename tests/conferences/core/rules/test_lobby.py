"""Letting people in who wait."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.calls import HoldInLobby
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, DropReason, LeftReason, Role
from tests.conferences.meeting import Meeting


def test_the_host_admits_one(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitParticipant(participant="bob"))
    assert lobby["bob"].role is Role.GUEST
    assert lobby["carol"].role is Role.WAITING


def test_the_host_admits_all(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitAll())
    assert [lobby[who].role for who in ("bob", "carol")] == [Role.GUEST, Role.GUEST]
    assert lobby.does("alice", c.AdmitAll()) == []


def test_who_is_denied_is_gone_and_may_not_knock_again(lobby: Meeting) -> None:
    left = lobby.does("alice", c.DenyParticipant(participant="bob"))[-1]
    assert isinstance(left, e.ParticipantLeft)
    assert left.reason is LeftReason.DENIED
    lobby.refuses(SYSTEM, lobby.joining("bob"), Reason.REMOVED)


def test_who_is_in_can_be_neither_admitted_nor_denied(meeting: Meeting) -> None:
    meeting.refuses("alice", c.AdmitParticipant(participant="bob"), Reason.NOT_WAITING)
    meeting.refuses("alice", c.DenyParticipant(participant="bob"), Reason.NOT_WAITING)


def test_who_is_not_there_can_be_neither_admitted_nor_denied(lobby: Meeting) -> None:
    lobby.refuses("alice", c.AdmitParticipant(participant="nobody"), Reason.NOT_HERE)
    lobby.refuses("alice", c.DenyParticipant(participant="nobody"), Reason.NOT_HERE)


def test_a_locked_conference_still_admits_who_waits(lobby: Meeting) -> None:
    lobby.does("alice", c.LockConference())
    lobby.does("alice", c.AdmitParticipant(participant="bob"))
    assert lobby["bob"].role is Role.GUEST


def test_who_is_admitted_while_the_connection_is_gone_is_shown_so_to_everyone(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitParticipant(participant="carol"))
    lobby.does(SYSTEM, c.DropLeg(leg=lobby.leg_of("bob"), reason=DropReason.NETWORK))
    (admitted,) = lobby.does("alice", c.AdmitParticipant(participant="bob"))
    assert isinstance(admitted, e.ParticipantAdmitted)
    assert not admitted.connected
    assert not lobby.state.seen_by("carol").participants["bob"].connected
    lobby.wait(61)
    assert "bob" not in lobby


def test_who_waits_is_let_in_when_the_lobby_is_closed(lobby: Meeting) -> None:
    lobby.does("alice", c.ChangePolicy(lobby=False))
    assert lobby["bob"].role is Role.GUEST


def test_somebody_is_held_back_and_sees_no_more_than_who_waits(meeting: Meeting) -> None:
    meeting.does("bob", c.RaiseHand())
    held, waits = meeting.does("alice", HoldInLobby(participant="bob"))
    assert meeting.hearers_of(held) == {"alice", "bob", "carol"}
    assert meeting.hearers_of(waits) == {"alice", "bob"}
    assert (meeting["bob"].role, meeting["bob"].hand) == (Role.WAITING, 0)
    assert list(meeting.state.seen_by("bob").participants) == ["bob"]
    assert "bob" not in meeting.state.seen_by("carol").participants
    meeting.does("alice", c.AdmitParticipant(participant="bob"))
    assert meeting["bob"].role is Role.GUEST


def test_who_lost_the_connection_may_be_held_back_and_is_given_up_like_others(meeting: Meeting) -> None:
    meeting.does(SYSTEM, c.DropLeg(leg=meeting.leg_of("bob"), reason=DropReason.NETWORK))
    meeting.does("alice", HoldInLobby(participant="bob"))
    assert not meeting["bob"].connected
    meeting.wait(61)
    assert "bob" not in meeting


def test_nobody_holds_back_themselves_the_owner_or_who_waits_already(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    meeting.refuses("bob", HoldInLobby(participant="bob"), Reason.NOT_ALLOWED)
    meeting.refuses("bob", HoldInLobby(participant="alice"), Reason.NOT_ALLOWED)
    meeting.does("bob", HoldInLobby(participant="carol"))
    meeting.refuses("bob", HoldInLobby(participant="carol"), Reason.IS_WAITING)


def test_who_is_held_back_is_not_called(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    meeting.dials("bob", "mine", to="bob")
    meeting.does("alice", HoldInLobby(participant="bob"))
    assert meeting.state.dials == {}


def test_a_caller_who_waited_is_heard_when_let_in(lobby: Meeting) -> None:
    lobby.phones("mallory")
    assert not lobby["mallory"].microphone
    lobby.does("alice", c.AdmitParticipant(participant="mallory"))
    assert (lobby["mallory"].phone, lobby["mallory"].web, lobby["mallory"].microphone) == (True, False, True)
