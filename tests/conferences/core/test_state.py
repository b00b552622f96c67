"""`State.seen_by`, the only redaction; and that a state survives being kept."""

import msgspec
from hypothesis import given, settings

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core.state import Picture, State
from conferences.core.words import Role
from tests.conferences.meeting import Meeting
from tests.conferences.stories import Story, stories


def test_who_waits_sees_only_oneself(lobby: Meeting) -> None:
    lobby.does("alice", h.SendChat(text="secret"))
    picture = lobby.state.seen_by("bob")
    assert list(picture.participants) == ["bob"]
    assert picture.chat == ()


def test_who_waits_is_not_told_what_goes_on_inside(lobby: Meeting) -> None:
    lobby.does("alice", c.LockConference())
    lobby.wait(24 * 3600 - 60)
    assert lobby.state.warning is not None
    picture = lobby.state.seen_by("bob")
    assert (picture.locked, picture.warning, picture.answer_by) == (False, None, 0)


def test_guests_do_not_see_who_waits_and_hosts_do(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitParticipant(participant="bob"))
    assert set(lobby.state.seen_by("bob").participants) == {"alice", "bob"}
    assert set(lobby.state.seen_by("alice").participants) == {"alice", "bob", "carol"}


def test_who_waits_sees_no_documents(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitParticipant(participant="carol"))
    lobby.brings("alice")
    assert lobby.page == ("plans", 1)
    for outsider in ("bob", "mallory"):
        assert (lobby.state.seen_by(outsider).documents, lobby.state.seen_by(outsider).shown) == ({}, None)
    assert lobby.state.seen_by("carol").shown == lobby.state.shown


def test_who_is_not_here_sees_nobody(meeting: Meeting) -> None:
    meeting.does("bob", h.SendChat(text="secret"))
    picture = meeting.state.seen_by("mallory")
    assert picture.participants == {}
    assert picture.chat == ()


def test_a_whisper_is_seen_by_two(meeting: Meeting) -> None:
    meeting.does("bob", h.SendChat(text="psst", to="carol"))
    assert [len(meeting.state.seen_by(who).chat) for who in ("alice", "bob", "carol")] == [0, 1, 1]


def test_a_picture_holds_nothing_of_accounts_legs_and_the_departed(meeting: Meeting) -> None:
    meeting.joins("mallory", account="mallory@example.org")
    meeting.does("mallory", c.LeaveConference())
    told = msgspec.json.encode(meeting.state.seen_by("alice"))
    assert type(meeting.state.seen_by("alice")) is Picture
    assert b"mallory" not in told
    assert b"leg-" not in told


def test_hosts_and_the_admitted_are_counted(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitParticipant(participant="bob"))
    lobby.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    assert [p.id for p in lobby.state.hosts()] == ["alice", "bob"]
    assert [p.id for p in lobby.state.admitted()] == ["alice", "bob"]


@given(stories())
@settings(max_examples=40, deadline=None)
def test_a_state_is_read_again_as_it_was_kept(story: Story) -> None:
    meeting = story.told()
    assert msgspec.json.decode(msgspec.json.encode(meeting.state), type=State) == meeting.state


@given(stories())
@settings(max_examples=40, deadline=None)
def test_nobody_is_in_a_conference_before_it_opens(story: Story) -> None:
    for meeting in story.step_by_step():
        assert meeting.state.status != "waiting" or not meeting.state.admitted()


@given(stories())
@settings(max_examples=40, deadline=None)
def test_every_leg_is_somebodys_and_who_has_none_is_shown_so(story: Story) -> None:
    meeting = story.told()
    state = meeting.state
    connected = {leg.participant for leg in state.legs.values()}
    assert connected == {p.id for p in state.participants.values() if p.connected}
    assert set(state.dropped_at) == set(state.participants) - connected
