"""What is written and drawn on a film's tiles: names, initials, signs, lines of the chat. In the page's
colours by night (`tokens.css`, `stage.css`)."""

import math
from functools import lru_cache

from PIL import Image, ImageDraw

from recording.canvas import Box, Patch, patch_of
from recording.lettering import Font, font_for, is_backwards, shortened, width_of, wrapped

Colour = tuple[int, int, int]

GROUND: Colour = (11, 14, 13)
SCREEN: Colour = (22, 27, 25)
ACCENT: Colour = (82, 203, 166)
INK: Colour = (238, 243, 241)
HUES = (168, 262, 35, 320, 215, 85, 5, 130)
"""Of `[data-hue]`."""
_VEIL = (10, 14, 13, 168)
_WHITE = (255, 255, 255, 255)
_MUTED = (255, 179, 174, 255)
_WARM, _WARM_INK = (243, 181, 63, 255), (42, 28, 0, 255)
_FINENESS = 4
_KEPT = 256


def hue_of(id: str) -> int:
    """The colour that stays with somebody (`core/people.js`)."""
    total = 0
    for letter in id:
        total = (total * 31 + ord(letter)) & 0xFFFFFFFF
    return HUES[total % len(HUES)]


def initials(name: str) -> str:
    """As `core/people.js` takes them."""
    firsts = (next((letter for letter in word if letter.isalnum()), "") for word in name.split())
    letters = [letter for letter in firsts if letter]
    return "".join(letters if len(letters) < 2 else (letters[0], letters[-1])).upper()


def tile_colour(id: str) -> Colour:
    return oklch(0.27, 0.028, hue_of(id))


@lru_cache(maxsize=_KEPT)
def avatar(id: str, name: str, size: int) -> Patch:
    """A disc so many pixels wide with initials, on its tile's colour."""
    disc = Image.new("L", (size * _FINENESS, size * _FINENESS))
    ImageDraw.Draw(disc).ellipse((0, 0, size * _FINENESS - 1, size * _FINENESS - 1), fill=255)
    picture = Image.new("RGB", (size, size), tile_colour(id))
    picture.paste(oklch(0.5, 0.1, hue_of(id)), None, disc.reduce(_FINENESS))
    letters = initials(name)
    font = font_for(letters, max(8, round(size * 0.38)), bold=True)
    ImageDraw.Draw(picture).text((size / 2, size / 2), letters, (255, 255, 255), font, anchor="mm")
    return patch_of(picture)


@lru_cache(maxsize=_KEPT)
def name_label(name: str, room: int, *, muted: bool) -> Patch:
    """A name on a dark pill, no wider than `room`; with the sign of a silent microphone."""
    height, padding = 26, 10
    sign = 20 if muted else 0
    font = font_for(name, 14)
    text = shortened(name, font, max(16, room - 2 * padding - sign))
    width = min(room, round(width_of(text, font)) + 2 * padding + sign) // 2 * 2
    picture = _pill(width, height, _VEIL)
    pen = ImageDraw.Draw(picture)
    _write(pen, (padding + sign, height / 2), text, font, _WHITE)
    if muted:
        picture.alpha_composite(_microphone_off(16), (padding - 2, 5))
    return patch_of(picture)


@lru_cache(maxsize=4)
def hand_sign() -> Patch:
    """Somebody has raised their hand."""
    size = 26
    picture = _pill(size, size, _WARM)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((8, 12, 18, 20), 4, fill=_WARM_INK)
    for x in (8, 11, 14, 17):
        pen.line((x, 7, x, 14), fill=_WARM_INK, width=2)
    return patch_of(picture)


@lru_cache(maxsize=16)
def corner(radius: int, left: bool, top: bool) -> Patch:
    """What lies outside of a tile's round corner."""
    fine = radius * _FINENESS
    outside = Image.new("L", (fine, fine), 255)
    x, y = (0 if left else -fine), (0 if top else -fine)
    ImageDraw.Draw(outside).ellipse((x, y, x + 2 * fine - 1, y + 2 * fine - 1), fill=0)
    picture = Image.new("RGBA", (radius, radius), (*GROUND, 255))
    picture.putalpha(outside.reduce(_FINENESS))
    return patch_of(picture)


@lru_cache(maxsize=4)
def chat_column(lines: tuple[tuple[str, str], ...], box: Box) -> Patch:
    """The last lines of the chat, as many as there is room for; the latest is the lowest."""
    picture = Image.new("RGB", (box.width, box.height), (26, 32, 30))
    pen = ImageDraw.Draw(picture)
    bottom, room = box.height - 12, box.width - 24
    for name, text in reversed(lines):
        font = font_for(text, 14)
        rows = wrapped(text, lambda row, font=font: width_of(row, font) <= room)  # type: ignore[misc]
        top = bottom - 20 * len(rows) - 20
        if top < 8:
            break
        strong = font_for(name, 13, bold=True)
        _write(pen, (12, top + 9), shortened(name, strong, room), strong, ACCENT)
        for index, row in enumerate(rows):
            _write(pen, (12, top + 29 + 20 * index), row, font, INK)
        bottom = top - 10
    return patch_of(picture)


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """As CSS has it, in sRGB (bottosson.github.io/posts/oklab)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _srgb(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _srgb(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _srgb(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _srgb(linear: float) -> int:
    value = min(1.0, max(0.0, linear))
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(255 * curved)


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, font: Font, colour: tuple[int, ...]
) -> None:
    """Beginning at the left, in whichever direction it is read."""
    pen.text(at, text, colour, font, anchor="lm", direction="rtl" if is_backwards(text) else "ltr")


def _pill(width: int, height: int, colour: tuple[int, int, int, int]) -> Image.Image:
    shape = Image.new("L", (width * _FINENESS, height * _FINENESS))
    end = (width * _FINENESS - 1, height * _FINENESS - 1)
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, *end), height * _FINENESS / 2, fill=colour[3])
    picture = Image.new("RGBA", (width, height), colour[:3])
    picture.putalpha(shape.reduce(_FINENESS))
    return picture


def _microphone_off(size: int) -> Image.Image:
    fine = size * _FINENESS
    picture = Image.new("RGBA", (fine, fine), (*_MUTED[:3], 0))
    pen = ImageDraw.Draw(picture)
    unit = fine / 16
    pen.rounded_rectangle((6 * unit, 1 * unit, 10 * unit, 9 * unit), 2 * unit, fill=_MUTED)
    pen.arc((3.5 * unit, 4 * unit, 12.5 * unit, 12 * unit), 0, 180, fill=_MUTED, width=round(1.4 * unit))
    pen.line((8 * unit, 12 * unit, 8 * unit, 15 * unit), fill=_MUTED, width=round(1.4 * unit))
    pen.line((2 * unit, 1.5 * unit, 14 * unit, 14.5 * unit), fill=_MUTED, width=round(1.8 * unit))
    return picture.reduce(_FINENESS)
