"""Rows in somebody's database, once: with a ledger beside them, by a key of theirs, or on our word alone."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from billing.mapping import Mode, Table, Target
from billing.targets.engines import engine_of, meaning_of
from billing.targets.port import Held, Parcel, Refused, Undelivered
from billing.targets.sheets import Sheet, ledger_of, reflected, sheet_of
from billing.targets.statements import correction, insertion, keys_there, known

AT_ONCE = 500

Rows = list[tuple[Parcel, dict[str, Any]]]


class SqlPort:
    def __init__(self, target: Target) -> None:
        self._target = target
        self._engine = engine_of(target)
        self._ledger = ledger_of(target)
        self._sheets: dict[Table, Sheet] = {}

    @property
    def most(self) -> int:
        """One at a time where a crash would double whatever was on its way."""
        return 1 if self._target.mode is Mode.NONE else AT_ONCE

    def close(self) -> None:
        self._engine.dispose()

    def deliver(self, parcels: Sequence[Parcel]) -> None:
        try:
            if not self._sheets:
                with self._engine.begin() as connection:
                    self._look_at_tables(connection)
            with self._engine.begin() as connection:
                self._write(self._undelivered(parcels, connection), connection)
        except exc.SQLAlchemyError as error:
            self._sheets.clear()  # somebody may have altered a table
            self._settle(meaning_of(error), parcels)

    def _settle(self, meaning: Undelivered, parcels: Sequence[Parcel]) -> None:
        """Another worker may have been quicker with the same: then all is well."""
        if not (isinstance(meaning, Refused) and self._target.mode is Mode.LEDGER):
            raise meaning from None
        try:
            with self._engine.begin() as connection:
                lacking = self._undelivered(parcels, connection)
        except exc.SQLAlchemyError as error:
            raise meaning_of(error) from None
        if lacking:
            raise meaning from None

    def _look_at_tables(self, connection: sa.Connection) -> None:
        """Once for a run of deliveries, and in a transaction of its own. Raises Held."""
        if self._target.mode is Mode.LEDGER:
            self._look_for_ledger(connection)
        self._sheets = {table: sheet_of(table, connection) for table in self._target.tables}

    def _look_for_ledger(self, connection: sa.Connection) -> None:
        if self._target.create_ledger:
            self._ledger.create(connection, checkfirst=True)
            return
        found = reflected(self._target.ledger, self._target.ledger_schema, connection)
        if found is None:
            raise Held(f"there is no ledger table {self._ledger.fullname}: see `billing check`")
        if missing := {"target", "record_id"} - set(found.columns.keys()):
            raise Held(f"the ledger table {self._ledger.fullname} has no column {', '.join(sorted(missing))}")
        self._ledger = found

    def _undelivered(self, parcels: Sequence[Parcel], connection: sa.Connection) -> Sequence[Parcel]:
        if self._target.mode is not Mode.LEDGER:
            return parcels
        records = [parcel.record for parcel in parcels]
        there: set[str] = set(connection.execute(known(self._ledger, self._target.name, records)).scalars())
        return [parcel for parcel in parcels if parcel.record not in there]

    def _write(self, parcels: Sequence[Parcel], connection: sa.Connection) -> None:
        """Tables in the order of the file, so that rows may refer to those of tables before."""
        if not parcels:
            return
        if self._target.mode is Mode.LEDGER:
            delivered = [{"target": self._target.name, "record_id": parcel.record} for parcel in parcels]
            connection.execute(insertion(self._ledger), delivered)
        for sheet in self._sheets.values():
            rows = [
                (parcel, sheet.fitted(row.values))
                for parcel in parcels
                for row in parcel.rows
                if row.table is sheet.mapped
            ]
            if self._target.mode is Mode.KEY:
                rows = self._without_known(rows, sheet, connection)
            if rows:
                connection.execute(insertion(sheet.table), [values for _, values in rows])

    def _without_known(self, rows: Rows, sheet: Sheet, connection: sa.Connection) -> Rows:
        """Rows whose key is not there yet. A correction takes the place of what it corrects."""
        if not rows:
            return rows
        keys = [_key(values, sheet) for _, values in rows]
        if len(set(keys)) < len(keys):
            raise Refused("two records have the same key")
        there = {
            tuple(map(_comparable, row))
            for query in keys_there(sheet, keys)
            for row in connection.execute(query)
        }
        for parcel, values in rows:
            if _key(values, sheet) not in there:
                continue
            if parcel.version > 1:
                if (corrected := correction(sheet, values)) is not None:
                    connection.execute(corrected)
            elif not parcel.again:
                raise Refused(f"{sheet.mapped.title} holds another row with this key")
        return [(parcel, values) for parcel, values in rows if _key(values, sheet) not in there]


def _key(values: dict[str, Any], sheet: Sheet) -> tuple[Any, ...]:
    return tuple(_comparable(values[column.name]) for column in sheet.key)


def _comparable(value: Any) -> Any:
    """CHAR columns come back filled up with blanks."""
    return value.rstrip(" ") if isinstance(value, str) else value
