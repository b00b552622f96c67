"""Files in TOML that only who runs the server writes: what is wrong in one is told with its place. PURE but
for reading it."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from meetingserver.expressions import Expression, ExpressionRefused
from meetingserver.toml_places import place_of

LookUp = Callable[[str], str]
"""The value of an environment variable; empty: it is not set."""

ENVIRONMENT = "env:"
FINGERPRINT = re.compile(r"[0-9a-f]{64}")

Key = str | int
"""A table or a key; a number is the place in an array of tables, from 0."""
T = TypeVar("T")


class FileRefused(Exception):
    """The file cannot be used; says where in it, and what would be right. Holds no secret."""

    def __init__(self, file: str, line: int, column: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}, column {column}: {problem}")
        self.line, self.column = line, column


class TomlFile:
    """What stands in it, as who reads it wants it. All raise FileRefused."""

    def __init__(self, text: str, look_up: LookUp, *, name: str) -> None:
        self._text, self._look_up, self._name = text, look_up, name

    @classmethod
    def read(cls, path: Path, look_up: LookUp) -> Self:
        try:
            return cls(path.read_text(), look_up, name=str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise FileRefused(str(path), 1, 1, f"cannot be read: {type(error).__name__}") from None

    def refused(self, problem: str, *at: Key) -> FileRefused:
        return FileRefused(self._name, *place_of(self._text, at), problem)

    def tables(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            place = _place_in(str(error), self._text)
            raise FileRefused(self._name, *place, str(error).partition(" (at ")[0]) from None
        except RecursionError:
            raise FileRefused(self._name, 1, 1, "nested too deeply") from None

    def converted(self, given: Any, wanted: type[T], *at: Key) -> T:
        try:
            return msgspec.convert(given, wanted)
        except msgspec.ValidationError as error:
            problem, _, where = str(error).partition(" - at `")
            keys = _path(where) or re.findall(r"unknown field `(.+)`", problem)
            raise self.refused(problem, *at, *keys) from None

    def secret(self, value: str, *at: Key) -> str:
        """`env:NAME` is looked up, so that the file itself need not be kept secret."""
        if not value.startswith(ENVIRONMENT):
            return value
        name = value.removeprefix(ENVIRONMENT).strip()
        if found := self._look_up(name):
            return found
        raise self.refused(f"the environment has no variable {name}", *at)

    def fingerprint(self, value: str, *at: Key) -> str:
        """SHA-256 of a certificate, in hexadecimal digits; empty: none is given."""
        plain = value.replace(":", "").replace(" ", "").lower()
        if value and not FINGERPRINT.fullmatch(plain):
            raise self.refused("must be 64 hexadecimal digits", *at)
        return plain

    def expression(self, source: str, known: Mapping[str, Any], *at: Key) -> Expression:
        try:
            return Expression(source, known)
        except ExpressionRefused as refused:
            line, column = place_of(self._text, at, into_value=True)
            inside = refused.column - 1 + (column if refused.line == 1 else 1)
            hint = f" ({refused.hint})" if refused.hint else ""
            line += refused.line - 1
            raise FileRefused(self._name, line, inside, refused.problem + hint) from None


def is_loopback(host: str) -> bool:
    """What is sent there leaves this machine never, and need not be encrypted."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _place_in(message: str, text: str) -> tuple[int, int]:
    """What is not complete is so at the end."""
    if found := re.search(r"line (\d+), column (\d+)", message):
        return int(found[1]), int(found[2])
    lines = text.split("\n")
    return len(lines), len(lines[-1]) + 1


def _path(where: str) -> list[Key]:
    """Of msgspec's `$.columns[...]`, up to where it does not tell."""
    known = where.partition("[...]")[0].removeprefix("$").rstrip("`")
    parts: Iterator[tuple[str, str]] = iter(re.findall(r"\.(\w+)|\[(\d+)\]", known))
    return [name or int(number) for name, number in parts]
