"""What there is on a FreeSWITCH when we come: rooms, calls in them, calls that wait for us, sound of ours."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import DecodeError, json, structs

from bridges.errors import ProtocolError
from bridges.events import BridgeUp
from bridges.freeswitch.calls import Calls
from bridges.freeswitch.esl import EventSocket, Fields
from bridges.freeswitch.translation import Translation
from bridges.freeswitch.values import Refused, is_own_channel
from bridges.types import Leg, LegState, Room
from bridges.values import is_ours

UNSET = "_undef_"


class Standing(NamedTuple):
    """`channels`: the names of all there are."""

    up: BridgeUp
    channels: frozenset[str]


async def look(socket: EventSocket, calls: Calls, translation: Translation) -> Standing:
    """Calls that are not there are forgotten, others known afterwards. Raises BridgeError."""
    rooms = [
        await _room(socket, calls, translation, about)
        for about in await _listed(socket, "conference json_list")
        if is_ours(str(about.get("conference_name", "")))
    ]
    rows = await _listed(socket, "show channels as json")
    channels = frozenset(str(row.get("uuid", "")) for row in rows)
    inside = {leg.leg for room in rooms for leg in room.legs}
    waiting = await _waiting(socket, calls, translation, sorted(channels - inside))
    calls.keep_only(inside | {leg.leg for leg in waiting})
    return Standing(BridgeUp(rooms=tuple(rooms), waiting=tuple(waiting)), channels)


async def rooms(socket: EventSocket) -> int:
    """How many there are, of whomever."""
    return len(await _listed(socket, "conference json_list"))


async def _listed(socket: EventSocket, command: str) -> Sequence[dict[str, Any]]:
    """FreeSWITCH says in words, or not at all, that there is nothing; of channels with a count around."""
    try:
        answer = await socket.api(command)
        found = json.decode(answer) if answer.startswith(("[", "{")) else []
    except Refused:
        return []
    except DecodeError as error:
        raise ProtocolError(f"FreeSWITCH answered {command} with what is no list") from error
    rows = found.get("rows", []) if isinstance(found, dict) else found
    return [row for row in rows if isinstance(row, dict)]


async def _room(socket: EventSocket, calls: Calls, translation: Translation, about: dict[str, Any]) -> Room:
    name = str(about["conference_name"])
    members = [
        member for member in about.get("members", []) if not is_own_channel(str(member.get("uuid", "")))
    ]
    dumps = await asyncio.gather(*(_dump(socket, str(member.get("uuid", ""))) for member in members))
    legs = []
    for member, fields in zip(members, dumps, strict=True):
        if fields is None:
            continue
        flags = member.get("flags", {})
        info = translation.inside(
            fields, name, muted=not flags.get("can_speak", True), talking=bool(flags.get("talking"))
        )
        legs.append(_known(calls, fields, info))
        calls.members[info.leg] = str(member.get("id", ""))
    return Room(room=name, locked=bool(about.get("locked")), legs=tuple(legs))


async def _waiting(
    socket: EventSocket, calls: Calls, translation: Translation, channels: Sequence[str]
) -> list[Leg]:
    """Only calls that we lead have our variable."""
    marks = await asyncio.gather(*(_mark(socket, channel) for channel in channels))
    ours = [channel for channel, mark in zip(channels, marks, strict=True) if mark]
    dumps = await asyncio.gather(*(_dump(socket, channel) for channel in ours))
    return [_outside(calls, translation, fields) for fields in dumps if fields]


def _outside(calls: Calls, translation: Translation, fields: Fields) -> Leg:
    info = translation.described(fields)
    answered = fields.get("Answer-State") == "answered"
    state = LegState.ARRIVED if answered else info.state
    return _known(calls, fields, structs.replace(info, state=state, room="", muted=False, talking=False))


def _known(calls: Calls, fields: Fields, info: Leg) -> Leg:
    info = structs.replace(info, held=fields.get("Channel-Call-State") == "HELD")
    if "variable_meetingserver" in fields:
        calls.led.add(info.leg)
    calls.put(info)
    return info


async def _mark(socket: EventSocket, channel: str) -> bool:
    try:
        return await socket.api(f"uuid_getvar {channel} meetingserver") not in (UNSET, "")
    except Refused:
        return False


async def _dump(socket: EventSocket, channel: str) -> Fields | None:
    """None: it is gone meanwhile."""
    try:
        found = json.decode(await socket.api(f"uuid_dump {channel} json"), type=dict[str, object])
    except (Refused, DecodeError):
        return None
    return {name: str(value) for name, value in found.items()}
