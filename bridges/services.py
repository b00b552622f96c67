"""Writes: the record of every call, step by step. Each step may come twice, and the first one counts."""

import hashlib
import re
import secrets

from django.db import IntegrityError, transaction
from django.db.models import Q

from bridges.errors import AlreadyAttached
from bridges.events import CdrReady, LegEnded
from bridges.models import Bridge, CallRecord, MediaAttachment, SpokenName
from bridges.types import Direction, Leg
from conferences.core.words import Millis

LEASE_MS = 15_000
"""A bridge whose server was not heard of for so long may be kept by another."""

_ID = re.compile(r"[A-Za-z0-9_]{1,32}")


def call_id(leg: str) -> str:
    """What a leg is called in journals and records: at most 32 characters, the hex of its UUID as a rule."""
    plain = leg.replace("-", "")
    return plain if _ID.fullmatch(plain) else hashlib.sha256(leg.encode()).hexdigest()[:32]


# Calls


def call_began(*, leg: Leg, bridge: str, now: Millis, conference: str | None = None) -> None:
    """It arrives, or was placed for a conference."""
    incoming = leg.direction is Direction.IN
    CallRecord.objects.get_or_create(
        leg=call_id(leg.leg),
        defaults={
            "bridge": bridge,
            "conference_id": conference,
            "direction": leg.direction.value,
            "caller": leg.caller[:64],
            "dialled": leg.dialled[:64],
            "started_at": now,
            "answered_at": now if incoming else None,
        },
    )


def call_answered(*, leg: str, now: Millis) -> None:
    CallRecord.objects.filter(leg=call_id(leg), answered_at=None).update(answered_at=now)


def call_joined(*, leg: str, conference: str, participant: str, now: Millis) -> None:
    """It is a participant's now; of several, the last."""
    record = CallRecord.objects.filter(leg=call_id(leg))
    record.update(conference_id=conference, participant=participant)
    record.filter(joined_at=None).update(joined_at=now)


def call_ended(*, event: LegEnded, now: Millis) -> None:
    quality = event.quality
    CallRecord.objects.filter(leg=call_id(event.leg), ended_at=None).update(
        ended_at=now,
        cause=event.cause.value,
        sip_code=event.sip_code,
        q850=event.q850,
        codec=quality.codec[:32],
        mos=quality.mos,
        loss_percent=quality.loss_percent,
        jitter_ms=quality.jitter_ms,
    )


def call_reported(*, event: CdrReady) -> None:
    """The bridge's own record; `tasks.reconcile` compares."""
    told = {
        "started_at": event.started_at,
        "answered_at": event.answered_at,
        "ended_at": event.ended_at,
        "cause": event.cause.value,
        "raw": dict(event.raw),
    }
    CallRecord.objects.filter(leg=call_id(event.leg)).update(vendor=told, reconciled_at=None)


def name_keep(*, call: str, conference: str, participant: str, sound: bytes) -> str:
    """A caller's name as they said it, for as long as the conference lasts. Its key."""
    facts = {"conference_id": conference, "participant": participant, "sound": sound}
    new = {**facts, "key": secrets.token_hex(16)}
    name, _new = SpokenName.objects.update_or_create(call=call, defaults=facts, create_defaults=new)
    return name.key


# Bridges


def bridge_claim(*, bridge: Bridge, server: str, now: Millis) -> bool:
    """Whether this server keeps it from now on, or goes on to: one at a time does."""
    row = Bridge.objects.filter(pk=bridge.pk, server=bridge.server, kept_at=bridge.kept_at)
    if bridge.server not in ("", server) and bridge.kept_at > now - LEASE_MS:
        return False
    return bool(row.update(server=server, kept_at=now))


def bridge_release(*, key: str, server: str) -> None:
    """Another server may keep it at once."""
    Bridge.objects.filter(key=key, server=server).update(server="", kept_at=0)


def bridge_health(*, key: str, works: bool, answer: str, now: Millis) -> None:
    """`checked_at` becomes the moment since which it is so."""
    told = Bridge.objects.filter(key=key).exclude(works=works, answer=answer[:300])
    told.update(works=works, answer=answer[:300], checked_at=now)


# Media legs


def media_claim(*, key: str, room: str, conference: str, server: str, now: Millis) -> None:
    """This conference's, from now on. What a former conference of the room, or a former server of this one,
    has left behind is taken over; what another still has is not. Raises AlreadyAttached."""
    facts = {"conference_id": conference, "server": server, "since": now}
    bridge = Bridge.objects.get(key=key)
    try:
        with transaction.atomic():
            MediaAttachment.objects.create(bridge=bridge, room=room, **facts)
    except IntegrityError:
        mine = Q(conference=conference) | Q(conference__ended_at__isnull=False)
        stale = MediaAttachment.objects.filter(mine, bridge=bridge, room=room)
        if not stale.update(**facts):
            raise AlreadyAttached(room) from None


def media_release(*, key: str, room: str, conference: str) -> None:
    MediaAttachment.objects.filter(bridge__key=key, room=room, conference=conference).delete()
