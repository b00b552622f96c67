"""A bundle's journal as a film sees it."""

import msgspec

from conferences.core.events import HandRaised
from conferences.core.state import Participant, State
from conferences.core.words import Role
from recording.story import JournalPart, Story

ALICE = Participant(id="p1", name="Alice", role=Role.HOST, joined_at=1, microphone=True)
STATE = State(seq=7, participants={"p1": ALICE})


def told(*parts: JournalPart) -> Story:
    story = Story()
    for part in parts:
        story.add(msgspec.json.encode(part))
    return story


def test_events_count_from_their_time_on() -> None:
    raised = HandRaised(at=1, participant="p1")
    story = told(JournalPart(0, STATE, ((500, 9, raised),)))
    assert story.at(499).picture.participants["p1"].hand == 0
    assert story.at(500).picture.participants["p1"].hand == 9


def test_levels_hold_until_the_next() -> None:
    story = told(JournalPart(0, STATE, (), ((100, {"p1": 5}), (900, {}))))
    assert story.at(99).levels == {}
    assert story.at(800).levels == {"p1": 5}
    assert story.at(900).levels == {}


def test_who_spoke_when_is_remembered() -> None:
    story = told(JournalPart(0, STATE, (), ((100, {"p1": 5, "p2": 1}), (900, {}))))
    story.at(800)
    assert story.at(2_000).spoken == {"p1": 800}


def test_a_later_picture_counts_from_its_time_on() -> None:
    later = msgspec.structs.replace(STATE, participants={})
    story = told(JournalPart(0, STATE), JournalPart(2_000, later))
    assert "p1" in story.at(1_999).picture.participants
    assert "p1" not in story.at(2_000).picture.participants
