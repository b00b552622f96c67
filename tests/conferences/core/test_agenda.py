"""What a browser may send of an agenda, and what becomes of the current item."""

import msgspec
import pytest

from conferences.core import agenda as a
from conferences.core.messages import ClientCommand
from tests.conferences.meeting import Meeting

decode = msgspec.json.Decoder(ClientCommand).decode
WELCOME = a.AgendaItem(id=1, title="Welcome", minutes=5)
BUDGET = a.AgendaItem(id=2, title="Budget")


@pytest.mark.parametrize(
    "items",
    [
        [{"id": 1, "title": ""}],
        [{"id": 1, "title": "x" * 201}],
        [{"id": 0, "title": "Welcome"}],
        [{"id": 1, "title": "Welcome", "minutes": 1441}],
        [{"id": 1, "title": "Welcome", "minutes": -1}],
        [{"id": 1, "title": "Welcome", "colour": "red"}],
        [{"id": number, "title": "Welcome"} for number in range(1, 10_001)],
    ],
    ids=lambda items: str(items)[:40],
)
def test_an_agenda_has_bounds(items: list[dict[str, object]]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode({"type": "agenda.change", "items": items}))


def test_the_current_item_stays_current_while_the_list_changes_around_it(meeting: Meeting) -> None:
    meeting.does("alice", a.ChangeAgenda(items=(WELCOME, BUDGET)))
    meeting.does("alice", a.GoToItem(item=2))
    since = meeting.now
    meeting.wait(60)
    meeting.does("alice", a.ChangeAgenda(items=(BUDGET, WELCOME)))
    assert meeting.state.agenda == a.Agenda(items=(BUDGET, WELCOME), current=2, since=since)


def test_an_item_that_is_taken_away_is_no_longer_current(meeting: Meeting) -> None:
    meeting.does("alice", a.ChangeAgenda(items=(WELCOME, BUDGET)))
    meeting.does("alice", a.GoToItem(item=2))
    meeting.does("alice", a.ChangeAgenda(items=(WELCOME,)))
    assert meeting.state.agenda == a.Agenda(items=(WELCOME,))


def test_who_waits_sees_no_agenda(lobby: Meeting) -> None:
    lobby.does("alice", a.ChangeAgenda(items=(WELCOME,)))
    assert lobby.state.seen_by("bob").agenda == a.Agenda()
