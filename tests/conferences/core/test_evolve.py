"""What is true after a fact; and that a picture, kept by facts alone, stays the picture of the truth."""

from hypothesis import given, settings

from conferences.core import commands as c
from conferences.core.evolve import evolve
from conferences.core.state import State
from conferences.core.words import SYSTEM, DropReason
from tests.conferences.meeting import BEGIN, CAST, Meeting
from tests.conferences.pictures import keep
from tests.conferences.stories import Story, stories


@given(stories())
@settings(max_examples=60, deadline=None)
def test_a_picture_and_the_events_heard_since_are_a_fresh_picture(story: Story) -> None:
    meeting = story.told()
    for viewer in CAST:
        truth, picture = State(), None
        for event in meeting.events:
            before, truth = truth, evolve(truth, event)
            picture = keep(picture, event, viewer, before, truth)
            if viewer in truth.participants:
                assert picture == truth.seen_by(viewer)


def test_every_event_is_counted(meeting: Meeting) -> None:
    assert meeting.state.seq == len(meeting.events)


def test_a_state_is_never_changed_only_replaced(meeting: Meeting) -> None:
    before, participants = meeting.state, dict(meeting.state.participants)
    meeting.does("bob", c.RaiseHand())
    assert before.participants == participants
    assert not before.participants["bob"].hand


def test_since_when_something_is_so_is_kept_until_it_is_not(meeting: Meeting) -> None:
    alone = Meeting()
    assert alone.state.empty_since == BEGIN
    alone.joins("alice")
    assert (alone.state.empty_since, alone.state.lone_since) == (0, BEGIN)
    alone.wait(5)
    alone.does(SYSTEM, c.DropLeg(leg=alone.leg_of("alice"), reason=DropReason.NETWORK))
    assert alone.state.lone_since == BEGIN
    assert meeting.state.lone_since == 0
