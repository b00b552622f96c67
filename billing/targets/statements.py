"""What is said to somebody's database: plain SQL that all of them speak. PURE."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from billing.targets.sheets import Sheet

PARAMETERS = 900
"""In one statement: Oracle takes 1000 in a list, SQL Server 2100 in all, SQLite a thousand alternatives."""

Key = tuple[Any, ...]


def known(ledger: sa.Table, target: str, records: Sequence[str]) -> sa.Select[Any]:
    """Which of these records the ledger holds."""
    return sa.select(ledger.c.record_id).where(ledger.c.target == target, ledger.c.record_id.in_(records))


def insertion(table: sa.Table) -> sa.Insert:
    """Inline: nothing is read back, which who may only insert could not."""
    return table.insert().inline()


def keys_there(sheet: Sheet, keys: Sequence[Key]) -> Iterator[sa.Select[Any]]:
    """Which of these keys the table holds."""
    at_once = max(1, PARAMETERS // len(sheet.key))
    for first in range(0, len(keys), at_once):
        yield sa.select(*sheet.key).where(_one_of(keys[first : first + at_once], sheet))


def _one_of(keys: Sequence[Key], sheet: Sheet) -> sa.ColumnElement[bool]:
    if len(sheet.key) == 1:
        return sheet.key[0].in_([key[0] for key in keys])
    return sa.or_(
        *(sa.and_(*(column == part for column, part in zip(sheet.key, key, strict=True))) for key in keys)
    )


def correction(sheet: Sheet, values: dict[str, Any]) -> sa.Update | None:
    """Puts these values where their key is. None: there is nothing but the key."""
    names = {column.name for column in sheet.key}
    others = {name: value for name, value in values.items() if name not in names}
    where = [column == values[column.name] for column in sheet.key]
    return sheet.table.update().where(*where).values(others) if others else None
