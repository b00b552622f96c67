"""The audit log: who signed in, was refused, changed something, opened a recording. The one place that
writes it; an entry is never changed, and goes when its time is over."""

import csv
import hashlib
import hmac
import ipaddress
import time
from collections.abc import Iterator
from typing import Any, Literal, Protocol

import msgspec
from django.conf import settings
from django.db.models import QuerySet

from auth_gateway.callers import NOBODY, Caller
from auth_gateway.models import AuditEntry, User
from meetingserver.spreadsheets import harmless

Outcome = Literal["done", "allowed", "denied", "unavailable"]


class Writable(Protocol):
    def write(self, text: str, /) -> object: ...


COLUMNS = ("at", "action", "outcome", "who", "address", "subject", "reason", "details", "request_id")
DAY_MS = 86_400_000


def audit_write(
    *,
    action: str,
    outcome: Outcome = "done",
    who: str = "",
    caller: Caller = NOBODY,
    subject: str = "",
    reason: str = "",
    details: str = "",
    now_ms: int | None = None,
) -> None:
    """`who`: a user's name, or what `named` made of one that somebody typed."""
    AuditEntry.objects.create(
        at=int(time.time() * 1000) if now_ms is None else now_ms,
        action=action[:40],
        outcome=outcome,
        who=_clean(who)[:150],
        address=address_kept(caller.address),
        subject=_clean(subject)[:200],
        reason=reason[:64],
        details=_clean(details)[:500],
        request_id=caller.request_id[:32],
    )


def named(typed: str) -> str:
    """The name if it is a user's; else its beginning: people type passwords where names belong."""
    known = (
        User.objects.filter(username=typed[:150]).exists()
        or User.objects.filter(gateway_id=typed[:160]).exists()
    )
    return typed if known or not typed else f"{typed[:2]}…"


def address_kept(address: str) -> str:
    """As much of it as the server's owner wants kept."""
    match settings.AUDIT_ADDRESSES:
        case "none":
            return ""
        case "full":
            return address
        case "hashed":
            key = settings.SECRET_KEY.encode()
            return (
                hmac.digest(key, b"audit." + address.encode(), hashlib.sha256).hex()[:32] if address else ""
            )
        case _:
            return _truncated(address)


def _truncated(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    bits = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, bits), strict=False))


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def audit_forget(*, now_ms: int) -> int:
    """Deletes what is older than `AUDIT_DAYS`; says how many."""
    if not settings.AUDIT_DAYS:
        return 0
    return AuditEntry.objects.filter(at__lt=now_ms - settings.AUDIT_DAYS * DAY_MS).delete()[0]


# Handing it out


def audit_csv(entries: QuerySet[AuditEntry], file: Writable) -> int:
    """Says how many lines."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for row in _rows(entries):
        writer.writerow([harmless(str(value)) for value in row.values()])
        count += 1
    return count


def audit_json_lines(entries: QuerySet[AuditEntry], file: Writable) -> int:
    count = 0
    for row in _rows(entries):
        file.write(msgspec.json.encode(row).decode() + "\n")
        count += 1
    return count


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[dict[str, Any]]:
    yield from entries.order_by("at", "pk").values(*COLUMNS).iterator(chunk_size=1000)
