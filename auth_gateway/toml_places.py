"""Where in the text of a TOML file a key stands: the parser itself does not tell. PURE."""

import re
from collections.abc import Sequence

TABLE = re.compile(r"^\s*\[\s*(?P<name>[^\[\]]+?)\s*\]")
KEY = re.compile(r"^(?P<before>\s*)(?P<name>[A-Za-z0-9_.\"'-]+)(?P<sign>\s*=\s*)(?P<quotes>\"{3}|'{3}|\"|')?")


def place_of(text: str, keys: Sequence[str], *, into_value: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of `keys` (tables, then the key), or of the nearest table around it. With
    `into_value` of the first character within its quotes."""
    nearest, depth = (1, 1), 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := TABLE.match(line):
            table = _parts(found["name"])
            match, column = table, 1
        elif found := KEY.match(line):
            match = (*table, *_parts(found["name"]))
            column = (found.end() if into_value else len(found["before"])) + 1
        else:
            continue
        if len(match) > depth and match == tuple(keys[: len(match)]):
            nearest, depth = (number, column), len(match)
    return nearest


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
