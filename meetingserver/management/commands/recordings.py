"""Recordings at the command line."""

import argparse
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conferences.clock import now
from meetingserver import celery  # noqa: F401 - what is to be made is given to its workers
from meetingserver.moments import moment_of
from recording import checking, retention, services
from recording.models import Deed, Recording
from recording.refusals import RecordingRefused
from recording.templatetags.moments import lasting


class Command(BaseCommand):
    help = "Lists recordings, checks them, has them made anew, deletes them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("list", help="all of them, newest first")
        rebuild = what.add_parser("rebuild", help="have a bundle made anew of its masters")
        rebuild.add_argument("--id", required=True, help="of the recording")
        what.add_parser("expire", help="warn of what will be deleted soon, delete what is due")
        what.add_parser("check", help="whether every row has its files, and every folder its row")
        delete = what.add_parser("delete", help="one of them, with every byte")
        delete.add_argument("--id", required=True, help="of the recording")

    def handle(self, *_args: Any, **options: Any) -> None:
        commands: dict[str, Callable[[dict[str, Any]], None]] = {
            "list": self._list,
            "rebuild": self._rebuild,
            "expire": self._expire,
            "check": self._check,
            "delete": self._delete,
        }
        commands[options["what"]](options)

    def _list(self, _options: dict[str, Any]) -> None:
        for one in Recording.objects.select_related("conference__room__owner"):
            room = one.conference.room
            began = moment_of(one.started_at).strftime("%Y-%m-%d %H:%M")
            facts = (one.pk, began, lasting(one.length_ms), f"{one.size_bytes:,} bytes", _state(one))
            self.stdout.write("  ".join((*facts, room.owner.username, room.name, one.title)))

    def _rebuild(self, options: dict[str, Any]) -> None:
        recording = _found(options["id"])
        try:
            services.recording_rebuild(recording=recording, by=None, now=now())
        except RecordingRefused as refused:
            raise CommandError(str(refused.refusal.label)) from None
        self.stdout.write(f"{recording.pk} is being made anew.")

    def _expire(self, _options: dict[str, Any]) -> None:
        for one in retention.recordings_warn(now=now()):
            self.stdout.write(f"{one}: its owner is warned.")
        for one in retention.recordings_expire(now=now()):
            self.stdout.write(f"{one} is deleted.")

    def _check(self, _options: dict[str, Any]) -> None:
        found = [f"{id}: {name} is missing." for id, name in checking.missing_files()]
        found += [f"{name}: no recording is known by that name." for name in retention.orphan_folders()]
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError("Rows and files do not agree.")
        self.stdout.write("Every recording has its files, and every folder its recording.")

    def _delete(self, options: dict[str, Any]) -> None:
        recording = _found(options["id"])
        if not retention.recording_remove(recording=recording, deed=Deed.DELETED, by=None, now=now()):
            raise CommandError("It is still being recorded.")
        self.stdout.write(f"{recording.pk} is deleted.")


def _found(id: str) -> Recording:
    recording = Recording.objects.filter(pk=id).first()
    if recording is None:
        raise CommandError(f"There is no recording {id}.")
    return recording


def _state(recording: Recording) -> str:
    step = f" {recording.step} {recording.percent}%" if recording.status == "making" else ""
    return recording.status + step + (f" ({recording.failure})" if recording.failure else "")
