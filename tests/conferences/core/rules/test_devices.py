"""Microphones, cameras, screens."""

import pytest

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules import Reason
from conferences.core.words import Policy, Role
from tests.conferences.meeting import Meeting

SWITCHES = [
    (c.UnmuteMicrophone, c.MuteMicrophone, "microphone"),
    (c.StartCamera, c.StopCamera, "camera"),
    (c.ShareScreen, c.StopScreen, "screen"),
]
Switch = type[c.UnmuteMicrophone | c.StartCamera | c.ShareScreen]
Stop = type[c.MuteMicrophone | c.StopCamera | c.StopScreen]

each_switch = pytest.mark.parametrize(("on", "off", "what"), SWITCHES, ids=[s[2] for s in SWITCHES])


@each_switch
def test_everyone_switches_their_own(meeting: Meeting, on: Switch, off: Stop, what: str) -> None:
    meeting.does("bob", on())
    assert getattr(meeting["bob"], what)
    assert meeting.does("bob", on()) == []
    meeting.does("bob", off())
    assert not getattr(meeting["bob"], what)
    assert meeting.does("bob", off()) == []


@each_switch
def test_a_host_stops_others(meeting: Meeting, on: Switch, off: Stop, what: str) -> None:
    meeting.does("bob", on())
    meeting.does("alice", off(participant="bob"))
    assert not getattr(meeting["bob"], what)


@each_switch
def test_a_guest_stops_nobody_else(meeting: Meeting, on: Switch, off: Stop, what: str) -> None:
    meeting.does("bob", on())
    meeting.refuses("carol", off(participant="bob"), Reason.NOT_ALLOWED)


@each_switch
def test_who_waits_has_nothing_to_stop(lobby: Meeting, on: Switch, off: Stop, what: str) -> None:
    lobby.refuses("alice", off(participant="bob"), Reason.IS_WAITING)
    lobby.refuses("alice", off(participant="nobody"), Reason.NOT_HERE)


def test_all_but_the_hosts_are_muted_at_once(meeting: Meeting) -> None:
    for who in ("alice", "bob", "carol"):
        meeting.does(who, c.UnmuteMicrophone())
    meeting.does("alice", c.MuteAll())
    assert [meeting[who].microphone for who in ("alice", "bob", "carol")] == [True, False, False]


def test_a_guest_is_asked_to_unmute_and_decides(meeting: Meeting) -> None:
    (asked,) = meeting.does("alice", c.AskToUnmute(participant="bob"))
    assert isinstance(asked, e.UnmuteAsked)
    assert meeting.hearers_of(asked) == {"alice", "bob"}
    assert not meeting["bob"].microphone


def test_who_speaks_already_is_not_asked(meeting: Meeting) -> None:
    meeting.does("bob", c.UnmuteMicrophone())
    assert meeting.does("alice", c.AskToUnmute(participant="bob")) == []


def test_a_screen_may_get_its_sound_later(meeting: Meeting) -> None:
    meeting.does("bob", c.ShareScreen())
    meeting.does("bob", c.ShareScreen(sound=True))
    assert meeting["bob"].sound
    meeting.does("bob", c.StopScreen())
    assert not meeting["bob"].sound


def test_guests_share_only_where_they_may() -> None:
    meeting = Meeting(Policy(guests_share=False))
    meeting.joins("alice")
    meeting.joins("bob")
    meeting.refuses("bob", c.ShareScreen(), Reason.SHARING_OFF)
    meeting.does("alice", c.ShareScreen())
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", c.ShareScreen())
    assert meeting["bob"].screen


def test_a_caller_whom_a_host_muted_may_unmute_themselves_where_the_room_lets_them(meeting: Meeting) -> None:
    meeting.phones("mallory")
    meeting.does("alice", c.MuteAll())
    meeting.does("mallory", c.UnmuteMicrophone())
    assert meeting["mallory"].microphone


def test_else_a_host_must_ask_them_to_speak() -> None:
    meeting = Meeting(Policy(callers_unmute=False))
    meeting.joins("alice")
    meeting.phones("mallory")
    meeting.does("mallory", c.MuteMicrophone())
    meeting.does("mallory", c.UnmuteMicrophone())
    meeting.does("alice", c.MuteMicrophone(participant="mallory"))
    meeting.refuses("mallory", c.UnmuteMicrophone(), Reason.UNMUTE_OFF)
    meeting.does("alice", c.AskToUnmute(participant="mallory"))
    meeting.does("mallory", c.UnmuteMicrophone())
    assert meeting["mallory"].microphone
