"""The kinds of bridges there are: each folder beside this file that has an `adapter.py` is one."""

import logging
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

logger = logging.getLogger(__name__)


class Kind(NamedTuple):
    """`title` and `about` are what admins choose by; `labels`: the words for each field of `config`, `help`:
    more words for some; `choices`: the words for each value of a field that has only a few; `ordered`: fields
    whose values have an order; `secrets`: fields that are entered and never shown."""

    name: str
    title: str
    about: str
    adapter: type[AudioBridge]
    config: type[Struct]
    labels: Mapping[str, str]
    secrets: frozenset[str]
    help: Mapping[str, str] = {}
    choices: Mapping[str, Mapping[str, str]] = {}
    ordered: frozenset[str] = frozenset()


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
    except ModuleNotFoundError as missing:
        if missing.name != f"{folder}.adapter":
            logger.warning("Bridges of the kind %s are left out: %s", name, missing)
        return None
    return Kind(
        name=name,
        title=getattr(config, "TITLE", name.capitalize()),
        about=getattr(config, "ABOUT", ""),
        adapter=adapter.Adapter,
        config=config.Config,
        labels=config.LABELS,
        secrets=frozenset(config.SECRETS),
        help=getattr(config, "HELP", {}),
        choices=getattr(config, "CHOICES", {}),
        ordered=getattr(config, "ORDERED", frozenset()),
    )


def title_of(kind: str) -> str:
    """Also of one that is not installed any more."""
    return kinds()[kind].title if kind in kinds() else kind


def make_bridge(kind: str, key: str, fields: Mapping[str, Any]) -> AudioBridge:
    """An adapter as an admin configured it. Raises InvalidValue in plain words, without any value."""
    if kind not in kinds():
        raise InvalidValue(f"There is no kind of bridge called {kind}.")
    try:
        config = config_of(kinds()[kind], fields)
    except ValueError as error:
        raise InvalidValue(f"The settings of this bridge do not fit: {error}") from None
    return kinds()[kind].adapter(key, config)


def config_of(kind: Kind, fields: Mapping[str, Any]) -> Struct:
    """Raises ValueError; it says which field (`$.port`), if it is about one."""
    return msgspec.convert(dict(fields), kind.config)
