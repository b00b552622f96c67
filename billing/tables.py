"""Records as files that spreadsheets open."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from billing.models import Record
from billing.selectors import told_of
from meetingserver.spreadsheets import csv_file

COLUMNS = ("id", "kind", "subject", "version", "supersedes", "conference", "account", "at")


def records_csv(records: Iterable[Record]) -> bytes:
    """What all have first, then whatever any of them says, by the names of docs/billing-records.md."""
    kept = list(records)
    fields = sorted({name for record in kept for name in record.body} - set(COLUMNS))
    rows = [[*_common(record), *(_cell(record.body.get(name)) for name in fields)] for record in kept]
    return csv_file([[*COLUMNS, *fields], *rows])


def _common(record: Record) -> list[str]:
    values = (
        *(record.pk, record.kind, record.subject, record.version, record.supersedes_id),
        *(record.conference, record.account, record.at),
    )
    return [_cell(value) for value in values]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def conferences_csv(records: Iterable[Record]) -> bytes:
    """The conferences of a month, in order."""
    heading = [
        _("Began"),
        _("Room"),
        _("Billing code"),
        _("Length in minutes"),
        _("People"),
        _("Minutes by web"),
        _("Minutes by phone"),
        _("Minutes recorded"),
    ]
    rows = [
        [
            told["began"].isoformat(timespec="seconds"),
            told["title"],
            told["billing_code"],
            *(str(told[name]) for name in ("minutes", "persons", "web", "phone", "recorded_minutes")),
        ]
        for told in map(told_of, records)
    ]
    return csv_file([heading, *rows])
