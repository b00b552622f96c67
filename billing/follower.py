"""Notices that a conference ended: then it is billed."""

import asyncio
from collections.abc import Callable, Sequence

from conferences.core.events import ConferenceEnded
from conferences.core.messages import AnyEvent
from conferences.live import Follower


class BillingFollower(Follower):
    """`ended` puts it on a worker's list, which may take long where the broker is down; should that be lost,
    the worker finds the conference by itself."""

    def __init__(self, ended: Callable[[str], object]) -> None:
        self._ended = ended

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        if any(isinstance(event, ConferenceEnded) for event in events):
            await asyncio.to_thread(self._ended, conference)
