"""Somebody's billing database, as old ones are: short names, CHAR columns, a day and a time apart, nothing
may be empty, and a view that is written through. And a meeting to be billed there."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from billing.mapping import Mappings, Target, mapping_parse
from billing.models import Record
from billing.services import drafts, records_keep
from billing.tally import bill
from billing.targets.engines import engine_of
from conferences.core import billing as b
from conferences.core import calls as k
from conferences.core import commands as c
from conferences.core.words import LegKind, Policy
from tests.conferences.meeting import BEGIN, Meeting

TABLES = """
CREATE TABLE CALL_DETAIL (
    ACCT_NO CHAR(12) NOT NULL,
    CALL_TYPE CHAR(1) NOT NULL,
    START_DT DATE NOT NULL,
    START_TM TIME NOT NULL,
    BILL_MIN SMALLINT NOT NULL,
    DESCR VARCHAR(40) NOT NULL,
    ANI VARCHAR(20),
    TEL_MIN SMALLINT NOT NULL,
    EXT_REF CHAR(32) NOT NULL {unique},
    STATUS CHAR(1) DEFAULT 'N' NOT NULL
);
CREATE TABLE ROOM_USE (ROOM VARCHAR(20) NOT NULL, PORT_MIN DECIMAL(9, 2), BEGAN TIMESTAMP NULL);
CREATE VIEW ROOMS AS SELECT ROOM, PORT_MIN, BEGAN FROM ROOM_USE;
"""
WRITTEN_THROUGH = """
CREATE TRIGGER ROOMS_WRITTEN INSTEAD OF INSERT ON ROOMS
BEGIN INSERT INTO ROOM_USE VALUES (NEW.ROOM, NEW.PORT_MIN, NEW.BEGAN); END
"""
MAPPING = """
[constants]
CUSTOMER = "UNASSIGNED"

[lookups.types]
web = "W"
dialin = "I"
dialout = "O"

[target.books]
url = "env:URL"
mode = "MODE"
create_ledger = true
timeout_seconds = 2

[[target.books.table]]
name = "CALL_DETAIL"
record = "leg"
when = "leg.duration_s > 0 and (leg.type == 'web' or not sibling)"
KEY
[target.books.table.columns]
ACCT_NO = "account.code | default(constants.CUSTOMER) | left(12)"
CALL_TYPE = "leg.type | lookup(lookups.types, '?')"
START_DT = "leg.joined_at | tz('Europe/Berlin')"
START_TM = "leg.joined_at | tz('Europe/Berlin')"
BILL_MIN = "leg.duration_s | ceil_minutes"
DESCR = "conference.room + ' ' + leg.display_name | left(40)"
ANI = "(leg.caller or sibling.caller) | digits"
TEL_MIN = "sibling.duration_s | ceil_minutes | default(0)"
EXT_REF = "record.id"

[[target.books.table]]
name = "ROOMS"
record = "conference"
ROOM_KEY
[target.books.table.columns]
ROOM = "conference.room"
PORT_MIN = "conference.port_minutes_web + conference.port_minutes_dialin"
BEGAN = "conference.created_at"
"""


def mapping(url: str, mode: str = "ledger", text: str = MAPPING) -> Mappings:
    keys = ('key = ["EXT_REF"]', 'key = ["ROOM", "BEGAN"]') if mode == "key" else ("", "")
    text = text.replace("MODE", mode).replace("ROOM_KEY", keys[1]).replace("\nKEY\n", f"\n{keys[0]}\n")
    return mapping_parse(text, lambda _name: url, name="billing.toml")


class Books:
    """The database at an address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = engine_of(self.target())

    def target(self, mode: str = "ledger", text: str = MAPPING) -> Target:
        return mapping(self.url, mode, text).targets["books"]

    def open(self, *, unique: bool = True) -> None:
        """Empty, whatever was there."""
        self.run("DROP VIEW IF EXISTS ROOMS")
        for table in ("CALL_DETAIL", "ROOM_USE", "wc_delivery"):
            self.run(f"DROP TABLE IF EXISTS {table}")
        for statement in TABLES.format(unique="UNIQUE" if unique else "").split(";\n")[:-1]:
            self.run(statement)
        if self.engine.name == "sqlite":
            self.run(WRITTEN_THROUGH)

    def run(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.text(statement))

    def calls(self) -> list[tuple[Any, ...]]:
        """Without their keys, in order of arrival; CHAR columns without their filling."""
        columns = "ACCT_NO, CALL_TYPE, START_DT, START_TM, BILL_MIN, DESCR, ANI, TEL_MIN, STATUS"
        rows = self._rows(f"SELECT {columns} FROM CALL_DETAIL ORDER BY START_DT, START_TM, DESCR")  # noqa: S608 - ours
        return [tuple(_plain(value) for value in row) for row in rows]

    def rooms(self) -> list[tuple[Any, ...]]:
        return [
            (room, float(used)) for room, used, _ in self._rows("SELECT ROOM, PORT_MIN, BEGAN FROM ROOMS")
        ]

    def count(self, table: str = "CALL_DETAIL") -> int:
        return int(self._rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - ours

    def _rows(self, query: str) -> Sequence[Any]:
        with self.engine.connect() as connection:
            return connection.execute(sa.text(query)).all()

    def close(self) -> None:
        self.engine.dispose()


def _plain(value: Any) -> Any:
    """MariaDB hands out a time of day as a span, SQLite as a text."""
    if isinstance(value, str):
        return value.rstrip(" ").removesuffix(".000000")
    return value if value is None or isinstance(value, int) else str(value)


def meeting_of_three() -> Meeting:
    """Alice, whose account it is, and Bob by web; Bob also by telephone, for seven of his eight minutes; and
    a caller whom nobody knows, for two."""
    meeting = Meeting(Policy(empty_s=7 * 86_400, lone_s=7 * 86_400))
    subscription = b.Subscription(room="123456789", subscriber="alice", account="ACME", billing_code="A1")
    meeting.happens(b.ConferenceSubscribed(subscription=subscription, at=BEGIN))
    meeting.joins("alice", account="alice")
    meeting.wait(60)
    meeting.joins("bob")
    meeting.wait(60)
    calls(meeting, "bob", "+49 30 123")
    meeting.wait(300)
    calls(meeting, "carol", "+49 89 555")
    meeting.wait(120)
    meeting.does("alice", c.EndConference())
    return meeting


def calls(meeting: Meeting, who: str, number: str) -> None:
    meeting.joins(who, kind=LegKind.PHONE, name=who.title())
    legs = meeting.state.legs.items()
    [leg] = [id for id, leg in legs if leg.participant == who and leg.kind is LegKind.PHONE]
    begun = k.CallBegan(
        participant=who, leg=leg, call=f"call-{who}", bridge="office", direction="in", caller=number,
        dialled="+4989555", started_at=meeting.now, answered_at=meeting.now, at=meeting.now,
    )  # fmt: skip
    meeting.events.append(begun)


def billed(meeting: Meeting, conference: str = "c1", targets: Sequence[str] = ("books",)) -> list[Record]:
    """The records of a meeting, on their way."""
    return records_keep(drafts(bill(conference, meeting.events)), targets=targets)
