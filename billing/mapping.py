"""Where records go and what becomes of them there: read from a TOML file that only who runs the server writes
(docs/integration-billing.md). PURE but for reading that file.

    mapping_read(path, look_up).targets["books"].rows("leg", context)
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn, TypeVar
from urllib.parse import parse_qs, urlsplit

import msgspec
from msgspec import Meta, Struct

from billing.fields import FIELDS, KINDS
from meetingserver.expressions import Context, Expression, ExpressionFailed, ExpressionRefused
from meetingserver.toml_places import place_of

LookUp = Callable[[str], str]
"""The value of an environment variable; empty: it is not set."""

DATABASES = ("postgresql", "mysql", "mariadb", "sqlite", "mssql", "oracle")
SCHEMES = (*DATABASES, "csv", "https", "http")
ENVIRONMENT = "env:"
PASSWORDS = {"password", "passwd", "pwd", "sslpassword"}
SECRET_LENGTH = 16
TARGET_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")

Key = str | int
T = TypeVar("T")


class MappingRefused(Exception):
    """The file cannot be used; says where in it, and what would be right. Holds no secret."""

    def __init__(self, file: str, line: int, column: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}, column {column}: {problem}")
        self.line, self.column, self.problem = line, column, problem


class RowFailed(Exception):
    """A column of a row cannot be worked out. Holds no value of it."""


class Mode(StrEnum):
    """What keeps a record from being delivered twice: a table of ours in the same database, a column of the
    target that holds our key, or nothing."""

    LEDGER = "ledger"
    KEY = "key"
    NONE = "none"


@dataclass(frozen=True, eq=False)
class Table:
    """A table of a database, a file, or a type of message: of which records it has a row, and of what."""

    name: str
    record: str
    columns: Mapping[str, Expression]
    schema: str = ""
    when: Expression | None = None
    key: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name

    def row(self, context: Context) -> dict[str, Any] | None:
        """None: this record has no row here. Raises RowFailed."""
        if self.when is not None and not self._worked_out("when", self.when, context):
            return None
        return {name: self._worked_out(name, of, context) for name, of in self.columns.items()}

    def _worked_out(self, name: str, expression: Expression, context: Context) -> Any:
        try:
            return expression(context)
        except ExpressionFailed as failed:
            raise RowFailed(f"{self.title}, {name}: {failed}") from None


class Row(NamedTuple):
    table: Table
    values: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Target:
    """`url` and `secrets` are never shown. `fingerprint`: SHA-256 of a web server's certificate."""

    name: str
    url: str = field(repr=False)
    mode: Mode
    tables: tuple[Table, ...]
    fixed: Context = field(default_factory=dict)
    ledger: str = "wc_delivery"
    ledger_schema: str = ""
    create_ledger: bool = False
    secrets: tuple[str, ...] = field(default=(), repr=False)
    ca_file: str = ""
    fingerprint: str = ""
    timeout_s: float = 30.0

    @property
    def scheme(self) -> str:
        return scheme_of(self.url)

    @property
    def promises_once(self) -> bool:
        """What is sent again does no harm: it is known there, or told by its id."""
        return self.mode is not Mode.NONE or self.scheme not in DATABASES

    def rows(self, kind: str, context: Context) -> list[Row]:
        """What of a record is delivered here; none: it is not wanted. Raises RowFailed."""
        tables = [table for table in self.tables if table.record == kind]
        context = {**context, **self.fixed}
        made = ((table, table.row(context)) for table in tables)
        return [Row(table, values) for table, values in made if values is not None]


@dataclass(frozen=True, eq=False)
class Mappings:
    """Nothing is delivered where there is no target."""

    targets: Mapping[str, Target] = field(default_factory=dict)


class _Table(Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1)]
    record: str
    columns: Annotated[dict[str, str | bool | int | float], Meta(min_length=1)]
    schema: str = ""
    when: str = ""
    key: list[str] = []


