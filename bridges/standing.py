"""What a caller's client knows of the conference: as little as it needs. PURE.

It is told what a browser is told (docs/protocol.md). `heard(standing, message)` says what then is true;
what a caller must notice of it are the differences, `changes(before, after)`.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class Gone(StrEnum):
    """Why a caller is no longer there, as whom they were."""

    REMOVED = "removed"
    DENIED = "denied"
    ENDED = "ended"
    LEFT = "left"
    BECAME = "became"
    """They are somebody else now: merged, or split."""


class Standing(Struct, frozen=True):
    """`me`: as whom. `people`: who was let in, and their names. `becomes`: as whom to come back."""

    me: str = ""
    conference: str = ""
    waiting: bool = True
    opened: bool = False
    lobby: bool = False
    """Whoever comes is let in one by one."""
    host: bool = False
    speaks: bool = False
    hand: bool = False
    recorded: bool = False
    locked: bool = False
    announced: str = "tone"
    """How it is heard that a caller comes or goes (`CallerEntry`)."""
    people: dict[str, str] = {}
    asked_to_speak: int = 0
    """How often."""
    gone: Gone | None = None
    becomes: str = ""


class Change(StrEnum):
    """What a caller notices."""

    ADMITTED = "admitted"
    HELD_BACK = "held_back"
    SPEAKS = "speaks"
    MUTED = "muted"
    HAND_RAISED = "hand_raised"
    HAND_LOWERED = "hand_lowered"
    RECORDED = "recorded"
    RECORDED_NO_LONGER = "recorded_no_longer"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    ASKED_TO_SPEAK = "asked_to_speak"
    GONE = "gone"


Message = dict[str, Any]


def heard(standing: Standing, message: Message) -> Standing:
    """One message of the conference: a welcome, an event, or what is none of a caller's business."""
    if "welcome" in message:
        return _welcomed(replace(standing, me=message["you"], conference=message["conference"]), message)
    event = message.get("event")
    return _of_the_room(standing, event) if event else standing


def _welcomed(standing: Standing, message: Message) -> Standing:
    """All there is, anew."""
    picture = message["welcome"]
    me = picture["participants"].get(standing.me)
    if me is None:
        return standing
    recording = picture["recording"]
    return replace(
        standing,
        waiting=me["role"] == "waiting",
        opened=picture["status"] == "open",
        host=me["role"] == "host",
        speaks=me["microphone"],
        hand=bool(me["hand"]),
        recorded=bool(recording) and recording["status"] == "recording",
        locked=picture["locked"],
        lobby=picture["policy"]["lobby"],
        announced=picture["policy"]["announce_callers"],
        people={
            id: other["name"] for id, other in picture["participants"].items() if other["role"] != "waiting"
        },
    )


def _of_the_room(standing: Standing, event: Message) -> Standing:
    match event:
        case {"type": "recording.started" | "recording.resumed"}:
            return replace(standing, recorded=True)
        case {"type": "recording.stopped" | "recording.paused"}:
            return replace(standing, recorded=False)
        case {"type": "conference.locked" | "conference.unlocked" as kind}:
            return replace(standing, locked=kind == "conference.locked")
        case {"type": "conference.opened"}:
            return replace(standing, opened=True)
        case {"type": "conference.ended"}:
            return replace(standing, gone=standing.gone or Gone.ENDED)
        case {"participant": str(who)}:
            return _of_somebody(standing, event, who)
        case _:
            return standing


def _of_somebody(standing: Standing, event: Message, who: str) -> Standing:
    match event["type"]:
        case "participant.joined" if event["role"] != "waiting":
            return replace(standing, people={**standing.people, who: event["name"]})
        case "participant.admitted":
            return replace(standing, people={**standing.people, who: event["name"]})
        case "participant.renamed" if who in standing.people:
            return replace(standing, people={**standing.people, who: event["name"]})
        case "call.merged" | "participant.joined" | "participant.left" | "lobby.held" if who != standing.me:
            return replace(standing, people=_without(standing.people, who))
        case "microphone.asked" if event["to"] == standing.me:
            return replace(standing, asked_to_speak=standing.asked_to_speak + 1)
        case _:
            return _of_me(standing, event) if who == standing.me else standing


def _of_me(standing: Standing, event: Message) -> Standing:
    match event["type"]:
        case "microphone.muted" | "microphone.unmuted" as kind:
            return replace(standing, speaks=kind == "microphone.unmuted")
        case "hand.raised" | "hand.lowered" as kind:
            return replace(standing, hand=kind == "hand.raised")
        case "lobby.held":
            return replace(standing, waiting=True, people={})
        case "participant.left":
            return replace(standing, gone=_LEFT.get(event["reason"], Gone.LEFT))
        case "call.merged":
            return replace(standing, gone=Gone.BECAME, becomes=event["into"])
        case "call.split":
            became = Gone.BECAME if event["origin"] else Gone.LEFT
            return replace(standing, gone=became, becomes=event["origin"])
        case _:
            return standing


def _without(people: dict[str, str], who: str) -> dict[str, str]:
    return {id: name for id, name in people.items() if id != who}


_LEFT = {"removed": Gone.REMOVED, "denied": Gone.DENIED, "ended": Gone.ENDED}


def changes(before: Standing, after: Standing) -> list[Change]:
    """In the order in which a caller is to notice them."""
    if after.gone:
        return [] if before.gone else [Change.GONE]
    return list(_changes(before, after))


def _changes(before: Standing, after: Standing) -> Iterator[Change]:
    if before.waiting != after.waiting:
        yield Change.HELD_BACK if after.waiting else Change.ADMITTED
    if before.speaks != after.speaks:
        yield Change.SPEAKS if after.speaks else Change.MUTED
    if before.hand != after.hand:
        yield Change.HAND_RAISED if after.hand else Change.HAND_LOWERED
    if before.recorded != after.recorded:
        yield Change.RECORDED if after.recorded else Change.RECORDED_NO_LONGER
    if before.locked != after.locked:
        yield Change.LOCKED if after.locked else Change.UNLOCKED
    if before.asked_to_speak != after.asked_to_speak:
        yield Change.ASKED_TO_SPEAK
