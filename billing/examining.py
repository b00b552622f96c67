"""Looks at targets before anything depends on them: whether their tables are there and take what the mapping
file makes. Nothing that is tried stays."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.schema import CreateTable

from billing.context import contexts_of
from billing.mapping import DATABASES, Mode, Row, RowFailed, Table, Target
from billing.models import Record
from billing.targets.csv_files import folder_of
from billing.targets.engines import engine_of, meaning_of
from billing.targets.port import Undelivered
from billing.targets.sheets import Sheet, ledger_of, reflected, sheet_of
from billing.targets.statements import insertion

UNSAFE_ENGINES = ("MyISAM", "Aria", "MEMORY", "CSV")


def rows_of(target: Target, records: Sequence[Record]) -> Iterator[tuple[Record, list[Row] | str]]:
    """What becomes of each at the target, or why it cannot be worked out."""
    for record, context in zip(records, contexts_of(records), strict=True):
        try:
            yield record, target.rows(record.kind, context)
        except RowFailed as failed:
            yield record, str(failed)


def lines_of(made: list[Row] | str) -> Iterator[str]:
    """What `rows_of` gave, to be read."""
    if isinstance(made, str):
        yield f"cannot be made: {made}"
    elif not made:
        yield "is not wanted there"
    else:
        for row in made:
            values = ", ".join(f"{name}={_shown(value)}" for name, value in row.values.items())
            yield f"{row.table.title}: {values}"


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else repr(value)


def problems_of(target: Target, samples: Sequence[Record]) -> Iterator[str]:
    """What would keep records from arriving there, in words for who runs the server; none: all is well."""
    rows = []
    for record, made in rows_of(target, samples):
        if isinstance(made, str):
            yield f"{record}: {made}"
        else:
            rows += made
    if target.scheme in DATABASES:
        yield from _of_database(target, rows)
    elif target.scheme == "csv" and not folder_of(target).is_dir():
        yield f"there is no folder {folder_of(target)}"


def ledger_statement(target: Target) -> str:
    """How the ledger table is made, by whoever may."""
    try:
        engine = engine_of(target)
    except Undelivered:
        return ""
    return str(CreateTable(ledger_of(target)).compile(engine)).strip() + ";"


def _of_database(target: Target, rows: Sequence[Row]) -> Iterator[str]:
    try:
        engine = engine_of(target)
    except Undelivered as missing:
        yield missing.reason
        return
    try:
        with engine.connect() as connection:
            yield from _of_ledger(target, connection)
            for table in target.tables:
                yield from _of_table(target, table, [row for row in rows if row.table is table], connection)
    except exc.SQLAlchemyError as error:
        yield meaning_of(error).reason
    finally:
        engine.dispose()


def _of_ledger(target: Target, connection: sa.Connection) -> Iterator[str]:
    if target.mode is not Mode.LEDGER or target.create_ledger:
        return
    if reflected(target.ledger, target.ledger_schema, connection) is None:
        yield f"there is no ledger table {target.ledger}; it is made by:\n{ledger_statement(target)}"


def _of_table(target: Target, table: Table, rows: Sequence[Row], connection: sa.Connection) -> Iterator[str]:
    try:
        sheet = sheet_of(table, connection)
    except Undelivered as held:
        yield held.reason
        return
    yield from _of_promises(target, sheet, connection)
    for row in rows:
        try:
            sheet.fitted(row.values)
        except Undelivered as refused:
            yield refused.reason
            return
    connection.rollback()
    try:
        if rows:
            with connection.begin() as trial:
                connection.execute(insertion(sheet.table), [sheet.fitted(row.values) for row in rows])
                trial.rollback()
    except exc.SQLAlchemyError as error:
        yield f"{table.title}: {meaning_of(error).reason}"


def _of_promises(target: Target, sheet: Sheet, connection: sa.Connection) -> Iterator[str]:
    """What the mode needs of the database to hold."""
    inspector = sa.inspect(connection)
    name, schema = sheet.table.name, sheet.table.schema
    if name in inspector.get_view_names(schema):
        return
    if (engine := _storage_engine(name, schema, inspector)) in UNSAFE_ENGINES:
        yield f"{sheet.mapped.title} is a table of {engine}, which knows no transactions: rows may come twice"
    if target.mode is Mode.KEY and not _is_unique([column.name for column in sheet.key], sheet, inspector):
        yield f"{sheet.mapped.title}: its key {', '.join(sheet.mapped.key)} has no unique index"


def _storage_engine(name: str, schema: str | None, inspector: sa.Inspector) -> str:
    dialect = inspector.dialect.name
    if dialect not in ("mysql", "mariadb"):
        return ""
    return str(inspector.get_table_options(name, schema).get(f"{dialect}_engine", ""))


def _is_unique(key: Sequence[str], sheet: Sheet, inspector: sa.Inspector) -> bool:
    name, schema = sheet.table.name, sheet.table.schema
    constraints = inspector.get_unique_constraints(name, schema)
    unique: list[Sequence[str | None]] = [found["column_names"] for found in constraints]
    # SQLite's own indexes stand for constraints that its dialect does not find.
    indexes = inspector.get_indexes(name, schema, include_auto_indexes=True)
    unique += [found["column_names"] for found in indexes if found["unique"]]
    unique.append(inspector.get_pk_constraint(name, schema)["constrained_columns"])
    return any(columns and set(columns) <= set(key) for columns in unique)
