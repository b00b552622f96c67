"""A `Draft`: what would become true and be told if the journal keeps it. No I/O."""

from collections.abc import Sequence
from typing import Any

import msgspec

from conferences.core.calls import CallMerged
from conferences.core.events import ConferenceEnded, LegClosed, ParticipantJoined, ParticipantLeft
from conferences.core.evolve import evolve
from conferences.core.hearing import Hearers, changed_sight, hearers
from conferences.core.messages import AnyCommand, AnyEvent
from conferences.core.rules import decide
from conferences.core.state import State
from conferences.core.words import DropReason, Millis
from conferences.hub import OVER, SEAT_TAKEN, Announcement, Heard

_encode = msgspec.json.encode

_CLOSE_CODES = {DropReason.LEFT: OVER, DropReason.REPLACED: SEAT_TAKEN}


class Draft:
    """Decide commands one after the other, each on what the ones before it would make true."""

    def __init__(self, state: State) -> None:
        self.before = state
        self.state = state
        self.events: list[AnyEvent] = []
        self.newcomers: set[str] = set()
        self.changed_sights: set[str] = set()
        """Who needs a fresh picture: these events do not make the difference to the one they have."""
        self._heard: list[Heard] = []
        self._gone: set[str] = set()
        self._closing: dict[str, int] = {}

    def decide(self, command: AnyCommand, *, by: str, now: Millis) -> None:
        """Raises Refused; then nothing was added."""
        for event in decide(self.state, command, by=by, now=now):
            self._add(event)

    def _add(self, event: AnyEvent) -> None:
        before, self.state = self.state, evolve(self.state, event)
        self.events.append(event)
        self._heard.append(Heard(msgspec.Raw(_encode(event)), self._hearers(event, before)))
        self._note_sight(event, before)
        self._note_closing(event, before)

    def _hearers(self, event: AnyEvent, before: State) -> Hearers:
        """Sockets of those who left with this draft are closed only after it is told: "everyone" must be
        named then."""
        told = hearers(event, before, self.state)
        if told is None and self._gone:
            told = frozenset((*before.participants, *self.state.participants))
        if isinstance(event, ParticipantLeft | CallMerged):
            self._gone.add(event.participant)
        return told

    def _note_sight(self, event: AnyEvent, before: State) -> None:
        if isinstance(event, ParticipantJoined):
            self.newcomers.add(event.participant)
        elif (participant := changed_sight(event, before)) is not None:
            self.changed_sights.add(participant)

    def _note_closing(self, event: AnyEvent, before: State) -> None:
        if isinstance(event, LegClosed) and event.reason in _CLOSE_CODES:
            self._closing[event.leg] = _CLOSE_CODES[event.reason]
        elif isinstance(event, ConferenceEnded):
            self._closing |= dict.fromkeys(before.legs, OVER)

    @property
    def first_seq(self) -> int:
        return self.before.seq + 1

    def announcement(self, conference: str, *, server: str, now: Millis) -> Announcement:
        return Announcement(
            conference=conference,
            first_seq=self.first_seq,
            heard=self._heard,
            fresh={
                participant: msgspec.Raw(welcome(self.state, participant, conference, server, now))
                for participant in self.changed_sights
                if participant in self.state.participants
            },
            closing=self._closing,
        )


def welcome(state: State, participant: str, conference: str, server: str, now: Millis) -> bytes:
    """The frame that tells a participant all there is."""
    return _encode(
        {"welcome": state.seen_by(participant), "seq": state.seq} | _you(participant, conference, server, now)
    )


def resumed(
    missed: Sequence[tuple[int, Heard]], participant: str, conference: str, server: str, now: Millis
) -> bytes:
    """The frame that tells a participant what was missed."""
    events = [
        {"seq": seq, "event": heard.event if heard.hearers is None or participant in heard.hearers else None}
        for seq, heard in missed
    ]
    return _encode([{"resumed": len(events)} | _you(participant, conference, server, now), *events])


def _you(participant: str, conference: str, server: str, now: Millis) -> dict[str, Any]:
    return {"you": participant, "conference": conference, "server": server, "now": now}
