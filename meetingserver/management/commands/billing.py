"""Billing at the command line."""

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from billing import days, outbox, services
from billing.delivery import target_deliver
from billing.examining import lines_of, problems_of, rows_of
from billing.mapping import Target
from billing.models import Record
from billing.selectors import lag
from conferences.clock import now
from conferences.models import Conference
from meetingserver import facts

SAMPLES = 50


class Command(BaseCommand):
    help = "Checks where billing records go, shows what becomes of them, delivers them, makes them anew."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="whether the targets take what the mapping file makes")
        preview = what.add_parser("preview", help="what the last records become, delivering nothing")
        preview.add_argument("--last", type=int, default=20, help="so many records")
        deliver = what.add_parser("deliver", help="what waits, now")
        replay = what.add_parser("replay", help="what was not delivered waits again")
        replay.add_argument("--delivered", action="store_true", help="and what was; no target takes it twice")
        rebuild = what.add_parser("rebuild", help="records made of the journal once more, corrections too")
        rebuild.add_argument("--conference", help="one alone")
        for one in (replay, rebuild):
            one.add_argument("--since", help="only of this day and later: 2026-11-23")
        for one in (check, preview, deliver, replay):
            one.add_argument("--target", help="one alone")

    def handle(self, *_args: Any, **options: Any) -> None:
        commands: dict[str, Callable[[dict[str, Any]], None]] = {
            "check": self._check,
            "preview": self._preview,
            "deliver": self._deliver,
            "replay": self._replay,
            "rebuild": self._rebuild,
        }
        commands[options["what"]](options)

    def _check(self, options: dict[str, Any]) -> None:
        samples = list(Record.objects.order_by("-at")[:SAMPLES])
        self.stdout.write(f"Tried with {len(samples)} records.")
        wrong = 0
        for target in _targets(options):
            problems = list(dict.fromkeys(problems_of(target, samples)))
            wrong += len(problems)
            self.stdout.write(
                f"{target.name} ({target.scheme}, {target.mode}): {'' if problems else 'all is well'}"
            )
            for problem in problems:
                self.stdout.write(f"  {problem}")
        if wrong:
            raise CommandError("Not everything would arrive.")

    def _preview(self, options: dict[str, Any]) -> None:
        records = list(Record.objects.order_by("-at")[: options["last"]])[::-1]
        for target in _targets(options):
            for record, made in rows_of(target, records):
                self.stdout.write(f"{target.name}: {record}")
                for line in lines_of(made):
                    self.stdout.write(f"  {line}")

    def _deliver(self, options: dict[str, Any]) -> None:
        for target in _targets(options):
            count = target_deliver(target, now=now)
            left, failure = lag([target.name]), outbox.failure_of(target.name)
            held = f" Held: {failure}" if failure else ""
            self.stdout.write(
                f"{target.name}: {count} delivered, {left.waiting} wait, {left.dead} dead.{held}"
            )

    def _replay(self, options: dict[str, Any]) -> None:
        for target in _targets(options):
            if options["delivered"] and not target.promises_once:
                raise CommandError(f"{target.name} would hold everything twice.")
            count = outbox.deliveries_replay(
                target=target.name, now=now(), since=_since(options), delivered=options["delivered"]
            )
            self.stdout.write(f"{target.name}: {count} wait.")

    def _rebuild(self, options: dict[str, Any]) -> None:
        since, one, targets = _since(options), options["conference"], list(settings.BILLING.targets)
        ended = Conference.objects.filter(ended_at__gte=since).order_by("ended_at")
        conferences = list((ended.filter(pk=one) if one else ended).values_list("pk", flat=True))
        made = 0
        for conference in conferences:
            made += len(services.conference_rebuild(conference, targets=targets))
        recordings = facts.recorded_in(since=since, conference=one)
        made += len(days.recordings_rebuild(recordings, targets=targets))
        if not one:
            made += len(days.usage_keep(now=now(), since=since, targets=targets))
        self.stdout.write(
            f"{len(conferences)} conferences, {len(recordings)} recordings, {made} records new or corrected."
        )


def _targets(options: dict[str, Any]) -> list[Target]:
    targets = settings.BILLING.targets
    if not targets:
        raise CommandError("Nothing is delivered anywhere: set BILLING_MAPPING.")
    wanted = options["target"] or None
    if wanted and wanted not in targets:
        raise CommandError(f"There is no target {wanted}; known are {', '.join(targets)}.")
    return [targets[wanted]] if wanted else list(targets.values())


def _since(options: dict[str, Any]) -> int:
    if not options["since"]:
        return 0
    try:
        day = datetime.fromisoformat(options["since"])
    except ValueError:
        raise CommandError("--since wants a day such as 2026-11-23.") from None
    day = day if day.tzinfo else timezone.make_aware(day)
    return int(day.timestamp() * 1000)
