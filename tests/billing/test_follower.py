"""The end of a conference is noticed, and nothing else."""

from billing.follower import BillingFollower
from conferences.core import commands as c
from tests.conferences.meeting import Meeting


async def test_the_end_is_noticed(meeting: Meeting) -> None:
    ended: list[str] = []
    follower = BillingFollower(ended.append)
    await follower.follow("c", 1, meeting.events)
    assert ended == []
    await follower.follow("c", 9, meeting.does("alice", c.EndConference()))
    assert ended == ["c"]
