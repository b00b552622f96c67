"""What a conference comes to, made from the events of its journal. Pure: the same journal gives the same
records, whenever and wherever they are made.

A **leg** here is a stay of one participant by web or by phone: who lost the connection and came back in time
did not leave, and a call is one leg, whomever a host says that it belongs to. Web and phone legs of one
person name each other by `person` and `sibling`, so that one row can hold both. Times are milliseconds since
1970, 0: it did not happen.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from billing.counting import minutes, peak, seconds
from billing.legs import Leg
from billing.siblings import siblings
from conferences.core import billing as b
from conferences.core import calls as k
from conferences.core import events as e
from conferences.core import recording as r
from conferences.core.messages import AnyEvent
from conferences.core.words import LegKind, Millis, ParticipantId, Role


class Bill(Struct, frozen=True):
    """Of one conference: what is true of all of it, and its legs in order of arrival."""

    conference: dict[str, Any]
    legs: tuple[Leg, ...]


def bill(conference: str, events: Iterable[AnyEvent]) -> Bill:
    """Of an ended conference. Raises ValueError when it has not ended."""
    book = _Book(conference)
    for event in events:
        book.now = event.at
        _note(event, book)
    if book.created is None or book.ended is None:
        raise ValueError(f"Conference {conference} has not ended.")
    legs = tuple(_with_siblings(_with_persons(book)))
    return Bill(conference=_conference(book, book.created, book.ended, legs), legs=legs)


class _Person(Struct):
    name: str
    role: Role
    microphone: bool = False
    camera: bool = False
    screen: bool = False


class _Book:
    """What was noted so far. An open stay has `left_at` 0; one that may yet go on stands in `paused`."""

    def __init__(self, conference: str) -> None:
        self.id = conference
        self.now: Millis = 0
        self.created: e.ConferenceCreated | None = None
        self.subscription = b.Subscription()
        self.billing_code = ""
        self.opened_at: Millis = 0
        self.host_at: Millis = 0
        self.ended: e.ConferenceEnded | None = None
        self.recorded_ms: Millis = 0
        self.recording_since: Millis = 0
        self.people: dict[ParticipantId, _Person] = {}
        self.stays: dict[str, Leg] = {}
        self.running: dict[tuple[ParticipantId, LegKind], str] = {}
        self.kinds: dict[str, tuple[ParticipantId, LegKind]] = {}
        self.open: dict[tuple[ParticipantId, LegKind], set[str]] = {}
        self.waiting: dict[ParticipantId, Millis] = {}
        """Since when they do."""
        self.outages: dict[str, Millis] = {}
        """Of stays whose server died: how long nobody heard of it. Counts once they go on."""
        self.merged: dict[ParticipantId, ParticipantId] = {}

    def is_now_of(self, participant: ParticipantId, other: ParticipantId) -> None:
        """The phone of one is the other's; its client comes back as that."""
        stay = self.running.get((participant, LegKind.PHONE))
        self.open.pop((participant, LegKind.PHONE), None)
        if stay and not self.stays[stay].left_at:
            del self.running[participant, LegKind.PHONE]
            self.running[other, LegKind.PHONE] = stay
            name = self.people[other].name
            self.changes(stay, participant=other, display_name=name, left_at=self.now)

    def waits(self, stay: str) -> None:
        """Until now, if they do."""
        leg = self.stays[stay]
        since = self.waiting.get(leg.participant)
        if since is not None:
            waited_ms = (leg.left_at or self.now) - max(since, leg.joined_at)
            self.changes(stay, waited_ms=leg.waited_ms + max(0, waited_ms))

    def waits_no_longer(self, participant: ParticipantId) -> None:
        for stay in list(self.stays_of(participant)):
            self.waits(stay)
        self.waiting.pop(participant, None)

    def ends(self, stay: str) -> None:
        """Who comes the same way later begins another."""
        self.waits(stay)
        if not self.stays[stay].left_at:
            self.changes(stay, left_at=self.now)
        self.running = {key: running for key, running in self.running.items() if running != stay}

    def records(self, since: Millis) -> None:
        """From now on, or with 0 no longer."""
        if self.recording_since:
            self.recorded_ms += self.now - self.recording_since
        self.recording_since = since

    def changes(self, stay: str, **changes: Any) -> None:
        self.stays[stay] = replace(self.stays[stay], **changes)

    def stays_of(self, participant: ParticipantId) -> Iterator[str]:
        return (stay for (one, _), stay in self.running.items() if one == participant)

    def leaves(self, participant: ParticipantId) -> None:
        self.waits_no_longer(participant)
        for kind in LegKind:
            stay = self.running.pop((participant, kind), None)
            if stay and not self.stays[stay].left_at:
                self.changes(stay, left_at=self.now)
            self.open.pop((participant, kind), None)


