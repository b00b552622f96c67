"""Reads: numbers, languages, and whose a call is."""

from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from bridges.models import AllowedDestination, Bridge, CallRecord, DialInNumber
from bridges.services import call_id
from bridges.types import Direction
from conferences.journal import read_state
from conferences.models import Conference, Room


class Known(NamedTuple):
    """A call that a conference knows, or has placed. `began`: it is there as `participant`."""

    room: int
    conference: str
    participant: str
    name: str
    began: bool
    entitled: bool = False


def languages_of(dialled: str, bridge: str) -> tuple[str, ...]:
    """What a number offers, its own first; of an unknown number, what the bridge's first one does."""
    numbers = DialInNumber.objects.filter(bridge__key=bridge)
    number = numbers.filter(number=dialled).first() or numbers.first()
    known = {code for code, _name in settings.LANGUAGES}
    offered = tuple(language for language in number.languages if language in known) if number else ()
    return offered or (settings.LANGUAGE_CODE,)


def language_of_room(room: int) -> str:
    """Its owner's."""
    found = Room.objects.filter(pk=room).values_list("owner__language", flat=True).first()
    return found or settings.LANGUAGE_CODE


def room_of_code(code: str) -> Room | None:
    return Room.objects.filter(code=code).first()


def code_of_conference(conference: str) -> str:
    return Conference.objects.values_list("room__code", flat=True).get(pk=conference)


def call_known(leg: str) -> Known | None:
    """Whose a call is, in a conference that still runs: what a new process knows of the calls it finds."""
    record = (
        CallRecord.objects.select_related("conference")
        .filter(leg=call_id(leg), ended_at=None, conference__ended_at=None)
        .exclude(conference=None)
        .first()
    )
    if record is None or record.conference is None:
        return None
    return _known(record.conference, record)


def _known(conference: Conference, record: CallRecord) -> Known | None:
    state = read_state(conference.pk)
    if call := state.calls.get(record.leg):
        here = state.participants.get(call.participant)
        entitled = here is not None and here.entitled
        return Known(conference.room_id, conference.pk, call.participant, call.name, True, entitled)
    if dial := state.dials.get(record.leg):
        return Known(conference.room_id, conference.pk, dial.to, dial.label, began=False)
    return None


def calls_open(bridge: str) -> Collection[CallRecord]:
    """Calls of a bridge of which no end is known."""
    return list(CallRecord.objects.filter(bridge=bridge, ended_at=None))


def count_of_callers(conference: str) -> int:
    """How many have called, this time."""
    return CallRecord.objects.filter(conference=conference, direction=Direction.IN.value).count()


def prefixes_allowed(room: int) -> list[str]:
    """Destinations beyond the ordinary that may be called from this room."""
    allowed = AllowedDestination.objects.filter(Q(room=None) | Q(room=room))
    return list(allowed.values_list("prefix", flat=True))


def bridges_enabled() -> list[Bridge]:
    return list(Bridge.objects.filter(enabled=True))


def numbers_to_call() -> list[DialInNumber]:
    """What invitations and rooms show."""
    return list(DialInNumber.objects.filter(bridge__enabled=True).select_related("bridge"))
