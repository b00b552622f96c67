"""Connections, and what goes wrong with them."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import exc

from billing.targets.engines import engine_of, meaning_of
from billing.targets.port import Held, Refused
from tests.billing.books import mapping

SECRET = "geheim"


def test_databases_are_driven_by_what_is_installed() -> None:
    urls = ("postgres://u:p@h/d", "mysql://u:p@h/d", "mariadb://u:p@h/d", "sqlite:///x")
    drivers = [engine_of(mapping(url).targets["books"]).url.drivername for url in urls]
    assert drivers == ["postgresql+psycopg", "mysql+pymysql", "mariadb+pymysql", "sqlite"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"mssql://u:{SECRET}@h/d", "the driver pyodbc is not installed"),
        (f"oracle://u:{SECRET}@h/d", "the driver oracledb is not installed"),
        (f"postgresql+what://u:{SECRET}@h/d", "the driver for this kind of address is not installed"),
        (f"postgresql://u:{SECRET}@h:port/d", "the address is not understood"),
    ],
)
def test_what_cannot_be_driven_is_told_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(Held) as held:
        engine_of(
            mapping("sqlite://")
            .targets["books"]
            .__class__(**{**vars(mapping("sqlite://").targets["books"]), "url": url})
        )
    assert held.value.reason == reason


def test_a_driver_that_lacks_its_own_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyodbc.py").write_text("raise ImportError('libodbc.so.2: no such file')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Held, match=r"the driver cannot be loaded: libodbc.so.2"):
        engine_of(mapping("mssql://h/d").targets["books"])


def failed(kind: type[exc.DBAPIError], error: Exception) -> exc.DBAPIError:
    return kind("INSERT", {"x": SECRET}, error)


class NumberedError(Exception):
    pass


class OracleSays:
    """What its driver puts first into an error."""

    def __init__(self, code: int) -> None:
        self.code = code

    def __str__(self) -> str:
        return f"ORA-{self.code}: {SECRET}"


def odbc(state: str, number: int) -> NumberedError:
    text = f"[{state}] [Microsoft][ODBC Driver 18 for SQL Server]{SECRET} ({number}) (SQLExecDirectW)"
    return NumberedError(state, text)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (failed(exc.IntegrityError, NumberedError(1062, f"Duplicate entry '{SECRET}'")), Refused),
        (failed(exc.DataError, NumberedError(1406, f"Data too long '{SECRET}'")), Refused),
        (failed(exc.OperationalError, NumberedError(1644, f"Our trigger says {SECRET}")), Refused),
        (failed(exc.OperationalError, NumberedError(2013, "Lost connection")), Held),
        (failed(exc.OperationalError, NumberedError(9999, SECRET)), Held),
        (failed(exc.InterfaceError, NumberedError(0, SECRET)), Held),
        (exc.NoSuchTableError(SECRET), Held),
        (failed(exc.DatabaseError, NumberedError(OracleSays(12899))), Refused),
        (failed(exc.DatabaseError, NumberedError(OracleSays(20001))), Refused),
        (failed(exc.DatabaseError, NumberedError(OracleSays(942))), Held),
        (failed(exc.OperationalError, NumberedError(OracleSays(12541))), Held),
        (failed(exc.DataError, odbc("22001", 8152)), Refused),
        (failed(exc.ProgrammingError, odbc("42000", 50001)), Refused),
        (failed(exc.ProgrammingError, odbc("42S02", 208)), Held),
        (failed(exc.OperationalError, odbc("08S01", 10054)), Held),
        (exc.StatementError(SECRET, "INSERT", {}, ValueError(SECRET)), Refused),
    ],
)
def test_a_row_that_is_refused_is_told_from_a_database_that_is_down(
    error: exc.SQLAlchemyError, meaning: type[Exception]
) -> None:
    found = meaning_of(error)
    assert type(found) is meaning
    assert SECRET not in found.reason


def test_sqlite_speaks_for_itself() -> None:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE t (a UNIQUE)")
    base.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(sqlite3.IntegrityError) as raised:
        base.execute("INSERT INTO t VALUES (1)")
    base.close()
    told = meaning_of(failed(exc.IntegrityError, raised.value)).reason
    assert told == "the database refused it: SQLITE_CONSTRAINT_UNIQUE, UNIQUE constraint failed: t.a"