@singledispatch
def _note(event: e.Event, book: _Book) -> None:
    """Whatever else happens costs nothing."""


@_note.register
def _(event: e.ConferenceCreated, book: _Book) -> None:
    book.created = event


@_note.register
def _(event: b.ConferenceSubscribed, book: _Book) -> None:
    book.subscription = event.subscription
    book.billing_code = event.subscription.billing_code


@_note.register
def _(event: b.BillingCodeSet, book: _Book) -> None:
    book.billing_code = event.code or book.subscription.billing_code


@_note.register
def _(event: e.ConferenceOpened, book: _Book) -> None:
    book.opened_at = event.at


@_note.register(e.ParticipantJoined)
@_note.register(e.ParticipantAdmitted)
def _(event: e.ParticipantJoined | e.ParticipantAdmitted, book: _Book) -> None:
    book.waits_no_longer(event.participant)
    if event.role is Role.WAITING:
        book.waiting[event.participant] = event.at
    before = book.people.get(event.participant)
    role = max(before.role, event.role, key=lambda role: role.rank) if before else event.role
    book.people[event.participant] = _Person(name=event.name, role=role)
    _has_role(event.participant, event.role, book)
    for stay in book.stays_of(event.participant):
        book.changes(stay, role=role, display_name=event.name)


def _has_role(participant: ParticipantId, role: Role, book: _Book) -> None:
    person = book.people[participant]
    person.role = max(person.role, role, key=lambda role: role.rank)
    if role is Role.HOST and not book.host_at:
        book.host_at = book.now
    for stay in book.stays_of(participant):
        book.changes(stay, role=person.role)


@_note.register
def _(event: e.RoleChanged, book: _Book) -> None:
    _has_role(event.participant, event.role, book)


@_note.register
def _(event: e.ParticipantRenamed, book: _Book) -> None:
    book.people[event.participant].name = event.name
    for stay in book.stays_of(event.participant):
        book.changes(stay, display_name=event.name)


@_note.register
def _(event: e.LegOpened, book: _Book) -> None:
    key = (event.participant, event.kind)
    stay = book.running.get(key)
    if stay is None:
        person = book.people[event.participant]
        stay = event.leg
        book.stays[stay] = Leg(
            id=f"{book.id}-{event.leg}",
            type="web" if event.kind is LegKind.WEB else "dialin",
            participant=event.participant,
            person=event.participant,
            display_name=person.name,
            role=person.role,
            user=event.account,
            account=event.tenant or book.subscription.account,
            billing_code=event.billing_code,
            joined_at=event.at,
            left_at=0,
        )
        book.running[key] = stay
    else:
        leg = book.stays[stay]
        outage_ms = leg.outage_ms + book.outages.pop(stay, 0)
        book.changes(stay, left_at=0, outage_ms=outage_ms, reconnects=leg.reconnects + 1)
    book.kinds[event.leg] = key
    book.open.setdefault(key, set()).add(event.leg)


@_note.register
def _(event: e.LegClosed, book: _Book) -> None:
    key = book.kinds[event.leg]
    still_open = book.open.get(key, set())
    still_open.discard(event.leg)
    stay = book.running.get(key)
    if stay is None or still_open:
        return
    if event.seen_at:
        left_at = max(book.stays[stay].joined_at, event.seen_at)
        book.outages[stay] = event.at - left_at
        book.changes(stay, left_at=left_at, estimated=True)
    else:
        book.changes(stay, left_at=event.at)


@_note.register
def _(event: e.ParticipantLeft, book: _Book) -> None:
    book.leaves(event.participant)


@_note.register
def _(event: e.ConferenceEnded, book: _Book) -> None:
    book.ended = event
    book.records(0)
    for participant, _kind in list(book.running):
        book.leaves(participant)


