"""Tables of other people's databases as they are at this moment, and rows made to fit them."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from billing.mapping import Table, Target
from billing.targets.fitting import Misfit, fitted
from billing.targets.port import Held, Refused


class Sheet:
    """A table and its columns, by the names of the mapping file."""

    def __init__(self, mapped: Table, table: sa.Table, columns: Mapping[str, sa.Column[Any]]) -> None:
        self.mapped, self.table, self.columns = mapped, table, columns
        self.key = [columns[name] for name in mapped.key]

    def fitted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Raises Refused."""
        return {self.columns[name].name: self._fitted(name, value) for name, value in values.items()}

    def _fitted(self, name: str, value: Any) -> Any:
        try:
            return fitted(value, self.columns[name])
        except Misfit as misfit:
            raise Refused(f"{self.mapped.title}, {name}: {misfit}") from None


def sheet_of(mapped: Table, connection: sa.Connection) -> Sheet:
    """Raises Held when the table is not as the mapping file wants it."""
    table = reflected(mapped.name, mapped.schema, connection)
    if table is None:
        raise Held(f"there is no table {mapped.title}")
    columns = {name: _named(name, table) for name in mapped.columns}
    if missing := [name for name, column in columns.items() if column is None]:
        raise Held(f"the table {mapped.title} has no column {', '.join(missing)}")
    found = {name: column for name, column in columns.items() if column is not None}
    if needed := list(_needed_besides(table, {column.name for column in found.values()})):
        raise Held(f"the table {mapped.title} needs also {', '.join(needed)}")
    return Sheet(mapped, table, found)


def reflected(name: str, schema: str, connection: sa.Connection) -> sa.Table | None:
    """By its name, else by its name whatever the case: databases fold names that are not quoted."""
    for found in (name, *_alike(name, schema, connection)):
        try:
            return sa.Table(
                found,
                sa.MetaData(),
                schema=schema or None,
                autoload_with=connection,
                resolve_fks=False,
            )
        except exc.NoSuchTableError:
            continue
    return None


def _alike(name: str, schema: str, connection: sa.Connection) -> Iterator[str]:
    inspector = sa.inspect(connection)
    for names in (inspector.get_table_names, inspector.get_view_names):
        yield from (
            found for found in names(schema or None) if found != name and found.lower() == name.lower()
        )


def _named(name: str, table: sa.Table) -> sa.Column[Any] | None:
    if name in table.columns:
        return table.columns[name]
    alike = [column for column in table.columns if column.name.lower() == name.lower()]
    return alike[0] if len(alike) == 1 else None


def _needed_besides(table: sa.Table, given: set[str]) -> Iterator[str]:
    """Columns that must have a value, and get none."""
    for column in table.columns:
        known = column.name in given or column.nullable
        if not known and not _fills_itself(column, table):
            yield column.name


def _fills_itself(column: sa.Column[Any], table: sa.Table) -> bool:
    if column.server_default is not None or column.computed is not None or column.identity is not None:
        return True
    return column is table.autoincrement_column and column.autoincrement is not False


def ledger_of(target: Target) -> sa.Table:
    """What was delivered: the row of it is written with those of the record, or neither."""
    return sa.Table(
        target.ledger,
        sa.MetaData(),
        sa.Column("target", sa.String(40), primary_key=True),
        sa.Column("record_id", sa.String(32), primary_key=True),
        sa.Column("delivered_at", sa.DateTime, server_default=sa.func.now(), nullable=False),
        schema=target.ledger_schema or None,
    )
