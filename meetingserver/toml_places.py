"""Where in the text of a TOML file a key stands: the parser itself does not tell. PURE."""

import re
from collections.abc import Sequence

TABLE = re.compile(r"^\s*(?P<array>\[)?\[\s*(?P<name>[^\[\]]+?)\s*\]")
KEY = re.compile(r"^(?P<before>\s*)(?P<name>[A-Za-z0-9_.\"'-]+)(?P<sign>\s*=\s*)(?P<quotes>\"{3}|'{3}|\"|')?")

Path = tuple[str | int, ...]


def place_of(text: str, keys: Sequence[str | int], *, into_value: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of `keys` (tables, then the key), or of the nearest table around it. A number
    is the place in an array of tables, from 0. With `into_value` of the first character within its quotes."""
    nearest, depth = (1, 1), 0
    arrays: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := TABLE.match(line):
            table = _entered(_parts(found["name"]), arrays, is_array=bool(found["array"]))
            match, column = table, 1
        elif found := KEY.match(line):
            match = (*table, *_parts(found["name"]))
            column = (found.end() if into_value else len(found["before"])) + 1
        else:
            continue
        if len(match) > depth and match == tuple(keys[: len(match)]):
            nearest, depth = (number, column), len(match)
    return nearest


def _entered(parts: Path, arrays: dict[Path, int], *, is_array: bool) -> Path:
    """The table that a header begins: whatever lies in an array lies in its last table so far."""
    path: Path = ()
    for part in parts[:-1]:
        path = _within((*path, part), arrays)
    path = (*path, parts[-1])
    if is_array:
        arrays[path] = arrays.get(path, -1) + 1
    return _within(path, arrays)


def _within(path: Path, arrays: dict[Path, int]) -> Path:
    return (*path, arrays[path]) if path in arrays else path


def _parts(name: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
