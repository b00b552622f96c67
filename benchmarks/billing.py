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
    from billing.services import drafts, records_keep
    from billing.tally import bill
    from tests.billing.books import Books, meeting_of_three

    books = Books(options.url or f"sqlite:///{folder}/books.sqlite3")
    books.open()
    meeting = meeting_of_three()
    begun = time.perf_counter()
    for number in range(options.conferences):
        made = bill(f"c{number}", meeting.events)
        made.conference["room"] = f"{number:09}"  # of its own: a key of these books
        records_keep(drafts(made), targets=["books"])
    billed = options.conferences / (time.perf_counter() - begun)
    target = books.target(options.mode)
    records = list(Record.objects.all())

    begun = time.process_time()
    rows = 0
    for record, context in zip(records, contexts_of(records), strict=True):
        rows += len(target.rows(record.kind, context))
    worked_out = rows / (time.process_time() - begun)

    begun, busy = time.perf_counter(), time.process_time()
    arrived = _deliver_all(target)
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    stored = books.count() + books.count("ROOM_USE")
    assert stored == options.conferences * ROWS_OF_CONFERENCE, stored
    print(
        f"RESULT database={books.engine.name} mode={options.mode} conferences={options.conferences}"
        f" conferences_billed_per_s={billed:.0f} rows={stored}"
        f" rows_worked_out_per_s={worked_out:.0f} rows_delivered_per_s={stored / seconds:.0f}"
        f" records_delivered_per_s={arrived / seconds:.0f} share_of_a_core={busy / seconds:.2f}"
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
