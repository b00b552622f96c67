"""Reads: numbers, languages, and whose a call is."""

from collections.abc import Collection
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from auth_gateway.limits import limits_of_user
from bridges.models import AllowedDestination, Bridge, CallRecord, DialInNumber, SpokenName
from bridges.numbers import written
from bridges.services import call_id
from bridges.spoken_names import Spoken
from bridges.types import Direction
from conferences.core.events import LegOpened
from conferences.invitations import DialIn
from conferences.journal import read_events, read_state
from conferences.models import Conference, Room
from meetingserver.speaking import first_spoken


class Payer(NamedTuple):
    """As seats have it."""

    account: str = ""
    tenant: str = ""
    billing_code: str = ""


class Known(NamedTuple):
    """A call that a conference knows, or has placed. `began`: it is there as `participant`."""

    room: int
    code: str
    conference: str
    participant: str
    name: str
    began: bool
    entitled: bool = False
    payer: Payer = Payer()


def languages_of(dialled: str, bridge: str) -> tuple[str, ...]:
    """What a number offers, its own first; of an unknown number, what the bridge's first one does."""
    numbers = DialInNumber.objects.filter(bridge__key=bridge)
    number = numbers.filter(number=dialled).first() or numbers.first()
    known = {code for code, _name in settings.LANGUAGES}
    offered = tuple(language for language in number.languages if language in known) if number else ()
    return offered or (settings.LANGUAGE_CODE,)


def brands_of_room(room: int) -> tuple[str, str]:
    """Its own and its owner's, as `Room.brands`."""
    found = Room.objects.filter(pk=room).values_list("brand", "owner__brand").first()
    return found or ("", "")


def language_of_room(room: int) -> str:
    """Its own, else its owner's."""
    found = Room.objects.filter(pk=room).values_list("language", "owner__language").first() or ()
    return first_spoken(*found)


def languages_heard() -> list[str]:
    """All in which somebody may hear prompts: of numbers, of rooms and their owners, and the server's."""
    numbers = (number.languages for number in DialInNumber.objects.all())
    rooms = Room.objects.values_list("language", "owner__language").distinct()
    heard = {settings.LANGUAGE_CODE, *chain.from_iterable(numbers), *chain.from_iterable(rooms)}
    return [code for code, _name in settings.LANGUAGES if code in heard]


def room_of_code(code: str) -> Room | None:
    return Room.objects.filter(code=code).first()


def code_of_conference(conference: str) -> str:
    return Conference.objects.values_list("room__code", flat=True).get(pk=conference)


def call_known(leg: str) -> Known | None:
    """Whose a call is, in a conference that still runs: what a new process knows of the calls it finds."""
    record = _record_of(call_id(leg))
    if record is None or record.conference is None:
        return None
    state, conference = read_state(record.conference.pk), record.conference
    room, code = conference.room_id, conference.room.code
    call, dial = state.calls.get(record.leg), state.dials.get(record.leg)
    if call:
        here = state.participants.get(call.participant)
        entitled = here is not None and here.entitled
        known = Known(room, code, conference.pk, call.participant, call.name, True, entitled)
    elif dial:
        known = Known(room, code, conference.pk, dial.to, dial.label, began=False)
    else:
        return None
    return known._replace(payer=_payer(conference.pk, known.participant))


def _payer(conference: str, participant: str) -> Payer:
    """Who pays for a participant, as it was said when they came last."""
    found = Payer()
    for event in read_events(conference, [LegOpened]):
        if isinstance(event, LegOpened) and event.participant == participant:
            found = Payer(event.account, event.tenant, event.billing_code)
    return found


def conference_of_call(call: str) -> str | None:
    """Where a call is, or for which it was placed, if that still runs."""
    record = _record_of(call)
    return record.conference_id if record else None


def bridge_of_call(call: str) -> str:
    """Empty: nobody knows that call."""
    return CallRecord.objects.filter(leg=call).values_list("bridge", flat=True).first() or ""


def _record_of(call: str) -> CallRecord | None:
    found = CallRecord.objects.select_related("conference__room").exclude(conference=None)
    return found.filter(leg=call, conference__ended_at=None).first()


def calls_open(bridge: str) -> Collection[CallRecord]:
    """Calls of a bridge of which no end is known."""
    return list(CallRecord.objects.filter(bridge=bridge, ended_at=None))


def spoken_names(conference: str) -> dict[str, Spoken]:
    """Of a conference's callers who said theirs, by participant."""
    said = SpokenName.objects.filter(conference=conference)
    return {name.participant: Spoken("", name.key, bytes(name.sound)) for name in said}


def spoken_name(key: str) -> bytes | None:
    """The sound, while its conference runs."""
    found = SpokenName.objects.filter(key=key, conference__ended_at=None)
    sound = found.values_list("sound", flat=True).first()
    return None if sound is None else bytes(sound)


def count_of_callers(room: int) -> int:
    """How many have called the conference that runs in a room."""
    here = CallRecord.objects.filter(conference__room=room, conference__ended_at=None)
    return here.filter(direction=Direction.IN.value).count()


def prefixes_allowed(conference: str) -> list[str]:
    """Destinations beyond the ordinary that may be called from its room."""
    everywhere_or_here = Q(room=None) | Q(room__conferences=conference)
    return list(AllowedDestination.objects.filter(everywhere_or_here).values_list("prefix", flat=True))


def bridges_enabled() -> list[Bridge]:
    return list(Bridge.objects.filter(enabled=True))


def dial_in_numbers(_room: Room) -> list[DialIn]:
    """What invitations and rooms show; all numbers lead to all rooms."""
    return [
        DialIn(number.label, written(number.number), number.country, number.toll_free, number.language)
        for number in DialInNumber.objects.filter(bridge__enabled=True)
    ]


def can_dial_out(room: Room) -> bool:
    """Whether there is a bridge that places calls, and the room's owner may use it."""
    return places_calls() and limits_of_user(room.owner).allows("dial_out")


def places_calls() -> bool:
    return Bridge.objects.filter(enabled=True, dials_out=True).exists()


def offers_calls(conference: str) -> bool:
    """To its participants."""
    return can_dial_out(Room.objects.select_related("owner").get(conferences=conference))
