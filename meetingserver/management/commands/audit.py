"""The audit log, for other programs."""

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from auth_gateway.audit import audit_csv, audit_json_lines
from auth_gateway.models import AuditEntry


class Command(BaseCommand):
    help = "Exports the audit log."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        export = what.add_parser("export", help="the oldest line first")
        export.add_argument("--format", choices=["csv", "jsonl"], default="csv")
        export.add_argument("--since", help="a day such as 2026-11-01")
        export.add_argument("--until", help="a day; it counts")
        export.add_argument("--action", help="of one kind alone")

    def handle(self, *_args: Any, **options: Any) -> None:
        entries = AuditEntry.objects.all()
        if options["since"]:
            entries = entries.filter(at__gte=_begin_of(options["since"]))
        if options["until"]:
            entries = entries.filter(at__lt=_begin_of(options["until"]) + 86_400_000)
        if options["action"]:
            entries = entries.filter(action=options["action"])
        write = audit_csv if options["format"] == "csv" else audit_json_lines
        write(entries, self.stdout)


def _begin_of(day: str) -> int:
    try:
        found = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.min)
    except ValueError:
        raise CommandError(f"{day!r} is no day such as 2026-11-01.") from None
    return int(timezone.make_aware(found).timestamp() * 1000)
