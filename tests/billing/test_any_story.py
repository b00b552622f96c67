"""Whatever happens in a conference, its bill is sound."""

from hypothesis import given, settings

from billing.tally import bill
from conferences.core import events as e
from conferences.core.words import EndReason
from tests.conferences.stories import Story, stories


@given(stories())
@settings(max_examples=60, deadline=None)
def test_every_leg_has_begun_ended_and_a_sibling_that_knows_it(story: Story) -> None:
    meeting = story.told()
    if not meeting.end_reason:
        meeting.events.append(e.ConferenceEnded(reason=EndReason.ADMIN, at=meeting.now))
    told = bill("c", meeting.events)
    legs = {leg.id: leg for leg in told.legs}
    assert len(legs) == len(told.legs)
    for leg in told.legs:
        assert leg.joined_at <= leg.left_at <= told.conference["ended_at"]
        assert leg.duration_s >= leg.present_s >= 0
        assert not leg.sibling or legs[leg.sibling].person == leg.person
    opened = {event.participant for event in meeting.events if isinstance(event, e.LegOpened)}
    assert {leg.participant for leg in told.legs} <= opened
    assert told.conference["peak_legs"] <= len(told.legs)
    assert told == bill("c", meeting.events)