class _Target(Struct, forbid_unknown_fields=True):
    url: str
    table: Annotated[list[dict[str, Any]], Meta(min_length=1)]
    mode: str = ""
    ledger: str = "wc_delivery"
    ledger_schema: str = ""
    create_ledger: bool = False
    secrets: Annotated[list[str], Meta(max_length=2)] = []
    ca_file: str = ""
    sha256: str = ""
    timeout_seconds: Annotated[float, Meta(ge=1, le=600)] = 30.0


class _File(Struct, forbid_unknown_fields=True):
    target: Annotated[dict[str, dict[str, Any]], Meta(min_length=1)]
    constants: dict[str, str | bool | int | float] = {}
    lookups: dict[str, dict[str, str | bool | int | float]] = {}


def scheme_of(url: str) -> str:
    """`mysql` of `mysql+pymysql://…`."""
    scheme = url.partition(":")[0].partition("+")[0].lower()
    return "postgresql" if scheme == "postgres" else scheme


def mapping_read(path: Path, look_up: LookUp) -> Mappings:
    """Raises MappingRefused."""
    try:
        text = path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise MappingRefused(str(path), 1, 1, f"cannot be read: {type(error).__name__}") from None
    return mapping_parse(text, look_up, name=str(path))


def mapping_parse(text: str, look_up: LookUp, *, name: str) -> Mappings:
    """Raises MappingRefused."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        lines = text.split("\n")
        line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
        raise MappingRefused(name, line, column, str(error).partition(" (at ")[0]) from None
    except RecursionError:
        raise MappingRefused(name, 1, 1, "nested too deeply") from None
    return _Reader(name, text, look_up).mappings(given)


class _Reader:
    """Turns the file into what it means; knows where in it things stand."""

    def __init__(self, name: str, text: str, look_up: LookUp) -> None:
        self._name, self._text, self._look_up = name, text, look_up
        self._fixed: dict[str, Mapping[str, Any]] = {}

    def mappings(self, given: dict[str, Any]) -> Mappings:
        file = self._converted(given, _File)
        self._fixed = {"constants": file.constants, "lookups": file.lookups}
        return Mappings({name: self._target(name, of) for name, of in file.target.items()})

    def _target(self, name: str, given: dict[str, Any]) -> Target:
        at = ("target", name)
        if not TARGET_NAME.fullmatch(name):
            self._refuse("a target's name has at most 40 letters, digits, - and _", *at)
        file = self._converted(given, _Target, *at)
        url = self._url(file, *at)
        mode = self._mode(file, url, *at)
        tables = [self._table(of, mode, *at, "table", place) for place, of in enumerate(file.table)]
        return Target(
            name=name,
            url=url,
            mode=mode,
            tables=tuple(tables),
            fixed=self._fixed,
            ledger=file.ledger,
            ledger_schema=file.ledger_schema,
            create_ledger=file.create_ledger,
            secrets=self._secrets(file.secrets, *at, "secrets"),
            ca_file=file.ca_file,
            fingerprint=self._fingerprint(file.sha256, *at),
            timeout_s=file.timeout_seconds,
        )

    def _url(self, file: _Target, *at: Key) -> str:
        url = self._secret(file.url, *at, "url")
        scheme = scheme_of(url)
        if scheme not in SCHEMES:
            hint = f"an address begins with one of {', '.join(f'{known}:' for known in SCHEMES)}"
            self._refuse(hint, *at, "url")
        try:
            parts = urlsplit(url)
            host, password = parts.hostname, parts.password or PASSWORDS & parse_qs(parts.query).keys()
        except ValueError:
            self._refuse("this is no address", *at, "url")
        if password and not file.url.startswith(ENVIRONMENT):
            self._refuse('a password stands in the environment, not here: url = "env:NAME"', *at, "url")
        if scheme in ("http", "https") and not host:
            self._refuse("must be an address such as https://books.example.com/calls", *at, "url")
        if scheme == "http" and not _is_loopback(host or ""):
            self._refuse("records would travel unencrypted: use https", *at, "url")
        return url

    def _mode(self, file: _Target, url: str, *at: Key) -> Mode:
        if scheme_of(url) in DATABASES:
            if file.mode not in ("", *Mode):
                self._refuse(f"{file.mode!r} is not one of {', '.join(Mode)}", *at, "mode")
            return Mode(file.mode or Mode.LEDGER)
        if file.mode:
            self._refuse("modes are for databases", *at, "mode")
        return Mode.LEDGER if scheme_of(url) == "csv" else Mode.NONE

    def _table(self, given: dict[str, Any], mode: Mode, *at: Key) -> Table:
        file = self._converted(given, _Table, *at)
        if file.record not in KINDS:
            self._refuse(f"{file.record!r} is not one of {', '.join(KINDS)}", *at, "record")
        if bool(file.key) != (mode is Mode.KEY):
            self._refuse('a key belongs to mode = "key", and that needs one', *at, "key")
        if missing := [name for name in file.key if name not in file.columns]:
            self._refuse(f"there is no column {missing[0]!r} among columns", *at, "key")
        known = {**FIELDS[file.record], **{name: _shape(of) for name, of in self._fixed.items()}}
        columns = {
            name: self._expression(of if isinstance(of, str) else repr(of), known, *at, "columns", name)
            for name, of in file.columns.items()
        }
        return Table(
            name=file.name,
            record=file.record,
            columns=columns,
            schema=file.schema,
            when=self._expression(file.when, known, *at, "when") if file.when else None,
            key=tuple(file.key),
        )

    def _expression(self, source: str, known: Mapping[str, Any], *at: Key) -> Expression:
        try:
            return Expression(source, known)
        except ExpressionRefused as refused:
            line, column = place_of(self._text, at, into_value=True)
            inside = refused.column - 1 + (column if refused.line == 1 else 1)
            hint = f" ({refused.hint})" if refused.hint else ""
            line += refused.line - 1
            raise MappingRefused(self._name, line, inside, refused.problem + hint) from None

    def _secrets(self, given: list[str], *at: Key) -> tuple[str, ...]:
        if not all(secret.startswith(ENVIRONMENT) for secret in given):
            self._refuse('a secret stands in the environment, not here: "env:NAME"', *at)
        secrets = tuple(self._secret(secret, *at) for secret in given)
        if any(len(secret) < SECRET_LENGTH for secret in secrets):
            self._refuse(f"a secret has {SECRET_LENGTH} characters or more", *at)
        return secrets

    def _secret(self, value: str, *at: Key) -> str:
        if not value.startswith(ENVIRONMENT):
            return value
        name = value.removeprefix(ENVIRONMENT).strip()
        found = self._look_up(name)
        if not found:
            self._refuse(f"the environment has no variable {name}", *at)
        return found

    def _fingerprint(self, value: str, *at: Key) -> str:
        plain = value.replace(":", "").replace(" ", "").lower()
        if value and not re.fullmatch(r"[0-9a-f]{64}", plain):
            self._refuse("must be 64 hexadecimal digits", *at, "sha256")
        return plain

    def _converted(self, given: Any, wanted: type[T], *at: Key) -> T:
        try:
            return msgspec.convert(given, wanted)
        except msgspec.ValidationError as error:
            problem, _, where = str(error).partition(" - at `")
            keys = _path(where) or re.findall(r"unknown field `(.+)`", problem)
            self._refuse(problem, *at, *keys)

    def _refuse(self, problem: str, *at: Key) -> NoReturn:
        line, column = place_of(self._text, at)
        raise MappingRefused(self._name, line, column, problem)


def _path(where: str) -> list[Key]:
    """Of msgspec's `$.columns[...]`, up to where it does not tell."""
    known = where.partition("[...]")[0].removeprefix("$").rstrip("`")
    parts: Iterator[tuple[str, str]] = iter(re.findall(r"\.(\w+)|\[(\d+)\]", known))
    return [name or int(number) for name, number in parts]


def _shape(of: Mapping[str, Any]) -> dict[str, Any]:
    """What may be named of constants, or of lookups, whose own keys are values."""
    return {name: (None if isinstance(value, Mapping) else {}) for name, value in of.items()}


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
