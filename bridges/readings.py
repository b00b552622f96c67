"""How a voice is to read what it cannot read as it is written: `locale/<language>/readings.toml`, beside the
catalogue, has for whole texts what the voice is given instead.

A text that was changed has no reading until somebody writes it anew: nobody hears the old one.
"""

import logging
import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from bridges.voices import voice_of

logger = logging.getLogger(__name__)

FILE = "readings.toml"


class UnreadableReadings(Exception):
    """Carries what is wrong."""


def read_aloud(text: str, language: str) -> str:
    """What the voice is given for a text: its reading, or itself."""
    return _known(settings.CATALOGUES / to_locale(language) / FILE).get(text, text)


def readings_in(file: Path) -> Mapping[str, str]:
    """By text. None, where there is no file. Raises UnreadableReadings."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableReadings(str(error)) from None
    if not all(isinstance(reading, str) for reading in found.values()):
        raise UnreadableReadings('a line is not "text" = "reading"')
    return found


def faults(file: Path, texts: Collection[str], language: str) -> Iterator[tuple[int, str]]:
    """Lines with what is wrong there, for all `texts` that are said in this language."""
    try:
        readings = readings_in(file)
    except UnreadableReadings as error:
        yield 1, str(error)
        return
    for text in texts:
        if voice_of(readings.get(text, text), language) is None:
            yield 1, f"lacks a reading of what callers hear: {text}"
    lines = file.read_text(encoding="utf-8").splitlines() if readings else []
    for text in readings:
        if text not in texts:
            number = next((at for at, line in enumerate(lines, 1) if line.startswith(f'"{text}"')), 1)
            yield number, f"nothing that callers hear is: {text}"


@cache
def _known(file: Path) -> Mapping[str, str]:
    try:
        return readings_in(file)
    except UnreadableReadings as error:
        logger.warning("%s is not used: %s", file, error)
        return {}
