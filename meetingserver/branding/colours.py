"""Colours: how they are written, mixed, and how well they are told apart (WCAG 2.2, relative luminance and
contrast ratio). PURE."""

import re
from typing import NamedTuple

HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
TOKEN = re.compile(
    r"--(?P<name>[a-z0-9-]+):\s*(?:light-dark\((?P<light>#[0-9a-f]+),\s*(?P<dark>#[0-9a-f]+)\)|(?P<both>#[0-9a-f]+));"
)
TEXT, SHAPE = 4.5, 3.0
"""The least contrast of letters, and of borders and signs (AA)."""

PAIRS = (
    ("ink", "ground", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "surface-2", TEXT),
    ("ink-2", "ground", TEXT),
    ("ink-2", "surface", TEXT),
    ("accent-ink", "accent", TEXT),
    ("accent-ink", "accent-strong", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "ground", TEXT),
    ("accent-strong", "accent-soft", TEXT),
    ("danger-text", "danger-soft", TEXT),
    ("danger-text", "surface", TEXT),
    ("warm-text", "warm-soft", TEXT),
    ("warm-ink", "warm", TEXT),
    ("hero-ink", "hero-deep", TEXT),
    ("hero-ink", "hero-mid", TEXT),
    ("line-strong", "surface", SHAPE),
    ("hero-ink", "hero-deep", TEXT),
    ("hero-ink", "hero-mid", TEXT),
    ("hero-ink", "hero-bright", SHAPE),
    ("danger-ink", "danger", TEXT),
    ("toast-ink", "toast", TEXT),
)
"""What is written or drawn in which colour on which."""

Rgb = tuple[int, int, int]


class Pair(NamedTuple):
    """A colour on light pages, and on dark ones."""

    light: str
    dark: str


class Faint(NamedTuple):
    """`front` on `back` is hard to see."""

    front: str
    back: str
    scheme: str
    ratio: float
    needed: float


def tokens_read(css: str) -> dict[str, Pair]:
    """The colours of a stylesheet such as `tokens.css`; what is written otherwise is left out. Of several the
    first counts: those for more contrast come later."""
    found: dict[str, Pair] = {}
    for token in TOKEN.finditer(css):
        found.setdefault(token["name"], Pair(token["light"] or token["both"], token["dark"] or token["both"]))
    return found


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def rgb(colour: str) -> Rgb:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of `other`, from 0 to 1."""
    parts = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def faint(colours: dict[str, Pair]) -> list[Faint]:
    """What does not stand out enough."""
    return [
        Faint(front, back, scheme, ratio, needed)
        for front, back, needed in PAIRS
        for scheme in Pair._fields
        if (ratio := contrast(getattr(colours[front], scheme), getattr(colours[back], scheme))) < needed
    ]


def family_of(accent: Pair, base: dict[str, Pair]) -> dict[str, Pair]:
    """What goes with an accent whose brand says no more of it."""
    hero = _darkened(accent.light, base["hero-ink"].light)
    return {
        "hero-deep": _same(mixed(hero, "#000000", 0.3)),
        "hero-mid": _same(hero),
        "hero-bright": _same(mixed(hero, "#ffffff", 0.18)),
        "paper-accent": _same(accent.light),
        "veil-accent": _same(mixed(accent.dark, "#ffffff", 0.35)),
        "accent-ink": Pair(*(_readable_on(shade) for shade in accent)),
        "accent-strong": Pair(
            *(_away_from(_readable_on(shade), shade) for shade in accent),
        ),
        "accent-soft": Pair(
            mixed(accent.light, base["surface"].light, 0.87), mixed(accent.dark, base["surface"].dark, 0.8)
        ),
    }


def on_dark(accent: str, base: dict[str, Pair]) -> str:
    """The same hue, as light as it has to be to be read on dark pages."""
    grounds = [base[name].dark for name in ("ground", "surface", "surface-2")]
    for step in range(20):
        shade = mixed(accent, "#ffffff", step / 20)
        if all(contrast(shade, ground) >= TEXT for ground in grounds):
            return shade
    return "#ffffff"


def _same(shade: str) -> Pair:
    return Pair(shade, shade)


def _darkened(shade: str, ink: str) -> str:
    """Until the ink can be read on it."""
    steps = (mixed(shade, "#000000", step / 20) for step in range(20))
    return next((dark for dark in steps if contrast(dark, ink) >= TEXT), "#000000")


def _readable_on(shade: str) -> str:
    return "#ffffff" if contrast(shade, "#ffffff") >= TEXT else mixed(shade, "#000000", 0.85)


def _away_from(ink: str, shade: str) -> str:
    return mixed(shade, "#000000" if ink == "#ffffff" else "#ffffff", 0.22)