_USED: dict[type[e.Event], str] = {
    e.CameraStarted: "camera",
    e.ScreenShared: "screen",
    e.MicrophoneUnmuted: "microphone",
}


@_note.register(e.CameraStarted)
@_note.register(e.ScreenShared)
@_note.register(e.MicrophoneUnmuted)
def _(event: e.CameraStarted | e.ScreenShared | e.MicrophoneUnmuted, book: _Book) -> None:
    used = _USED[type(event)]
    for stay in book.stays_of(event.participant):
        if book.stays[stay].type == "web" or used == "microphone":
            book.changes(stay, **{used: True})


@_note.register(r.RecordingStarted)
@_note.register(r.RecordingResumed)
def _(event: r.RecordingStarted | r.RecordingResumed, book: _Book) -> None:
    book.records(event.at)


@_note.register
def _(_event: r.RecordingPaused, book: _Book) -> None:
    book.records(0)


@_note.register
def _(event: r.RecordingStopped, book: _Book) -> None:
    if event.reason in (r.StopReason.QUOTA, r.StopReason.MINUTES):
        book.recording_since = 0  # it never began
    book.records(0)


@_note.register
def _(event: k.CallBegan, book: _Book) -> None:
    key = book.kinds.get(event.leg)
    stay = book.running.get(key) if key else None
    if stay:
        book.changes(
            stay,
            type="dialout" if event.direction == "out" else "dialin",
            call=event.call,
            bridge=event.bridge,
            caller=event.caller,
            dialled=event.dialled,
            started_at=event.started_at,
            answered_at=event.answered_at,
        )


@_note.register
def _(event: k.CallMerged, book: _Book) -> None:
    book.is_now_of(event.participant, event.into)
    book.merged[event.participant] = event.into
    book.leaves(event.participant)


@_note.register
def _(event: k.CallSplit, book: _Book) -> None:
    if event.origin:
        book.is_now_of(event.participant, event.origin)
        book.merged = {one: into for one, into in book.merged.items() if into != event.participant}
        book.merged.pop(event.origin, None)


@_note.register
def _(event: k.CallEnded, book: _Book) -> None:
    for stay, leg in list(book.stays.items()):
        if leg.call == event.call:
            book.ends(stay)
            book.changes(
                stay,
                cause=event.cause.value,
                sip_code=event.sip_code,
                q850=event.q850,
                codec=event.codec,
                mos=event.mos,
                loss_percent=event.loss_percent,
            )


def _with_persons(book: _Book) -> Iterator[Leg]:
    """One person is: an account, or a seat, and the callers that a host merged with either."""
    accounts: dict[ParticipantId, str] = {}
    for leg in book.stays.values():
        if leg.user:
            accounts[leg.participant] = leg.user
    for leg in book.stays.values():
        one = leg.participant
        while one in book.merged:
            one = book.merged[one]
        whose = f"user {accounts[one]}" if one in accounts else f"seat {one}"
        yield replace(leg, person=hashlib.sha256(f"{book.id} {whose}".encode()).hexdigest()[:16])


def _with_siblings(legs: Iterable[Leg]) -> Iterator[Leg]:
    known = list(legs)
    found = siblings(known)
    return (replace(leg, sibling=found.get(leg.id, "")) for leg in known)


def _conference(
    book: _Book, created: e.ConferenceCreated, ended: e.ConferenceEnded, legs: tuple[Leg, ...]
) -> dict[str, Any]:
    return {
        "id": book.id,
        "title": created.name,
        **to_builtins(book.subscription),
        "billing_code": book.billing_code,
        "created_at": created.at,
        "opened_at": book.opened_at,
        "started_at": book.host_at,
        "ended_at": ended.at,
        "end_reason": ended.reason.value,
        "duration_s": seconds(ended.at - created.at),
        "peak_legs": peak(legs),
        "peak_web": peak(leg for leg in legs if leg.type == "web"),
        "peak_phone": peak(leg for leg in legs if leg.type != "web"),
        **{
            f"port_minutes_{type}": sum(minutes(leg.present_s) for leg in legs if leg.type == type)
            for type in ("web", "dialin", "dialout")
        },
        "recorded_s": seconds(book.recorded_ms),
        "persons": len({leg.person for leg in legs}),
        "estimated": any(leg.estimated for leg in legs),
    }
