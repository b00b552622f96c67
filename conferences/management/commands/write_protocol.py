"""`manage.py write_protocol`: keeps the browser's types and the protocol page what the classes say."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from conferences import protocol

BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


class Command(BaseCommand):
    help = "Writes core/messages.d.ts and the tables of docs/protocol.md from the message classes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if something would change")

    def handle(self, *_args: object, **options: Any) -> None:
        for path, content in _wanted(settings.BASE_DIR).items():
            if path.exists() and path.read_text() == content:
                continue
            if options["check"]:
                raise CommandError(f"{path.name} is not current: run manage.py write_protocol")
            path.write_text(content)
            self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")


def _wanted(base: Path) -> dict[Path, str]:
    page = base / "docs" / "protocol.md"
    before, _, rest = page.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    return {
        base / "conferences/static/conferences/core/messages.d.ts": protocol.typescript(),
        page: f"{before}{BEGIN}\n\n{protocol.tables()}\n\n{END}{after}",
    }
