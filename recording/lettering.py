"""Letters on pictures: which of the machine's fonts has them, how wide they are, where lines break.

What can be written depends on what is installed. Pillow brings Aileron (Latin letters); DejaVu, which every
Debian with fontconfig has, adds Greek, Cyrillic, Hebrew and Arabic; packages of Noto the rest. Letters that
no font has are boxes, and a text is written in one font. Right-to-left text is put in order and joined by
Raqm, which Pillow's wheels contain.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
FILES = {
    False: (
        "NotoSans-Regular.ttf",
        "DejaVuSans.ttf",
        "NotoSansArabic-Regular.ttf",
        "NotoSansHebrew-Regular.ttf",
        "NotoSansDevanagari-Regular.ttf",
        "NotoSansThai-Regular.ttf",
        "NotoSansCJK-Regular.ttc",
        "DroidSansFallbackFull.ttf",
        "wqy-microhei.ttc",
    ),
    True: ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "NotoSansArabic-Bold.ttf", "NotoSansCJK-Bold.ttc"),
}
"""In this order, where they are installed. True: the bold ones."""

Font = ImageFont.FreeTypeFont

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")
_MISSING = "\U0010fffd"
"""Nothing has this letter: what is drawn for it stands for a missing one."""


def font_for(text: str, size: int, *, bold: bool = False) -> Font:
    """The first font that has all letters; where none does, the one that has most."""
    letters = frozenset(letter for letter in text if not _needs_no_picture(letter))
    return _font(_best(letters, bold), size)


def is_backwards(text: str) -> bool:
    """Whether its first letter belongs to a script that is written from the right."""
    first = next((letter for letter in text if unicodedata.category(letter).startswith("L")), "")
    return bool(_RIGHT_TO_LEFT.match(first))


def width_of(text: str, font: Font) -> float:
    """In pixels."""
    return font.getlength(text) if text else 0.0


def shortened(text: str, font: Font, room: float) -> str:
    """As much of it as fits, and an ellipsis if that is not all."""
    if width_of(text, font) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        shorter = text[:end].rstrip() + "…"
        if width_of(shorter, font) <= room:
            return shorter
    return "…"


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Lines as `ui/drawing.js` breaks them: between words, and within a word that is too long for a line."""
    return [part for line in text.split("\n") for part in _wrapped_line(line, fits)]


def _wrapped_line(line: str, fits: Callable[[str], bool]) -> list[str]:
    lines = [""]
    for word in re.split(r"(?<= )", line):
        if fits((lines[-1] + word).rstrip()):
            lines[-1] += word
        else:
            lines += _broken(word, fits)
    kept = (part for index, part in enumerate(lines) if part or index or len(lines) == 1)
    return [part.rstrip() for part in kept]


def _broken(word: str, fits: Callable[[str], bool]) -> list[str]:
    pieces = [""]
    for letter in word:
        if fits(pieces[-1] + letter):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


@lru_cache(maxsize=1)
def _installed() -> dict[str, str]:
    """Paths of fonts by their files' names."""
    folders = (Path(folder) for folder in FOLDERS)
    return {
        path.name: str(path) for folder in folders if folder.exists() for path in folder.rglob("*.tt[fc]")
    }


@lru_cache(maxsize=4096)
def _best(letters: frozenset[str], bold: bool) -> str:
    names = [name for name in (*FILES[bold], *(FILES[False] if bold else ())) if name in _installed()]
    counts = {name: sum(_has(name, letter) for letter in letters) for name in (*names, "")}
    return max(counts, key=lambda name: counts[name])


@lru_cache(maxsize=20_000)
def _has(name: str, letter: str) -> bool:
    font = _font(name, 16)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_MISSING))


@lru_cache(maxsize=256)
def _font(name: str, size: int) -> Font:
    """Empty: the one that Pillow brings."""
    if name:
        return ImageFont.truetype(_installed()[name], size)
    default = ImageFont.load_default(size)
    if not isinstance(default, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType")
    return default


def _needs_no_picture(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in ("Mn", "Cf", "Cc")
