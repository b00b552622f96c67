"""Simulated telephones on a page: what people do with them, what they hear."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridges import here
from bridges.models import CAUSE_LABELS, Bridge
from bridges.prompts import said
from bridges.simulator.adapter import Adapter
from bridges.simulator.phones import PITCH, Phone, Phones
from bridges.simulator.sound import heard
from bridges.trial import NOBODYS
from bridges.types import Direction, LegState
from conferences.models import Room

KEYS = "123456789*0#"
MOST_KEYS = 20
MOST_CALLS = 6
ROOMS = 3
CALLED = f"{NOBODYS}77"

STATES = {
    LegState.DIALING: _("is being called"),
    LegState.RINGING: _("rings"),
    LegState.ARRIVED: _("connected, not in a conference yet"),
    LegState.JOINED: _("in the conference"),
    LegState.HELD: _("on hold"),
}


class Heard(NamedTuple):
    place: int
    text: str
    is_music: bool


class Telephone(NamedTuple):
    """One on the page. `other`: whom it calls, or who calls it. Words are said where the page is made: its
    language is not known on the event loop."""

    leg: str
    own: str
    other: str
    incoming: bool
    state: str | Promise
    rings: bool
    waits: bool
    over: str | Promise
    muted: bool
    held: bool
    talks: bool
    heard: Sequence[Heard]

    @property
    def in_call(self) -> bool:
        return not self.rings and not self.over


def seen(bridge: Bridge, *, user: Any) -> dict[str, Any]:
    """What the page shows. `kept`: the bridge is kept by this process, so that its telephones can be used."""
    adapter = _adapter(bridge)
    phones = here.do(lambda: _drawn(adapter.phones)) if adapter else []
    return {
        "kept": adapter is not None,
        "telephones": phones,
        "numbers": list(bridge.numbers.all()),
        "own": f"{NOBODYS}{len(phones) + 1:02}",
        "called": CALLED,
        "rooms": list(Room.objects.filter(owner=user).order_by("name")[:ROOMS]),
        "keys": KEYS,
        "may_call": sum(not phone.over for phone in phones) < MOST_CALLS,
    }


def act(bridge: Bridge, asked: Mapping[str, str]) -> None:
    """What was pressed: `do` is a deed, maybe with a value, as `press 12#`, and `before` are keys that belong
    before it. What makes no sense any more is passed over: the call may just have ended."""
    deed, _space, value = asked.get("do", "").partition(" ")
    adapter, does = _adapter(bridge), _DEEDS.get(deed)
    if adapter and does:
        here.do(lambda: does(adapter.phones, {**asked, "value": asked.get("before", "") + value}))


def sound(bridge: Bridge, leg: str, place: int) -> HttpResponse:
    adapter = _adapter(bridge)
    file, volume = here.do(lambda: _sound(adapter.phones, leg, place)) if adapter else (None, 0)
    if file is None or not file.exists():
        return HttpResponse(status=404)
    return HttpResponse(heard(file.read_bytes(), volume), content_type="audio/wav")


def _adapter(bridge: Bridge) -> Adapter | None:
    kept = here.bridge(bridge.key)
    return kept if isinstance(kept, Adapter) else None


# On the event loop


def _drawn(phones: Phones) -> list[Telephone]:
    return [_telephone(phone) for phone in (*phones.calls.values(), *reversed(phones.ended))]


def _telephone(phone: Phone) -> Telephone:
    info = phone.info
    incoming = info.direction is Direction.OUT  # as the telephone sees it
    numbers = (info.dialled, info.caller) if incoming else (info.caller, info.dialled)
    state = LegState.HELD if info.held else info.state
    return Telephone(
        leg=phone.leg,
        own=numbers[0],
        other=numbers[1],
        incoming=incoming,
        state=STATES[state],
        rings=info.state in (LegState.DIALING, LegState.RINGING) and phone.over is None,
        waits=info.state is LegState.ARRIVED and phone.over is None,
        over=CAUSE_LABELS[phone.over] if phone.over else "",
        muted=info.muted,
        held=info.held,
        talks=bool(phone.pitch),
        heard=[_heard(place, file) for place, file in enumerate(phone.sounds)],
    )


def _heard(place: int, file: Path) -> Heard:
    return Heard(place, said(file), file.stem == "music")


def _sound(phones: Phones, leg: str, place: int) -> tuple[Path | None, int]:
    """And how loud it is heard, in decibels."""
    phone = _any_phone(phones, leg)
    return (phone.sounds[place], phone.volume) if phone and place < len(phone.sounds) else (None, 0)


def _any_phone(phones: Phones, leg: str) -> Phone | None:
    return next((phone for phone in (*phones.calls.values(), *phones.ended) if phone.leg == leg), None)


# What people do

Deed = Callable[[Phones, Mapping[str, str]], None]


def _calls(phones: Phones, asked: Mapping[str, str]) -> None:
    if len(phones.calls) < MOST_CALLS:
        phones.calls_us(asked.get("own", "")[:20], asked.get("number", "")[:20])


def _of_a_call(does: Callable[[Phones, Phone, str], None]) -> Deed:
    def deed(phones: Phones, asked: Mapping[str, str]) -> None:
        phone = phones.calls.get(asked.get("leg", ""))
        if phone is not None:
            does(phones, phone, asked.get("value", ""))

    return deed


def _presses(phones: Phones, phone: Phone, keys: str) -> None:
    if phone.info.state in (LegState.ARRIVED, LegState.JOINED):
        phones.presses(phone.leg, "".join(key for key in keys if key in KEYS)[:MOST_KEYS])


def _answers(phones: Phones, phone: Phone, _value: str) -> None:
    if phone.info.state is LegState.RINGING:
        phones.answers(phone.leg)


def _hangs_up(phones: Phones, phone: Phone, _value: str) -> None:
    if phone.info.state in (LegState.DIALING, LegState.RINGING):
        phones.refuses(phone.leg)
    else:
        phones.hangs_up(phone.leg)


def _talks(phones: Phones, phone: Phone, _value: str) -> None:
    phones.talks(phone.leg, 0 if phone.pitch else PITCH)


def _holds(phones: Phones, phone: Phone, _value: str) -> None:
    phones.holds(phone.leg, not phone.info.held)


_DEEDS: dict[str, Deed] = {
    "call": _calls,
    "press": _of_a_call(_presses),
    "answer": _of_a_call(_answers),
    "hang_up": _of_a_call(_hangs_up),
    "talk": _of_a_call(_talks),
    "hold": _of_a_call(_holds),
}
