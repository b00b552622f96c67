"""A conference on paper: the rules at work without clock, loop or database.

`alice` is host by right, `bob` and `carol` are guests, `mallory` has no business here.
"""

from typing import Literal

import pytest
from msgspec.structs import replace

from conferences.core import calls as k
from conferences.core import slides as s
from conferences.core.commands import JoinParticipant, Tick
from conferences.core.events import ConferenceCreated, ConferenceEnded
from conferences.core.evolve import evolve
from conferences.core.hearing import hearers
from conferences.core.messages import AnyCommand, AnyEvent
from conferences.core.rules import Reason, Refused, decide, due_at
from conferences.core.state import Participant, State
from conferences.core.words import SYSTEM, EndReason, LegKind, Millis, Policy, Role

BEGIN: Millis = 1_700_000_000_000
CAST = ("alice", "bob", "carol", "mallory")


class Meeting:
    """Time moves only by `wait`; every event is kept in `events`."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.now = BEGIN
        self.events: list[AnyEvent] = []
        self.state = State()
        self._legs = 0
        self.happens(ConferenceCreated(name="Alice's room", policy=policy or Policy(), at=BEGIN))

    def happens(self, *events: AnyEvent) -> None:
        for event in events:
            self.state = evolve(self.state, event)
            self.events.append(event)

    def does(self, by: str, command: AnyCommand) -> list[AnyEvent]:
        events = decide(self.state, command, by=by, now=self.now)
        self.happens(*events)
        return events

    def refuses(self, by: str, command: AnyCommand, reason: Reason | None = None) -> Reason:
        """It must, for `reason` if one is given; and nothing happens."""
        with pytest.raises(Refused) as refused:
            decide(self.state, command, by=by, now=self.now)
        assert reason in (None, refused.value.reason)
        return refused.value.reason

    def joins(
        self,
        who: str,
        *,
        entitled: bool | None = None,
        account: str = "",
        name: str = "",
        kind: LegKind = LegKind.WEB,
    ) -> Role:
        self.does(SYSTEM, self.joining(who, entitled=entitled, account=account, name=name, kind=kind))
        return self[who].role

    def joining(
        self,
        who: str,
        *,
        entitled: bool | None = None,
        account: str = "",
        name: str = "",
        kind: LegKind = LegKind.WEB,
    ) -> JoinParticipant:
        return JoinParticipant(
            participant=who,
            name=name or who.title(),
            leg=self.next_leg(),
            kind=kind,
            account=account,
            entitled=who == "alice" if entitled is None else entitled,
        )

    def phones(
        self,
        who: str,
        *,
        call: str = "",
        entitled: bool = False,
        dialled: bool = False,
        spoken_name: str = "",
    ) -> Role:
        """By a call that is named after them; or one that was placed, if we called them."""
        call = call or f"call-of-{who}"
        joining = self.joining(who, entitled=entitled, kind=LegKind.PHONE)
        self.does(SYSTEM, replace(joining, call=call if dialled else ""))
        self.begins_call(who, joining.leg, call=call, dialled=dialled, spoken_name=spoken_name)
        return self[who].role

    def begins_call(
        self, who: str, leg: str, *, call: str, dialled: bool = False, spoken_name: str = ""
    ) -> None:
        direction: Literal["in", "out"] = "out" if dialled else "in"
        begun = k.BeginCall(participant=who, leg=leg, call=call, bridge="office", direction=direction)
        self.does(SYSTEM, replace(begun, spoken_name=spoken_name))

    def dials(self, by: str, call: str, *, to: str = "", label: str = "0171 ••• 42") -> None:
        """`by` asks, and the bridges place the call."""
        self.does(by, k.DialOut(number="0171 55542", to_me=bool(to)))
        placed = k.PlaceCall(call=call, bridge="office", number="+4917155542", label=label, by=by, to=to)
        self.does(SYSTEM, placed)

    def next_leg(self) -> str:
        self._legs += 1
        return f"leg-{self._legs}"

    def brings(self, who: str, document: str = "plans", *, pages: int = 3) -> None:
        """Upload a document, and let its pages be made."""
        url = f"/documents/{document}/key/"
        self.does(who, s.OfferDocument(document=document, name=f"{document.title()}.pdf", url=url))
        self.does(SYSTEM, s.AddDocument(document=document, pages=pages))

    @property
    def page(self) -> tuple[str, int] | None:
        """The document on the stage, and its page."""
        shown = self.state.shown
        return (shown.document, self.state.documents[shown.document].page) if shown else None

    def wait(self, seconds: float) -> list[AnyEvent]:
        """Let time pass, and what is due happen when it is due."""
        until, happened = self.now + int(seconds * 1000), len(self.events)
        while (due := due_at(self.state)) is not None and due <= until:
            self.now = max(self.now, due)
            self.does(SYSTEM, Tick())
        self.now = until
        return self.events[happened:]

    def leg_of(self, who: str) -> str:
        return next(id for id, leg in self.state.legs.items() if leg.participant == who)

    def __getitem__(self, who: str) -> Participant:
        return self.state.participants[who]

    def __contains__(self, who: str) -> bool:
        return who in self.state.participants

    @property
    def roster(self) -> list[str]:
        return list(self.state.participants)

    @property
    def end_reason(self) -> EndReason | None:
        last = self.events[-1]
        return last.reason if isinstance(last, ConferenceEnded) else None

    def hearers_of(self, event: AnyEvent) -> set[str]:
        """Which of those with a seat are told of the event, which has just happened."""
        index = len(self.events) - 1 - self.events[::-1].index(event)
        before = after = State()
        for happened in self.events[: index + 1]:
            before, after = after, evolve(after, happened)
        told = hearers(event, before, after)
        return set(before.participants) | set(after.participants) if told is None else set(told)
