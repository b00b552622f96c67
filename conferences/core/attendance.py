"""Who was there when, made from the events of a journal. Pure.

A stay goes from coming in to going. Who lost the connection and came back in time has not gone; who did not
come back went when it was lost. People with an account are one, whatever seats they had; guests are as many
as their seats.
"""

from collections.abc import Iterable, Iterator
from functools import singledispatch

from msgspec import Struct
from msgspec.structs import replace

from conferences.core import events as e
from conferences.core.calls import CallMerged
from conferences.core.messages import AnyEvent
from conferences.core.words import LegKind, Millis, ParticipantId, Role

TOLD_BY = (
    e.ParticipantJoined,
    e.ParticipantAdmitted,
    e.ParticipantDropped,
    e.ParticipantReturned,
    e.ParticipantRenamed,
    e.ParticipantLeft,
    e.LegOpened,
    e.RoleChanged,
    e.ConferenceEnded,
    CallMerged,
)
"""All that is needed of a journal."""


class Stay(Struct, frozen=True):
    began: Millis
    ended: Millis | None = None
    """None: it goes on."""


Stays = tuple[Stay, ...]


class Attendee(Struct, frozen=True):
    """`role` is the highest they had. `waits` are the times in the lobby, which count apart."""

    names: tuple[str, ...]
    """The last one first."""
    role: Role
    account: str = ""
    phone: bool = False
    stays: Stays = ()
    waits: Stays = ()

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def first_arrival(self) -> Millis | None:
        return self.stays[0].began if self.stays else None

    @property
    def last_leaving(self) -> Millis | None:
        """None: they are there, or never were."""
        return self.stays[-1].ended if self.stays else None

    @property
    def is_present(self) -> bool:
        return bool(self.stays) and self.stays[-1].ended is None

    def present_ms(self, now: Millis) -> int:
        return _length(self.stays, now)

    def waited_ms(self, now: Millis) -> int:
        return _length(self.waits, now)


def attendance(events: Iterable[AnyEvent]) -> list[Attendee]:
    """Everybody who came, also who only waited, in order of arrival."""
    register = _Register()
    for event in events:
        _note(event, register)
    return list(_by_account(register.people.values()))


class _Register:
    def __init__(self) -> None:
        self.people: dict[ParticipantId, Attendee] = {}
        self.dropped_at: dict[ParticipantId, Millis] = {}

    def arrives(self, event: e.ParticipantJoined | e.ParticipantAdmitted) -> None:
        known = self.people.get(event.participant, Attendee(names=(event.name,), role=event.role))
        here = replace(_gone(known, event.at), role=max(known.role, event.role, key=lambda role: role.rank))
        stay = (Stay(event.at),)
        if event.role is Role.WAITING:
            here = replace(here, waits=here.waits + stay)
        else:
            here = replace(here, stays=here.stays + stay)
        self.people[event.participant] = replace(here, phone=here.phone or event.phone)
        self.is_called(event.participant, event.name)

    def is_called(self, participant: ParticipantId, name: str) -> None:
        known = self.people[participant]
        others = tuple(other for other in known.names if other != name)
        self.people[participant] = replace(known, names=(name, *others))

    def are_one(self, one: ParticipantId, other: ParticipantId, at: Millis) -> None:
        """The one was the other all along."""
        self.leaves(one, at)
        self.people[other] = _together(self.people.pop(one), self.people[other])

    def leaves(self, participant: ParticipantId, at: Millis) -> None:
        at = self.dropped_at.pop(participant, at)
        self.people[participant] = _gone(self.people[participant], at)


@singledispatch
def _note(event: e.Event, register: _Register) -> None:
    """Whatever else happens says nothing of attendance."""


@_note.register
def _(event: e.ParticipantJoined, register: _Register) -> None:
    register.arrives(event)


@_note.register
def _(event: e.ParticipantAdmitted, register: _Register) -> None:
    register.arrives(event)


@_note.register
def _(event: e.ParticipantDropped, register: _Register) -> None:
    register.dropped_at[event.participant] = event.at


@_note.register
def _(event: e.ParticipantReturned, register: _Register) -> None:
    register.dropped_at.pop(event.participant, None)


@_note.register
def _(event: e.ParticipantRenamed, register: _Register) -> None:
    register.is_called(event.participant, event.name)


@_note.register
def _(event: e.ParticipantLeft, register: _Register) -> None:
    register.leaves(event.participant, event.at)


@_note.register
def _(event: CallMerged, register: _Register) -> None:
    register.are_one(event.participant, event.into, event.at)


@_note.register
def _(event: e.LegOpened, register: _Register) -> None:
    known = register.people[event.participant]
    phone = known.phone or event.kind is LegKind.PHONE
    register.people[event.participant] = replace(known, account=known.account or event.account, phone=phone)


@_note.register
def _(event: e.RoleChanged, register: _Register) -> None:
    known = register.people[event.participant]
    if event.role.rank > known.role.rank:
        register.people[event.participant] = replace(known, role=event.role)


@_note.register
def _(event: e.ConferenceEnded, register: _Register) -> None:
    for participant in register.people:
        register.leaves(participant, event.at)


def _gone(attendee: Attendee, at: Millis) -> Attendee:
    return replace(attendee, stays=_over(attendee.stays, at), waits=_over(attendee.waits, at))


def _over(stays: Stays, at: Millis) -> Stays:
    return tuple(stay if stay.ended is not None else Stay(stay.began, at) for stay in stays)


def _by_account(people: Iterable[Attendee]) -> Iterator[Attendee]:
    accounts: dict[str, Attendee] = {}
    order: list[Attendee | str] = []
    for person in people:
        if not person.account:
            order.append(person)
        elif known := accounts.get(person.account):
            accounts[person.account] = _together(known, person)
        else:
            accounts[person.account] = person
            order.append(person.account)
    return (accounts[entry] if isinstance(entry, str) else entry for entry in order)


def _together(one: Attendee, other: Attendee) -> Attendee:
    return Attendee(
        names=tuple(dict.fromkeys((*other.names, *one.names))),
        role=max(one.role, other.role, key=lambda role: role.rank),
        account=one.account or other.account,
        phone=one.phone or other.phone,
        stays=_joined((*one.stays, *other.stays)),
        waits=_joined((*one.waits, *other.waits)),
    )


def _joined(stays: Stays) -> Stays:
    """In order; what overlaps (the same person at two devices) is one."""
    joined: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: stay.began):
        last = joined[-1] if joined else None
        if last is None or (last.ended is not None and last.ended < stay.began):
            joined.append(stay)
        else:
            ended = None if last.ended is None or stay.ended is None else max(last.ended, stay.ended)
            joined[-1] = Stay(last.began, ended)
    return tuple(joined)


def _length(stays: Stays, now: Millis) -> int:
    return sum((now if stay.ended is None else stay.ended) - stay.began for stay in stays)
