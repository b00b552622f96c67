"""Tests of recording/redaction.py: what is taken out is in no event and no picture."""

from typing import Any

import pytest
from msgspec import json

from conferences.core import board, captions, chat, figures, polls, questions
from conferences.core.commands import RaiseHand, StartCamera
from conferences.core.spectator import picture
from conferences.core.words import Part, Reaction
from recording.redaction import Redaction
from tests.conferences.meeting import Meeting

INK = figures.Line(colour=figures.Colour.RED, width=figures.Width.THIN, x1=0, y1=0, x2=9, y2=9)
BOB_AWAY = Redaction(people={"bob": "Participant 1"})


@pytest.fixture
def busy(meeting: Meeting) -> Meeting:
    meeting.does("alice", board.OpenBoard(name="Board"))
    document = next(iter(meeting.state.documents))
    meeting.does("alice", board.PermitBoard(who=board.Drawers.EVERYONE))
    meeting.does("bob", board.AddShape(document=document, page=1, shape="bobs", figure=INK))
    meeting.does("carol", board.AddShape(document=document, page=1, shape="carols", figure=INK))
    meeting.does("bob", chat.SendChat(text="from bob"))
    meeting.does("carol", chat.SendChat(text="from carol"))
    line = meeting.state.chat[-1].id
    meeting.does("bob", chat.ReactToChat(line=line, reaction=Reaction.HEART))
    meeting.does("alice", captions.AssignCaptions())
    meeting.does("alice", captions.WriteCaption(text="said aloud"))
    meeting.does("bob", questions.AskQuestion(text="why, asks bob"))
    meeting.does("bob", StartCamera())
    meeting.does("bob", RaiseHand())
    meeting.does("alice", polls.OpenPoll(kind=polls.PollKind.YES_NO, shared=True))
    meeting.does("bob", polls.AnswerPoll(poll=meeting.state.polls[0].id, choices=(0,)))
    return meeting


def told(meeting: Meeting, redaction: Redaction) -> str:
    """Everything, as it would be written."""
    found: list[Any] = [redaction.event(seq, event) for seq, event in enumerate(meeting.events, start=1)]
    return json.encode([*found, redaction.picture(picture(meeting.state))]).decode()


def test_without_a_wish_everything_stays(busy: Meeting) -> None:
    everything = told(busy, Redaction())
    for word in ("Bob", "from bob", "bobs", "heart", "why, asks bob", "camera.started"):
        assert word in everything


def test_of_somebody_taken_out_only_a_number_is_left(busy: Meeting) -> None:
    left = told(busy, BOB_AWAY)
    for word in ("Bob", "from bob", '"bobs"', "heart", "why, asks bob", "camera.started", "hand.raised"):
        assert word not in left
    for word in ("Participant 1", "from carol", "carols"):
        assert word in left
    seat = BOB_AWAY.picture(picture(busy.state))["participants"]["bob"]
    assert (seat["name"], seat["camera"], seat["hand"]) == ("Participant 1", False, 0)


def test_a_line_is_taken_out_with_all_about_it(busy: Meeting) -> None:
    line = busy.state.chat[-1].id
    left = told(busy, Redaction(lines=[line]))
    assert "from carol" not in left
    assert "heart" not in left
    assert "from bob" in left


def test_a_caption_is_taken_out(busy: Meeting) -> None:
    assert "said aloud" in told(busy, Redaction(parts=[]))
    assert "said aloud" not in told(busy, Redaction(lines=[busy.state.captions.lines[0].id]))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part.CHAT, ("from carol", "chat.")),
        (Part.SLIDES, ("board.opened", "carols")),
        (Part.POLLS, ("poll.", "question.", "why, asks bob")),
        (Part.CAMERAS, ("camera.started", '"camera":true')),
    ],
)
def test_parts_that_are_not_recorded_are_not_there(busy: Meeting, part: Part, words: tuple[str, ...]) -> None:
    left = told(busy, Redaction(parts=[other for other in Part if other is not part]))
    for word in words:
        assert word in told(busy, Redaction())
        assert word not in left
