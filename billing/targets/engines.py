"""Connections to other people's databases: who drives them, how long we wait, and what their errors mean."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc

from billing.mapping import Target, scheme_of
from billing.targets.port import Held, Refused, Undelivered

CONNECT_S = 3
DRIVERS = {
    "postgresql": "psycopg",
    "mysql": "pymysql",
    "mariadb": "pymysql",
    "mssql": "pyodbc",
    "oracle": "oracledb",
}
MYSQL_SESSION = (
    "SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), SESSION time_zone = '+00:00'"
)
"""Without the first it would cut texts off in silence; without the second move TIMESTAMPs."""

ROW_STATES = {"P0001", "44000"}
"""SQLSTATEs of PostgreSQL that speak of a row: a trigger's own error, a view's condition."""
ROW_NUMBERS = {1048, 1364, 1369, 1644, 4025}
"""And of MariaDB: not null, no default, a view's condition, a trigger's own error, a check."""

ROW_NUMBERS_OF_ORACLE = {1401, 1402, 1438, 1722, 12899, *range(20_000, 21_000)}
"""ORA-…: too long, a view's condition, too large a number, no number, too long, a trigger's own error."""
ROW_NUMBERS_OF_SQL_SERVER = range(50_000, 2**31)
"""A trigger's own error."""
CODE = re.compile(r"[A-Z]{3}-\d+|[0-9A-Z]{5}")
NUMBER_IN_ODBC = re.compile(r"\((\d+)\) \(SQL\w+\)")

PLAIN_STATES = ("25", "28", "40", "42", "53", "55", "57")
PLAIN_NUMBERS = (1044, 1045, 1054, 1142, 1143, 1146, 1205, 1213, 1227, 1290, 1836, 2003, 2006, 2013)
"""Errors whose sentences speak of tables and rights, not of values (SQLSTATE classes; MariaDB)."""


def engine_of(target: Target) -> sa.Engine:
    """Raises Held where the driver is missing or the address is none."""
    try:
        url = sa.make_url(target.url)
        driver = DRIVERS.get(scheme_of(target.url))
        if driver and "+" not in url.drivername:
            url = url.set(drivername=f"{scheme_of(target.url)}+{driver}")
        engine = sa.create_engine(
            url,
            connect_args=_arguments(url, target.timeout_s),
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        if (begin := _SESSIONS.get(url.get_driver_name())) is not None:
            event.listen(engine, "connect", lambda found, _record: begin(found, target.timeout_s))
        return engine
    except (ModuleNotFoundError, exc.NoSuchModuleError) as missing:
        name = getattr(missing, "name", None) or "for this kind of address"
        raise Held(f"the driver {name} is not installed") from None
    except ImportError as broken:
        raise Held(f"the driver cannot be loaded: {broken}") from None
    except (exc.ArgumentError, ValueError, TypeError):
        raise Held("the address is not understood") from None


def _arguments(url: sa.URL, timeout_s: float) -> dict[str, Any]:
    """How a driver is told not to wait for ever. Others are told by their addresses."""
    match url.drivername.partition("+")[2]:
        case "psycopg":
            limits = {"statement_timeout": timeout_s, "lock_timeout": timeout_s / 2}
            options = " ".join(f"-c {name}={int(limit * 1000)}" for name, limit in limits.items())
            return {
                "connect_timeout": CONNECT_S,
                "tcp_user_timeout": int(timeout_s * 1000),
                "options": f"{options} -c timezone=UTC",
            }
        case "pymysql":
            return {
                "connect_timeout": CONNECT_S,
                "read_timeout": timeout_s,
                "write_timeout": timeout_s,
                "init_command": MYSQL_SESSION,
            }
        case "pyodbc":
            return {"timeout": CONNECT_S}
        case "oracledb":
            return {"tcp_connect_timeout": CONNECT_S}
        case _:
            return {"timeout": timeout_s / 3} if url.get_backend_name() == "sqlite" else {}


def _session_of_odbc(connection: Any, timeout_s: float) -> None:
    connection.timeout = int(timeout_s)


def _session_of_oracle(connection: Any, timeout_s: float) -> None:
    connection.call_timeout = int(timeout_s * 1000)
    with connection.cursor() as cursor:
        cursor.execute("ALTER SESSION SET TIME_ZONE = '+00:00'")


_SESSIONS = {"pyodbc": _session_of_odbc, "oracledb": _session_of_oracle}
"""How long a statement may take is said to these drivers when they are connected."""


def meaning_of(error: exc.SQLAlchemyError) -> Undelivered:
    """Whether a row cannot be delivered, or the database cannot be used for now; in words without values."""
    if isinstance(error, exc.NoSuchTableError):
        return Held("a table is missing")
    if not isinstance(error, exc.DBAPIError):
        return Refused("a value does not fit its column")
    if isinstance(error, exc.IntegrityError | exc.DataError) or _speaks_of_a_row(error.orig):
        return Refused(f"the database refused it: {_told(error.orig)}")
    if error.connection_invalidated or isinstance(error, exc.InterfaceError):
        return Held(f"the connection broke: {_told(error.orig)}")
    return Held(f"the database cannot be used: {_told(error.orig)}")


def _speaks_of_a_row(error: Any) -> bool:
    if getattr(error, "sqlstate", None) in ROW_STATES:
        return True
    first = error.args[0] if error is not None and error.args else None
    if isinstance(first, int):
        return first in ROW_NUMBERS
    return _number(error) in (ROW_NUMBERS_OF_ORACLE if hasattr(first, "code") else ROW_NUMBERS_OF_SQL_SERVER)


def _told(error: Any) -> str:
    """Names and numbers alone where a database's own sentence might quote a value."""
    told = [getattr(error, "sqlite_errorname", "") or type(error).__name__]
    state = str(getattr(error, "sqlstate", None) or "")
    number = _number(error)
    told += [code for code in (state or _code(error), str(number or "")) if code]
    diagnosis = getattr(error, "diag", None)
    for name in ("table_name", "column_name", "constraint_name"):
        if found := getattr(diagnosis, name, None):
            told.append(f"{name.removesuffix('_name')} {found}")
    if hasattr(error, "sqlite_errorname") or number in PLAIN_NUMBERS or state[:2] in PLAIN_STATES:
        told.append(_sentence(error))
    return ", ".join(told)


def _sentence(error: Any) -> str:
    text = getattr(getattr(error, "diag", None), "message_primary", None) or str(error.args[-1])
    return " ".join(str(text).split())[:200]


def _code(error: Any) -> str:
    """Of Oracle (`ORA-12899`, `DPY-6005`), of ODBC (`08001`)."""
    first = error.args[0] if error is not None and error.args else ""
    code = getattr(first, "full_code", first)
    return code if isinstance(code, str) and CODE.fullmatch(code) else ""


def _number(error: Any) -> int:
    """MariaDB's comes first, Oracle's in an object, SQL Server's in the sentence of the driver."""
    first = error.args[0] if error is not None and error.args else 0
    if isinstance(first, int):
        return first
    if isinstance(code := getattr(first, "code", None), int):
        return code
    found = NUMBER_IN_ODBC.search(str(error.args[-1]))
    return int(found[1]) if found else 0
