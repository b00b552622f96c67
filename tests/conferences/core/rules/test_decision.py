"""Who may ask: every command, every role. And whatever is asked, the answer is events or `Refused`."""

from typing import get_args

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from conferences.core import board as b
from conferences.core import calls
from conferences.core import captions as k
from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core import polls as p
from conferences.core import questions as q
from conferences.core import recording as r
from conferences.core import slides as s
from conferences.core.agenda import ChangeAgenda
from conferences.core.evolve import evolve
from conferences.core.messages import AnyCommand, AnyEvent, ClientCommand
from conferences.core.rules import Reason, Refused, decide, decided, due_at
from conferences.core.state import State
from conferences.core.words import SYSTEM, Dialers, Role
from tests.conferences.histories_board import FIGURES
from tests.conferences.meeting import Meeting
from tests.conferences.stories import Story, example, stories

EVERY_COMMAND = get_args(AnyCommand)
CLIENT_COMMANDS = get_args(ClientCommand)


@pytest.fixture
def ranks() -> Meeting:
    """Somebody of every role, named as their role; what `example` means is there."""
    meeting = Meeting()
    meeting.joins(Role.HOST, entitled=True)
    meeting.does(Role.HOST, p.OpenPoll(kind=p.PollKind.YES_NO))
    meeting.joins("other")
    meeting.does("other", q.AskQuestion(text="Why?"))
    meeting.joins(Role.PRESENTER)
    meeting.joins(Role.GUEST)
    meeting.does(Role.HOST, c.SetRole(participant=Role.PRESENTER, role=Role.PRESENTER))
    meeting.does(Role.HOST, c.ChangePolicy(lobby=True))
    meeting.joins(Role.WAITING)
    meeting.brings(Role.PRESENTER, "plans")
    with_drawings(meeting)
    meeting.does(Role.HOST, example(ChangeAgenda, participant=""))
    meeting.does(Role.HOST, r.StartRecording())
    for writer in (Role.HOST, Role.PRESENTER, Role.GUEST):
        meeting.does(Role.HOST, k.AssignCaptions(participant=writer))
    with_phones(meeting)
    return meeting


def with_phones(meeting: Meeting) -> None:
    """Everybody may be called; other has a phone too, somebody is a caller, and somebody is being called."""
    meeting.does(Role.HOST, c.ChangePolicy(dial_out=Dialers.EVERYONE))
    meeting.dials("other", "call", to="other")
    for who in ("other", "caller"):
        meeting.phones(who)
    meeting.does(Role.HOST, c.AdmitParticipant(participant="caller"))


def with_drawings(meeting: Meeting) -> None:
    """Everybody may draw; there is a note, and another that was erased, and a board that is not shown."""
    meeting.does(Role.HOST, b.PermitBoard(who=b.Drawers.EVERYONE))
    for shape in ("s1", "s2"):
        meeting.does("other", b.AddShape(document="plans", page=2, shape=shape, figure=FIGURES["note"]))
    meeting.does("other", b.EraseShapes(document="plans", page=2, shapes=("s2",)))
    meeting.does(Role.HOST, b.OpenBoard(name="Board"))
    meeting.does(Role.HOST, s.PresentDocument(document="plans"))


def test_every_command_has_a_rule() -> None:
    assert decided() == set(EVERY_COMMAND)


OF_THE_SERVER = {
    *(c.JoinParticipant, c.RevokeAccount, c.DropLeg, c.Tick),
    *(s.OfferDocument, s.ProgressDocument, s.AddDocument, s.FailDocument),
    *get_args(calls.CallServerCommand),
    *(h.AttachFile, r.ReduceRecording, r.RunOverRecording, r.FailRecording),
}


def test_the_commands_of_the_server_are_no_clients_commands() -> None:
    assert set(EVERY_COMMAND) - set(CLIENT_COMMANDS) == OF_THE_SERVER
    assert all(isinstance(command.needs, Role) for command in CLIENT_COMMANDS)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.__name__)
