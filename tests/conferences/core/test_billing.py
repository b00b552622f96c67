"""Who pays is told to nobody."""

from conferences.core import billing as b
from conferences.core.events import Audience
from tests.conferences.meeting import BEGIN, Meeting


def test_who_pays_is_kept_and_told_to_nobody(meeting: Meeting) -> None:
    subscription = b.Subscription(room="123456789", subscriber="alice", account="ACME", rate="gold")
    meeting.happens(b.ConferenceSubscribed(subscription=subscription, at=BEGIN))
    assert meeting.state.subscription == subscription
    assert b.ConferenceSubscribed.heard_by is Audience.SERVER
    assert not hasattr(meeting.state.seen_by("alice"), "subscription")
