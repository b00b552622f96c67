"""The kinds of bridges there are: each folder beside this file that has an `adapter.py` is one."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

import bridges
from bridges.base import AudioBridge
from bridges.errors import InvalidValue


class Kind(NamedTuple):
    """`labels`: the words for each field of `config`; `secrets`: fields that are entered and never shown."""

    name: str
    adapter: type[AudioBridge]
    config: type[Struct]
    labels: Mapping[str, str]
    secrets: frozenset[str]


@cache
def kinds() -> Mapping[str, Kind]:
    """By their names. What a kind needs and is not installed leaves it out."""
    found = [module.name for module in pkgutil.iter_modules(bridges.__path__) if module.ispkg]
    loaded = [_kind(name) for name in sorted(found)]
    return {kind.name: kind for kind in loaded if kind is not None}


def _kind(name: str) -> Kind | None:
    folder = f"bridges.{name}"
    try:
        adapter, config = import_module(f"{folder}.adapter"), import_module(f"{folder}.config")
    except ModuleNotFoundError:
        return None
    return Kind(name, adapter.Adapter, config.Config, config.LABELS, frozenset(config.SECRETS))


def make_bridge(kind: str, key: str, fields: Mapping[str, Any]) -> AudioBridge:
    """An adapter as an admin configured it. Raises InvalidValue in plain words, without any value."""
    if kind not in kinds():
        raise InvalidValue(f"There is no kind of bridge called {kind}.")
    try:
        config = msgspec.convert(dict(fields), kinds()[kind].config)
    except (msgspec.ValidationError, ValueError) as error:
        raise InvalidValue(f"The settings of this bridge do not fit: {error}") from None
    return kinds()[kind].adapter(key, config)
