"""What a `brand.toml` may say. PURE.

Every field has a default, so that a brand says only what is its own; the rest is its parent's (`extends`).
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from meetingserver.branding.colours import HEX

Line = Annotated[str, Meta(max_length=80)]
Paragraph = Annotated[str, Meta(max_length=2000)]
Link = Annotated[str, Meta(max_length=500)]
Language = Annotated[str, Meta(max_length=16)]
Text = Paragraph | dict[Language, Paragraph]
"""The same in all languages, or one for each: `{ en = "…", de = "…" }`."""

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a brand's folder is called."""
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
NUMBER = re.compile(r"\+[1-9][0-9]{3,14}")
LINK = re.compile(r"https?://[^\s\"'<>\\]+|mailto:[^\s\"'<>\\]+|tel:[0-9+*#,-]+|/[^\s\"'<>\\/][^\s\"'<>\\]*")
FONTS = re.compile(r"[A-Za-z0-9 ,_\"'-]{1,200}")
FAMILY = re.compile(r"[A-Za-z0-9 _-]{1,60}")
WEIGHT = re.compile(r"[1-9][0-9]{0,3}( [1-9][0-9]{0,3})?")
FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*){0,4}")
SENDER = re.compile(r"[^\s<>@\"]+@[^\s<>@\"]+|[^<>@\"\r\n]{1,80} <[^\s<>@\"]+@[^\s<>@\"]+>")
PICTURES = (".svg", ".png", ".webp", ".jpg", ".jpeg", ".ico")
FEATURES = ("recordings", "usage", "sign_in", "meet_now", "join_by_code", "phone")
"""What pages show unless a brand does not want it there."""
OWN = ("extends", "hosts", "numbers")
"""What is not passed on to brands that extend this one."""


class Problem(NamedTuple):
    """`file` within the brand's folder; `line` from 1. A warning leaves all as the brand wants it."""

    file: str
    line: int
    words: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'warning: ' if self.is_warning else ''}{self.words}"


class Shades(Struct, frozen=True, forbid_unknown_fields=True):
    """A colour on light pages, and on dark ones."""

    light: str
    dark: str


class FontFile(Struct, frozen=True, forbid_unknown_fields=True):
    family: str
    file: str
    weight: str = "400"
    italic: bool = False


class Fonts(Struct, frozen=True, forbid_unknown_fields=True):
    """`text` and `headings` as in CSS: the best first. `size` in percent of what the browser has."""

    text: str = ""
    headings: str = ""
    size: Annotated[int, Meta(ge=80, le=150)] = 100
    files: tuple[FontFile, ...] = ()


class Links(Struct, frozen=True, forbid_unknown_fields=True):
    website: Link = ""
    help: Link = ""
    contact: Link = ""


class Legal(Struct, frozen=True, forbid_unknown_fields=True):
    """`notice` stands at the foot of pages."""

    imprint: Link = ""
    privacy: Link = ""
    terms: Link = ""
    accessibility: Link = ""
    notice: Text = ""


class Email(Struct, frozen=True, forbid_unknown_fields=True):
    sender: str = ""
    reply_to: str = ""
    signature: Text = ""


class Languages(Struct, frozen=True, forbid_unknown_fields=True):
    """`default` where nobody says what they speak; none allowed: all that the server speaks."""

    default: Language = ""
    allowed: tuple[Language, ...] = ()


class Brand(Struct, frozen=True, forbid_unknown_fields=True):
    """`radius` of a field, in pixels: the others go with it. Pictures are files of `static/`.
    `logo_has_name`: the name is in the picture, and not written beside it."""

    extends: str = ""
    hosts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    name: Line | dict[Language, Line] = ""
    short_name: Line | dict[Language, Line] = ""
    tagline: Text = ""
    colours: dict[str, str | Shades] = {}
    fonts: Fonts = Fonts()
    radius: Annotated[int, Meta(ge=0, le=32)] | None = None
    logo: str = ""
    logo_dark: str = ""
    logo_has_name: bool = False
    favicon: str = ""
    icon: str = ""
    links: Links = Links()
    legal: Legal = Legal()
    email: Email = Email()
    features: dict[str, bool] = {}
    languages: Languages = Languages()


def said(text: str | Mapping[str, str], language: str, *, otherwise: str = "en") -> str:
    """A text in a language, else in the next best that it has."""
    if isinstance(text, str):
        return text
    short = language.partition("-")[0]
    for wanted in (language, short, otherwise, otherwise.partition("-")[0]):
        if wanted in text:
            return text[wanted]
    return next(iter(text.values()), "")


def is_picture(file: str) -> bool:
    return is_file(file) and PurePosixPath(file).suffix.lower() in PICTURES


def is_file(file: str) -> bool:
    """Within the folder, and with a name that needs no quoting anywhere."""
    return FILE.fullmatch(file) is not None


def is_colour(written: str) -> bool:
    return HEX.fullmatch(written) is not None
