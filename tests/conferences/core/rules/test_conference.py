"""Lock, policy, presence, end."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, EndReason, Policy, Role, Status
from tests.conferences.meeting import Meeting


def test_the_host_locks_and_unlocks(meeting: Meeting) -> None:
    meeting.does("alice", c.LockConference())
    assert meeting.state.locked
    assert meeting.does("alice", c.LockConference()) == []
    meeting.does("alice", c.UnlockConference())
    assert not meeting.state.locked
    assert meeting.does("alice", c.UnlockConference()) == []


def test_a_lobby_opened_in_the_middle_makes_newcomers_wait(meeting: Meeting) -> None:
    meeting.does("alice", c.ChangePolicy(lobby=True))
    assert meeting.joins("mallory") is Role.WAITING
    assert meeting["bob"].role is Role.GUEST


def test_what_is_unset_stays_as_it_was(meeting: Meeting) -> None:
    meeting.does("alice", c.ChangePolicy(mute_on_entry=True))
    assert meeting.state.policy == Policy(mute_on_entry=True)
    assert meeting.does("alice", c.ChangePolicy(mute_on_entry=True)) == []
    assert meeting.does("alice", c.ChangePolicy()) == []


def test_guests_stop_sharing_when_they_may_no_longer(meeting: Meeting) -> None:
    for who in ("alice", "bob"):
        meeting.does(who, c.ShareScreen())
    meeting.does("alice", c.ChangePolicy(guests_share=False))
    assert (meeting["alice"].screen, meeting["bob"].screen) == (True, False)


def test_the_end_is_the_end(meeting: Meeting) -> None:
    (ended,) = meeting.does("alice", c.EndConference())
    assert isinstance(ended, e.ConferenceEnded)
    assert (ended.reason, ended.by) == (EndReason.HOST, "alice")
    assert meeting.state.status is Status.ENDED
    assert meeting.roster == []
    meeting.refuses("alice", c.EndConference(), Reason.ENDED)


def test_who_waits_hears_of_the_end(lobby: Meeting) -> None:
    (ended,) = lobby.does("alice", c.EndConference())
    assert lobby.hearers_of(ended) == {"alice", "bob", "carol"}


def test_an_end_by_the_server_is_the_admins(meeting: Meeting) -> None:
    meeting.does(SYSTEM, c.EndConference())
    assert meeting.end_reason is EndReason.ADMIN


def test_nobody_needs_to_stay_who_was_not_asked(meeting: Meeting) -> None:
    assert meeting.does("bob", c.StayInConference()) == []