@pytest.mark.parametrize("role", list(Role))
def test_who_lacks_the_role_is_refused(ranks: Meeting, command: type[AnyCommand], role: Role) -> None:
    needs = command.needs
    if isinstance(needs, Role) and role.rank >= needs.rank:
        assert answer(ranks, example(command, participant="other"), by=role) is None
    else:
        ranks.refuses(role, example(command, participant="other"), Reason.NOT_ALLOWED)


ABOUT_THOSE_WHO_WAIT = (c.AdmitParticipant, c.DenyParticipant)
OF_A_LINE = (h.EditChat, h.DeleteChat, h.ReactToChat)
ON_THE_PHONE = (calls.SplitCall, calls.CancelDial)
OF_THEIR_AUTHOR = (q.DismissQuestion, b.RewordShape, b.MoveShapes, b.EraseShapes, b.RestoreShapes)
MAY_BE_ABOUT_OTHERS = (
    *(c.MuteMicrophone, c.StopCamera, c.StopScreen, c.LowerHand, c.RenameParticipant),
    k.UnassignCaptions,
    calls.SplitCall,
)


def answer(meeting: Meeting, command: AnyCommand, *, by: Role) -> Reason | None:
    """Why it is refused; about oneself, for what a host may do to others also."""
    if isinstance(command, ABOUT_THOSE_WHO_WAIT):
        command = type(command)(participant=Role.WAITING)
    elif isinstance(command, OF_A_LINE):
        meeting.does(by, h.SendChat(text="of the asker"))
        command = replace(command, line=meeting.state.chat[-1].id)
    elif isinstance(command, calls.MergeCall):
        command = replace(command, participant="caller")
    elif isinstance(command, MAY_BE_ABOUT_OTHERS) and by is not Role.HOST:
        command = example(type(command), participant="")
    others = isinstance(command, OF_THEIR_AUTHOR) and by is Role.GUEST
    others = others or (isinstance(command, ON_THE_PHONE) and by is not Role.HOST)
    asker = "other" if others else by
    try:
        decide(meeting.state, command, by=asker, now=meeting.now)
    except Refused as refused:
        return refused.reason
    return None


@pytest.mark.parametrize("command", MAY_BE_ABOUT_OTHERS, ids=lambda command: command.__name__)
def test_only_a_host_may_do_it_to_others(ranks: Meeting, command: type[AnyCommand]) -> None:
    about_another = example(command, participant="other")
    for role in (Role.WAITING, Role.GUEST, Role.PRESENTER):
        ranks.refuses(role, about_another, Reason.NOT_ALLOWED)
    decide(ranks.state, about_another, by=Role.HOST, now=ranks.now)


@pytest.mark.parametrize("command", CLIENT_COMMANDS, ids=lambda command: command.__name__)
def test_who_is_not_here_is_refused_everything(ranks: Meeting, command: type[AnyCommand]) -> None:
    ranks.refuses("mallory", example(command, participant="other"), Reason.NOT_HERE)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.__name__)
def test_what_ended_answers_nothing_but_that(ranks: Meeting, command: type[AnyCommand]) -> None:
    ranks.does(Role.HOST, c.EndConference())
    for by in (SYSTEM, Role.HOST):
        ranks.refuses(by, example(command, participant="other"), Reason.ENDED)


@given(stories())
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_the_answer_is_events_or_a_refusal(story: Story) -> None:
    story.told()


@given(stories())
@settings(max_examples=40, deadline=None)
def test_what_is_due_happens_and_time_moves_on(story: Story) -> None:
    meeting = story.told()
    ticked_at = 0
    while (due := due_at(meeting.state)) is not None:
        meeting.now = max(meeting.now, due)
        assert meeting.now >= ticked_at
        assert meeting.does(SYSTEM, c.Tick()), "something was due"
        ticked_at = meeting.now
        assert len(meeting.events) < 1000, "left to itself every conference ends"
    assert meeting.end_reason is not None


@given(stories())
@settings(max_examples=40, deadline=None)
def test_the_journal_alone_gives_the_same_state(story: Story) -> None:
    meeting = story.told()
    assert replayed(meeting.events) == meeting.state


def replayed(events: list[AnyEvent]) -> State:
    state = State()
    for event in events:
        state = evolve(state, event)
    return state
