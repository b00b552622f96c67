"""Makes records of what happened, and puts them on their way."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from msgspec import to_builtins

from billing.models import Delivery, Kind, Record
from billing.tally import Bill, bill
from conferences.core.events import ConferenceEnded
from conferences.core.words import SYSTEM, EndReason, Millis
from conferences.journal import read_events
from conferences.models import Conference, JournalEntry, Room


class Draft(NamedTuple):
    """A record to be: what it is of, and what it says."""

    kind: Kind
    subject: str
    conference: str
    account: str
    at: Millis
    body: dict[str, Any]


def conference_bill(conference: str, *, targets: Sequence[str]) -> list[Record]:
    """The records of an ended conference, kept and on their way; none if they were kept before. Raises
    ValueError when it has not ended."""
    if Record.objects.filter(kind=Kind.CONFERENCE, subject=conference).exists():
        return []
    return records_keep(drafts_of(conference), targets=targets)


def conferences_unbilled(*, since: Millis = 0) -> list[str]:
    """That ended since then and have a journal, of which nothing was kept yet; the oldest first."""
    ended = _unbilled().filter(ended_at__gte=since).order_by("ended_at")
    return list(ended.values_list("pk", flat=True))


def room_bill(room: Room, *, now: Millis, targets: Sequence[str]) -> None:
    """All of its conferences, before it is deleted; one that nobody could end ends with it."""
    for conference in list(_unbilled().filter(room=room)):
        events = read_events(conference.pk, ())
        if conference.ended_at is None:
            end = ConferenceEnded(reason=EndReason.ADMIN, by=SYSTEM, at=max(now, events[-1].at))
            events = [*events, end]
        records_keep(drafts(bill(conference.pk, events)), targets=targets)


def _unbilled() -> QuerySet[Conference]:
    billed = Exists(Record.objects.filter(kind=Kind.CONFERENCE, subject=OuterRef("pk")))
    told = Exists(JournalEntry.objects.filter(conference=OuterRef("pk")))
    return Conference.objects.filter(~billed, told)


def conference_rebuild(conference: str, *, targets: Sequence[str]) -> list[Record]:
    """Made from the journal once more: what differs from what was kept is corrected by new versions; what is
    the same stays. Returns the corrections."""
    return records_keep(drafts_of(conference), targets=targets, correct=True)


def drafts_of(conference: str) -> list[Draft]:
    return drafts(bill(conference, read_events(conference, ())))


def drafts(made: Bill) -> list[Draft]:
    return [_of_conference(made), *_of_legs(made)]


def _of_conference(made: Bill) -> Draft:
    told = made.conference
    return Draft(Kind.CONFERENCE, told["id"], told["id"], told["account"], told["ended_at"], told)


def _of_legs(made: Bill) -> Iterable[Draft]:
    for leg in made.legs:
        body = {**to_builtins(leg), "duration_s": leg.duration_s, "present_s": leg.present_s}
        yield Draft(Kind.LEG, leg.id, made.conference["id"], leg.account, leg.left_at, body)


@transaction.atomic
def records_keep(drafts: Iterable[Draft], *, targets: Sequence[str], correct: bool = False) -> list[Record]:
    """What is not there yet; with `correct` also new versions of what is there and says something else. Those
    that were kept are returned: for each of the targets there is a delivery now."""
    kept = [record for draft in drafts if (record := _keep(draft, correct=correct)) is not None]
    Delivery.objects.bulk_create(
        Delivery(record=record, target=target) for record in kept for target in targets
    )
    return kept


def _keep(draft: Draft, *, correct: bool) -> Record | None:
    last = Record.objects.filter(kind=draft.kind, subject=draft.subject).order_by("-version").first()
    if last is not None and (not correct or last.body == draft.body):
        return None
    version = last.version + 1 if last else 1
    record = Record(
        id=record_id(draft.kind, draft.subject, version),
        version=version,
        supersedes=last,
        subscriber=draft.body.get("subscriber", ""),
        **draft._asdict(),
    )
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:  # another worker was quicker
        return None
    return record


def record_id(kind: str, subject: str, version: int) -> str:
    return hashlib.sha256(f"{kind} {subject} {version}".encode()).hexdigest()[:32]
