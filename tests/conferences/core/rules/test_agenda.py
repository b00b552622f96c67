"""Who writes the agenda, and goes through it."""

import pytest

from conferences.core import agenda as a
from conferences.core import commands as c
from conferences.core.messages import ClientCommand
from conferences.core.rules import Reason
from conferences.core.words import Role
from tests.conferences.meeting import Meeting

WELCOME = a.AgendaItem(id=1, title="Welcome", minutes=5)
BUDGET = a.AgendaItem(id=2, title="Budget")


@pytest.mark.parametrize(
    "command", [a.ChangeAgenda(items=(BUDGET,)), a.GoToItem(item=1), a.TickItem(item=1)], ids=str
)
def test_guests_do_not_write_the_agenda(meeting: Meeting, command: ClientCommand) -> None:
    meeting.does("alice", a.ChangeAgenda(items=(WELCOME,)))
    meeting.refuses("bob", command, Reason.NOT_ALLOWED)


def test_a_presenter_writes_it_goes_through_it_and_ticks_it_off(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", a.ChangeAgenda(items=(WELCOME, BUDGET)))
    meeting.does("bob", a.GoToItem(item=1))
    meeting.does("bob", a.TickItem(item=1))
    meeting.does("bob", a.GoToItem(item=2))
    seen = meeting.state.seen_by("carol").agenda
    assert (seen.current, seen.since, [item.done for item in seen.items]) == (2, meeting.now, [True, False])
    meeting.does("bob", a.GoToItem())
    assert (meeting.state.agenda.current, meeting.state.agenda.since) == (0, 0)


def test_what_is_so_already_is_not_told_again(meeting: Meeting) -> None:
    meeting.does("alice", a.ChangeAgenda(items=(WELCOME,)))
    assert meeting.does("alice", a.ChangeAgenda(items=(WELCOME,))) == []
    assert meeting.does("alice", a.GoToItem()) == []
    assert meeting.does("alice", a.TickItem(item=1, done=False)) == []


def test_a_title_is_one_line_without_tricks(meeting: Meeting) -> None:
    meeting.does("alice", a.ChangeAgenda(items=(a.AgendaItem(id=1, title=" Bud\u202eget\n2027 "),)))
    assert meeting.state.agenda.items[0].title == "Budget 2027"
    meeting.refuses("alice", a.ChangeAgenda(items=(a.AgendaItem(id=1, title=" \u200b"),)), Reason.TEXT_NEEDED)


def test_no_two_items_are_one(meeting: Meeting) -> None:
    meeting.refuses("alice", a.ChangeAgenda(items=(WELCOME, WELCOME)), Reason.MALFORMED)


def test_an_item_that_is_not_there_is_gone(meeting: Meeting) -> None:
    for command in (a.GoToItem(item=7), a.TickItem(item=7)):
        meeting.refuses("alice", command, Reason.GONE)
