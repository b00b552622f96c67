"""Who hears an event: those who wait hear little, a whisper is for two, the journal's own is for nobody."""

from typing import Any

import pytest
from hypothesis import given, settings

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.evolve import evolve
from conferences.core.hearing import changed_sight
from conferences.core.messages import AnyCommand, AnyEvent, ClientCommand
from conferences.core.notes import NotesWritten
from conferences.core.state import State
from conferences.core.words import SYSTEM, DropReason, Role
from tests.conferences.meeting import CAST, Meeting
from tests.conferences.pictures import heard
from tests.conferences.stories import Story, stories

ROOM = {"alice", "bob", "carol"}


def told_of(meeting: Meeting, by: str, command: AnyCommand) -> list[set[str]]:
    return [meeting.hearers_of(event) for event in meeting.does(by, command)]


@pytest.mark.parametrize(
    "command",
    [c.RaiseHand(), c.UnmuteMicrophone(), h.SendChat(text="Hello"), c.ShareScreen()],
    ids=lambda command: type(command).__name__,
)
def test_what_happens_in_the_room_is_for_the_room(meeting: Meeting, command: ClientCommand) -> None:
    meeting.does("alice", c.ChangePolicy(lobby=True))
    meeting.joins("mallory")
    assert told_of(meeting, "bob", command) == [ROOM]


@pytest.mark.parametrize(
    "command",
    [c.EndConference(), c.ChangePolicy(mute_on_entry=True)],
    ids=lambda command: type(command).__name__,
)
def test_what_concerns_all_is_also_for_those_who_wait(lobby: Meeting, command: ClientCommand) -> None:
    assert told_of(lobby, "alice", command) == [ROOM]


def test_hosts_alone_see_who_knocks(meeting: Meeting) -> None:
    meeting.does("alice", c.ChangePolicy(lobby=True))
    joined, leg = told_of(meeting, SYSTEM, meeting.joining("mallory"))
    assert joined == {"alice", "mallory"}
    assert leg == set()


def test_hosts_alone_see_what_becomes_of_who_waits(lobby: Meeting) -> None:
    assert told_of(lobby, "bob", c.RenameParticipant(name="Robert")) == [{"alice", "bob"}]
    gone = c.DropLeg(leg=lobby.leg_of("bob"), reason=DropReason.NETWORK)
    assert told_of(lobby, SYSTEM, gone) == [set(), {"alice", "bob"}]
    assert told_of(lobby, "alice", c.DenyParticipant(participant="bob")) == [{"alice", "bob"}]


def test_everyone_in_the_room_sees_who_is_let_in_and_those_who_wait_do_not(lobby: Meeting) -> None:
    assert told_of(lobby, "alice", c.AdmitParticipant(participant="bob")) == [{"alice", "bob"}]


def test_a_question_is_between_two(meeting: Meeting) -> None:
    assert told_of(meeting, "alice", c.AskToUnmute(participant="bob")) == [{"alice", "bob"}]
    assert told_of(meeting, "bob", h.SendChat(text="psst", to="carol")) == [{"bob", "carol"}]


def test_who_is_let_in_sees_more_from_then_on(lobby: Meeting) -> None:
    before = lobby.state
    (admitted,) = lobby.does("alice", c.AdmitParticipant(participant="bob"))
    assert changed_sight(admitted, before) == "bob"


@pytest.mark.parametrize("role", [Role.HOST, Role.PRESENTER])
def test_who_gets_a_higher_role_sees_more(meeting: Meeting, role: Role) -> None:
    before = meeting.state
    changed, *_ = meeting.does("alice", c.SetRole(participant="bob", role=role))
    assert changed_sight(changed, before) == "bob"


def test_who_steps_down_sees_them_no_longer(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    before = meeting.state
    changed, *_ = meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST))
    assert changed_sight(changed, before) == "bob"


@given(stories())
@settings(max_examples=60, deadline=None)
def test_nobody_hears_of_people_or_words_they_cannot_see(story: Story) -> None:
    meeting = story.told()
    truth = State()
    for event in meeting.events:
        before, truth = truth, evolve(truth, event)
        for viewer in set(CAST) & (set(before.participants) | set(truth.participants)):
            told = heard(event, viewer, before, truth)
            if told is not None:
                assert may_know(told, viewer, before, truth), (viewer, told)


def may_know(event: AnyEvent, viewer: str, before: State, after: State) -> bool:
    """Everybody named was or is to be seen; `by` is but an id, and says who acted on one."""
    about: Any = event
    named = [id for field in ("participant", "to") if (id := getattr(about, field, ""))]
    seen = all(before.sees(viewer, who) or after.sees(viewer, who) for who in named)
    return seen and not isinstance(event, e.LegOpened | e.LegClosed) and is_for(event, viewer)


def is_for(event: AnyEvent, viewer: str) -> bool:
    if isinstance(event, NotesWritten):
        return viewer == event.participant
    return not isinstance(event, h.ChatWhispered | e.UnmuteAsked) or viewer in (event.participant, event.to)
