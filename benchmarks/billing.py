"""How many billing rows are worked out in a second, and how many delivered: to SQLite, or to any database.

    .venv/bin/python benchmarks/billing.py [--conferences 2000] [--url postgresql://…] [--mode ledger]

Each conference has a record of its own and four legs, which become three rows of calls and one of a room. The
database at the address gets tables of tests/billing/books.py, and loses those of their names.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

ROWS_OF_CONFERENCE = 4


def main() -> None:
    options = _options()
    folder = tempfile.mkdtemp(prefix="meetingserver-billing-")
    _prepare(folder)
    from billing.context import contexts_of
    from billing.models import Record
    from tests.billing.books import Books, billed, meeting_of_three

    books = Books(options.url or f"sqlite:///{folder}/books.sqlite3")
    books.open()
    meeting = meeting_of_three()
    for number in range(options.conferences):
        billed(meeting, f"c{number}")
    target = books.target(options.mode)
    records = list(Record.objects.all())

    begun = time.process_time()
    made = 0
    for record, context in zip(records, contexts_of(records), strict=True):
        made += len(target.rows(record.kind, context))
    worked_out = made / (time.process_time() - begun)

    begun = time.perf_counter()
    arrived = _deliver_all(target)
    seconds = time.perf_counter() - begun
    stored = books.count() + books.count("ROOM_USE")
    assert stored == options.conferences * ROWS_OF_CONFERENCE, stored
    print(
        f"RESULT database={books.engine.name} mode={options.mode} conferences={options.conferences}"
        f" rows={stored} rows_worked_out_per_s={worked_out:.0f} rows_delivered_per_s={stored / seconds:.0f}"
        f" records_delivered_per_s={arrived / seconds:.0f}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--conferences", type=int, default=2000)
    parser.add_argument("--url", default="", help="of a database that may be written over")
    parser.add_argument("--mode", default="ledger", choices=["ledger", "key", "none"])
    return parser.parse_args()


def _prepare(folder: str) -> None:
    """Django, with an empty database of its own."""
    import os

    import django

    os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "meetingserver.settings"}  # noqa: TID251 - before settings
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _deliver_all(target: object) -> int:
    from billing import outbox
    from billing.delivery import target_deliver
    from billing.mapping import Target
    from conferences.clock import now

    assert isinstance(target, Target)
    arrived = 0
    while outbox.targets_due([target.name], now=now()):
        arrived += target_deliver(target, now=now)
    return arrived


if __name__ == "__main__":
    main()
