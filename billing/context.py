"""What expressions see of records: the record itself and what stands around it, read for many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from auth_gateway.models import Account, User
from billing.fields import FIELDS
from billing.models import Kind, Record

Body = Mapping[str, Any]
Context = dict[str, Any]

MOMENTS = frozenset(
    name
    for fields in FIELDS.values()
    for known in fields.values()
    for name in known or ()
    if name.endswith(("_at", "_until"))
)
"""Fields that hold milliseconds since 1970."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def contexts_of(records: Sequence[Record]) -> list[Context]:
    """One for each, in their order; what may be named in it is told in `billing.fields`."""
    return _Surroundings(records).contexts()


class _Surroundings:
    """`sibling` is the leg of the same person by the other way, where each is the other's: so that with
    `when = "leg.type == 'web' or not sibling"` every leg stands in one row and in no other."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        conferences = _bodies(Kind.CONFERENCE, {record.conference for record in records})
        self._conferences = {id: timed(body) for id, body in conferences.items()}
        legs = [record.body for record in records if record.kind == Kind.LEG]
        self._legs = _bodies(Kind.LEG, {leg.get("sibling", "") for leg in legs})
        accounts = Account.objects.filter(code__in={record.account for record in records} - {""})
        self._accounts = dict(accounts.values_list("code", "name"))
        bodies = (*self._conferences.values(), *(record.body for record in records))
        owners = {body.get("subscriber", "") for body in bodies} - {""}
        people = User.objects.filter(username__in=owners)
        self._people = {person.username: person for person in people}

    def contexts(self) -> list[Context]:
        return [self._context(record) for record in self._records]

    def _context(self, record: Record) -> Context:
        conference = self._conference(record)
        about = {
            "record": _record(record),
            "account": {"code": record.account or None, "name": self._accounts.get(record.account)},
            "conference": conference,
            "subscriber": self._subscriber(
                record.body.get("subscriber", "") or conference.get("subscriber", "")
            ),
            "sibling": self._sibling(record),
        }
        return about if record.kind == Kind.CONFERENCE else {**about, record.kind: timed(record.body)}

    def _conference(self, record: Record) -> Body:
        if record.kind == Kind.CONFERENCE:
            return timed(record.body)
        return self._conferences.get(record.conference, {})

    def _sibling(self, record: Record) -> Body | None:
        if record.kind != Kind.LEG:
            return None
        sibling = self._legs.get(record.body.get("sibling", ""))
        return timed(sibling) if sibling and sibling.get("sibling") == record.subject else None

    def _subscriber(self, name: str) -> Body | None:
        person = self._people.get(name)
        if person is None:
            return {"user": name} if name else None
        return {"user": name, "name": person.display_name, "email": person.email}


def _record(record: Record) -> Body:
    return {
        "id": record.pk,
        "kind": record.kind,
        "subject": record.subject,
        "version": record.version,
        "supersedes": record.supersedes_id,
        "at": moment(record.at),
        "account": record.account or None,
        "conference": record.conference or None,
    }


def _bodies(kind: Kind, subjects: Iterable[str]) -> dict[str, Body]:
    """The last version of each."""
    found = Record.objects.filter(kind=kind, subject__in=set(subjects) - {""}).order_by("version")
    return dict(found.values_list("subject", "body"))


def timed(body: Body) -> Context:
    """With moments for milliseconds; 0, it did not happen, becomes None."""
    return {**body, **{name: moment(body[name]) for name in MOMENTS & body.keys()}}


def moment(ms: int) -> datetime | None:
    return EPOCH + timedelta(milliseconds=ms) if ms else None
