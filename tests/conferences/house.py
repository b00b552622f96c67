"""One conference in one process, its journal on paper."""

from functools import partial

import pytest

from conferences.core import commands as c
from conferences.core.events import ConferenceCreated
from conferences.core.evolve import evolve
from conferences.core.rules import Reason, Refused
from conferences.core.state import State
from conferences.core.words import Policy
from conferences.hub import Hub, Socket
from conferences.live import LiveConference, Surroundings
from tests.conferences.doubles import Chronicler, PaperJournal, Screen, Watch
from tests.conferences.meeting import BEGIN


class House:
    """`live = house.begins()` is a conference; `house.joins(live, "bob")`, a tab in it."""

    def __init__(self) -> None:
        self.journal = PaperJournal()
        self.hub = Hub()
        self.chronicler = Chronicler()
        self.now = Watch()
        self.followers = [self.chronicler]
        self.open: list[LiveConference] = []

    def runs(self, state: State, *, left_at: int = 0) -> LiveConference:
        around = Surroundings("server-1", self.journal, self.hub, self.followers, self.now)
        self.open.append(LiveConference("c1", state, around, left_at=left_at))
        return self.open[-1]

    def begins(self, policy: Policy | None = None) -> LiveConference:
        created = ConferenceCreated(name="Alice's room", policy=policy or Policy(), at=BEGIN)
        self.journal.kept["c1"].append(created)
        return self.runs(evolve(State(), created))

    async def joins(self, live: LiveConference, who: str, *, last_seq: int | None = None) -> Screen:
        """A new tab of somebody's; alice is the host."""
        screen = Screen()
        leg = f"leg-of-{who}-{id(screen)}"
        socket = Socket(who, leg, screen)
        join = c.JoinParticipant(participant=who, name=who.title(), leg=leg, entitled=who == "alice")
        self.hub.add("c1", socket)
        try:
            await live.enter(join, partial(self.hub.seat, socket), last_seq=last_seq)
        except Refused:
            self.hub.remove("c1", leg)
            raise
        return screen

    async def ends(self) -> None:
        for live in self.open:
            await live.stop()


async def refused(asking: object) -> Reason:
    with pytest.raises(Refused) as refusal:
        await asking  # type: ignore[misc] # whatever it gives
    return refusal.value.reason
