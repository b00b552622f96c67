"""Rows in CSV files of a folder, once: a small database beside them knows which records they hold, and how
long each file was then. What a crash left behind that length is cut off.

Whoever collects the files may move them away at any time; the next delivery begins new ones.
"""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa
from sqlalchemy import exc

from billing.mapping import Table, Target
from billing.targets.engines import meaning_of
from billing.targets.port import Held, Parcel, Refused

AT_ONCE = 1000
LEDGER_FILE = ".delivered.sqlite3"

_metadata = sa.MetaData()
_delivered = sa.Table("delivered", _metadata, sa.Column("record_id", sa.String(32), primary_key=True))
_lengths = sa.Table(
    "lengths",
    _metadata,
    sa.Column("file", sa.String(255), primary_key=True),
    sa.Column("bytes", sa.BigInteger, nullable=False),
)


class CsvPort:
    most = AT_ONCE

    def __init__(self, target: Target) -> None:
        self._target = target
        self._folder = folder_of(target)
        self._engine = sa.create_engine(
            f"sqlite:///{self._folder / LEDGER_FILE}", hide_parameters=True, connect_args={"timeout": 10}
        )

    def close(self) -> None:
        self._engine.dispose()

    def deliver(self, parcels: Sequence[Parcel]) -> None:
        """The files are written within the transaction that says so, and are on the disk before it ends."""
        if not self._folder.is_dir():
            raise Held("the folder is missing")
        try:
            with self._engine.begin() as connection:
                self._mend(connection)
            with self._engine.begin() as connection:
                new = _told_of(parcels, connection)
                lines = {table: _lines(table, new) for table in self._target.tables}
                for table in self._target.tables:
                    if lines[table]:
                        self._append(table, lines[table], connection)
        except exc.SQLAlchemyError as error:
            raise Held(meaning_of(error).reason) from None
        except OSError as error:
            raise Held(f"the file cannot be written: {error.strerror or type(error).__name__}") from None

    def _mend(self, connection: sa.Connection) -> None:
        """What is longer than was noted, a crash has left so; what is shorter, somebody has moved away."""
        _metadata.create_all(connection)
        connection.execute(_lengths.delete().where(sa.false()))  # from here on other workers wait
        noted: dict[str, int] = {row.file: row.bytes for row in connection.execute(sa.select(_lengths))}
        for table in self._target.tables:
            path = self._folder / table.name
            length = path.stat().st_size if path.exists() else 0
            if length > noted.get(table.name, length):
                os.truncate(path, noted[table.name])
            elif length != noted.get(table.name):
                _note(table.name, length, connection)

    def _append(self, table: Table, lines: bytes, connection: sa.Connection) -> None:
        with (self._folder / table.name).open("ab") as file:
            if file.seek(0, os.SEEK_END) == 0:
                file.write(_csv([table.columns]))
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
            _note(table.name, file.tell(), connection)


def folder_of(target: Target) -> Path:
    return Path(unquote(urlsplit(target.url).path))


def _note(file: str, length: int, connection: sa.Connection) -> None:
    connection.execute(_lengths.delete().where(_lengths.c.file == file))
    connection.execute(_lengths.insert().values(file=file, bytes=length))


def _told_of(parcels: Sequence[Parcel], connection: sa.Connection) -> Sequence[Parcel]:
    """Those that are new, noted; from here on other workers wait."""
    new = []
    for parcel in parcels:
        note = sa.text("INSERT OR IGNORE INTO delivered (record_id) VALUES (:record)")
        if connection.execute(note, {"record": parcel.record}).rowcount:
            new.append(parcel)
    return new


def _lines(table: Table, parcels: Sequence[Parcel]) -> bytes:
    """Raises Refused."""
    rows = (row.values for parcel in parcels for row in parcel.rows if row.table is table)
    return _csv([_cell(table, name, value) for name, value in row.items()] for row in rows)


def _csv(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(table: Table, name: str, value: Any) -> str | int | float:
    """Nothing is an empty cell, a moment as ISO 8601 has it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return value
        case datetime():
            return value.isoformat()
        case _:
            raise Refused(f"{table.title}, {name}: is a list or a table, and goes into no cell")
