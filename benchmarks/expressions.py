"""How many rows of a billing table are worked out in a second: eight columns of a usual mapping file.

.venv/bin/python -m benchmarks.expressions
"""

import time
from datetime import UTC, datetime

from meetingserver.expressions import Expression

ROWS = 100_000
COLUMNS = (
    "leg.id",
    "account.code | default('UNASSIGNED') | left(12)",
    "leg.type | lookup({'web': 'W', 'dialin': 'I', 'dialout': 'O'}, '?')",
    "leg.joined_at | tz('Europe/London') | naive",
    "leg.duration_s | ceil_minutes",
    "'Conf ' + conference.number + ' ' + leg.display_name | left(40)",
    "leg.talk_s | default(0)",
    "leg.duration_s > 0 and leg.type != 'recorder'",
)


def main() -> None:
    columns = [Expression(source) for source in COLUMNS]
    joined_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    leg = {"id": "l1", "type": "web", "duration_s": 61, "joined_at": joined_at, "display_name": "Alice"}
    row = {"leg": leg, "account": {"code": None}, "conference": {"number": "123456789"}}
    begun = time.process_time()
    for _ in range(ROWS):
        for column in columns:
            column(row)
    rate = ROWS / (time.process_time() - begun)
    print(f"RESULT rows_per_s={rate:.0f} columns={len(columns)}")


if __name__ == "__main__":
    main()
