"""Conferences of the cast, from plain rules up to a whole process's worth."""

import pytest

from conferences.core.words import Policy
from tests.conferences.meeting import Meeting


@pytest.fixture
def meeting() -> Meeting:
    """Alice hosts; bob and carol are guests."""
    meeting = Meeting()
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    return meeting


@pytest.fixture
def lobby() -> Meeting:
    """Alice hosts; bob and carol wait in the lobby."""
    meeting = Meeting(Policy(lobby=True))
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    return meeting
