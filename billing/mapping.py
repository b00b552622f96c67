"""Where records go and what becomes of them there: read from a TOML file that only who runs the server writes
(docs/integration-billing.md). PURE but for reading that file.

    mapping_read(path, look_up).targets["books"].rows("leg", context)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from msgspec import Meta, Struct

from billing.fields import FIELDS, KINDS
from meetingserver.expressions import Context, Expression, ExpressionFailed
from meetingserver.toml_files import ENVIRONMENT, Key, LookUp, TomlFile, is_loopback

DATABASES = ("postgresql", "mysql", "mariadb", "sqlite", "mssql", "oracle")
SCHEMES = (*DATABASES, "csv", "https", "http")
PASSWORDS = {"password", "passwd", "pwd", "sslpassword"}
SECRET_LENGTH = 16
TARGET_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


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
    """Raises FileRefused."""
    return _Reader.read(path, look_up).mappings()


def mapping_parse(text: str, look_up: LookUp, *, name: str) -> Mappings:
    """Raises FileRefused."""
    return _Reader(text, look_up, name=name).mappings()


class _Reader(TomlFile):
    """Turns the file into what it means."""

    _fixed: dict[str, Mapping[str, Any]]

    def mappings(self) -> Mappings:
        file = self.converted(self.tables(), _File)
        self._fixed = {"constants": file.constants, "lookups": file.lookups}
        return Mappings({name: self._target(name, of) for name, of in file.target.items()})

    def _target(self, name: str, given: dict[str, Any]) -> Target:
        at = ("target", name)
        if not TARGET_NAME.fullmatch(name):
            raise self.refused("a target's name has at most 40 letters, digits, - and _", *at)
        file = self.converted(given, _Target, *at)
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
            fingerprint=self.fingerprint(file.sha256, *at, "sha256"),
            timeout_s=file.timeout_seconds,
        )

    def _url(self, file: _Target, *at: Key) -> str:
        url = self.secret(file.url, *at, "url")
        scheme = scheme_of(url)
        if scheme not in SCHEMES:
            hint = f"an address begins with one of {', '.join(f'{known}:' for known in SCHEMES)}"
            raise self.refused(hint, *at, "url")
        try:
            parts = urlsplit(url)
            host, password = parts.hostname, parts.password or PASSWORDS & parse_qs(parts.query).keys()
        except ValueError:
            raise self.refused("this is no address", *at, "url") from None
        if password and not file.url.startswith(ENVIRONMENT):
            raise self.refused('a password stands in the environment, not here: url = "env:NAME"', *at, "url")
        if scheme in ("http", "https") and not host:
            raise self.refused("must be an address such as https://books.example.com/calls", *at, "url")
        if scheme == "http" and not is_loopback(host or ""):
            raise self.refused("records would travel unencrypted: use https", *at, "url")
        return url

    def _mode(self, file: _Target, url: str, *at: Key) -> Mode:
        if scheme_of(url) in DATABASES:
            if file.mode not in ("", *Mode):
                raise self.refused(f"{file.mode!r} is not one of {', '.join(Mode)}", *at, "mode")
            return Mode(file.mode or Mode.LEDGER)
        if file.mode:
            raise self.refused("modes are for databases", *at, "mode")
        return Mode.LEDGER if scheme_of(url) == "csv" else Mode.NONE

    def _table(self, given: dict[str, Any], mode: Mode, *at: Key) -> Table:
        file = self.converted(given, _Table, *at)
        if file.record not in KINDS:
            raise self.refused(f"{file.record!r} is not one of {', '.join(KINDS)}", *at, "record")
        if bool(file.key) != (mode is Mode.KEY):
            raise self.refused('a key belongs to mode = "key", and that needs one', *at, "key")
        if missing := [name for name in file.key if name not in file.columns]:
            raise self.refused(f"there is no column {missing[0]!r} among columns", *at, "key")
        known = {**FIELDS[file.record], **{name: _shape(of) for name, of in self._fixed.items()}}
        columns = {
            name: self.expression(of if isinstance(of, str) else repr(of), known, *at, "columns", name)
            for name, of in file.columns.items()
        }
        return Table(
            name=file.name,
            record=file.record,
            columns=columns,
            schema=file.schema,
            when=self.expression(file.when, known, *at, "when") if file.when else None,
            key=tuple(file.key),
        )

    def _secrets(self, given: list[str], *at: Key) -> tuple[str, ...]:
        if not all(secret.startswith(ENVIRONMENT) for secret in given):
            raise self.refused('a secret stands in the environment, not here: "env:NAME"', *at)
        secrets = tuple(self.secret(secret, *at) for secret in given)
        if any(len(secret) < SECRET_LENGTH for secret in secrets):
            raise self.refused(f"a secret has {SECRET_LENGTH} characters or more", *at)
        return secrets


def _shape(of: Mapping[str, Any]) -> dict[str, Any]:
    """What may be named of constants, or of lookups, whose own keys are values."""
    return {name: (None if isinstance(value, Mapping) else {}) for name, value in of.items()}
