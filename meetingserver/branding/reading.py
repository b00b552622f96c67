"""Reads a `brand.toml`: what can be used of it, and what is wrong, with its line. What is wrong is left out,
so that the pages have the parent's instead. PURE: files are looked for by others."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

import msgspec

from meetingserver.branding.brand import (
    FAMILY,
    FEATURES,
    FONTS,
    HOST,
    KEY,
    LINK,
    NUMBER,
    SENDER,
    WEIGHT,
    Brand,
    Problem,
    is_colour,
    is_file,
    is_picture,
)
from meetingserver.toml_places import place_of

FILE = "brand.toml"
LONGEST = 100_000
MOST_PROBLEMS = 50

Key = str | int
Values = dict[str, Any]


class Known(NamedTuple):
    """What a brand may name: colours of the pages, languages of the server."""

    colours: Collection[str]
    languages: Collection[str]


class Reading(NamedTuple):
    values: Values
    problems: list[Problem]


class _Wrong(NamedTuple):
    at: tuple[Key, ...]
    words: str


def read(text: str, known: Known) -> Reading:
    """The tables of a file as far as they are right."""
    if len(text) > LONGEST:
        return Reading({}, [Problem(FILE, 1, "The file is longer than 100,000 characters.")])
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Reading({}, [_unreadable(text, str(error))])
    problems: list[Problem] = []
    while len(problems) < MOST_PROBLEMS and (wrong := _first_wrong(values, known)):
        problems.append(Problem(FILE, place_of(text, wrong.at)[0], wrong.words))
        _leave_out(values, wrong.at)
    return Reading({} if len(problems) == MOST_PROBLEMS else values, problems)


def merged(parent: Values, child: Values) -> Values:
    """What the child says goes before; colours, links and the like one by one."""
    made = dict(parent)
    for name, value in child.items():
        both = isinstance(value, dict) and isinstance(made.get(name), dict)
        made[name] = merged(made[name], value) if both and not _is_text(value) else value
    return made


def _is_text(value: Values) -> bool:
    """One in several languages is one value."""
    return set(value) <= {"light", "dark"} or all(re.fullmatch(r"[a-z]{2,3}(-\w+)?", name) for name in value)


def _unreadable(text: str, message: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line = int(found[1]) if found else max(len(text.splitlines()), 1)
    words = re.sub(r" \(at .*\)$", "", message)
    return Problem(FILE, line, f"This is not TOML: {words}.")


def _leave_out(values: Values, at: tuple[Key, ...]) -> None:
    """The nearest that can go: an element of a list goes with the list."""
    names = []
    for key in at:
        if isinstance(key, int):
            break
        names.append(key)
    inside: Any = values
    for name in names[:-1]:
        if not isinstance(inside.get(name), dict):
            inside.pop(name, None)
            return
        inside = inside[name]
    if names:
        inside.pop(names[-1], None)


def _first_wrong(values: Values, known: Known) -> _Wrong | None:
    try:
        brand = msgspec.convert(values, Brand)
    except msgspec.ValidationError as error:
        return _shape_wrong(str(error), values)
    return next((wrong for part in CHECKS for wrong in part(brand, known)), None)


def _shape_wrong(message: str, values: Values) -> _Wrong:
    """msgspec says `… - at `$.fonts.size``, and of keys that nobody knows where they stand."""
    words, _at, where = message.partition(" - at `$")
    at: tuple[Key, ...] = tuple(
        int(part) if part.isdigit() else part for part in re.findall(r"[\w-]+", where) if part
    )
    if unknown := re.search(r"unknown field `(.*)`", words):
        at, words = (*at, unknown[1]), f"Nothing is called {unknown[1]!r} here."
    if "[...]" in where:
        at = _into(values, where)
    return _Wrong(at, words if words.endswith(".") else f"{words}.")


def _into(values: Values, where: str) -> tuple[Key, ...]:
    """The part before what msgspec does not name."""
    return tuple(re.findall(r"[\w-]+", where.partition("[...]")[0]))


# One by one


def _names(brand: Brand, _known: Known) -> Iterator[_Wrong]:
    if brand.extends and not KEY.fullmatch(brand.extends):
        yield _Wrong(("extends",), f"{brand.extends!r} cannot be the name of a brand.")
    for host in brand.hosts:
        if not HOST.fullmatch(host):
            yield _Wrong(
                ("hosts",), f"{host!r} is no host name: it has small letters, digits, dots, hyphens."
            )
    for number in brand.numbers:
        if not NUMBER.fullmatch(number):
            yield _Wrong(("numbers",), f"{number!r} is no telephone number in full: +4930123456.")
    for field in ("name", "short_name"):
        value = getattr(brand, field)
        for text in [value] if isinstance(value, str) else value.values():
            if not text.isprintable() or "<" in text:
                yield _Wrong((field,), "A name is plain text on one line.")


def _colours(brand: Brand, known: Known) -> Iterator[_Wrong]:
    for name, colour in brand.colours.items():
        at = ("colours", name)
        if name not in known.colours:
            yield _Wrong(at, f"Pages have no colour {name!r}. They have {_listed(known.colours)}.")
        for written in [colour] if isinstance(colour, str) else [colour.light, colour.dark]:
            if not is_colour(written):
                yield _Wrong(at, f"{written!r} is no colour: write #1a2b3c.")


def _letters(brand: Brand, _known: Known) -> Iterator[_Wrong]:
    fonts = brand.fonts
    for field in ("text", "headings"):
        names = getattr(fonts, field)
        quotes = names.count('"') % 2 or names.count("'") % 2
        if names and (not FONTS.fullmatch(names) or quotes):
            yield _Wrong(("fonts", field), 'Fonts are names parted by commas: "Acme Sans", sans-serif.')
    for number, file in enumerate(fonts.files):
        at = ("fonts", "files", number)
        if not FAMILY.fullmatch(file.family):
            yield _Wrong((*at, "family"), "The name of a font has letters, digits, spaces and hyphens.")
        if not is_file(file.file) or not file.file.endswith((".woff2", ".woff")):
            yield _Wrong((*at, "file"), f"{file.file!r} is no font: name a .woff2 file in static/.")
        if not WEIGHT.fullmatch(file.weight):
            yield _Wrong((*at, "weight"), 'A weight is a number or two: "400", "100 900".')


def _pictures(brand: Brand, _known: Known) -> Iterator[_Wrong]:
    for field in ("logo", "logo_dark", "favicon", "icon"):
        file = getattr(brand, field)
        if file and not is_picture(file):
            yield _Wrong((field,), f"{file!r} is no picture: name a .svg, .png, .webp, .jpg file in static/.")


def _links(brand: Brand, _known: Known) -> Iterator[_Wrong]:
    legal = {name: getattr(brand.legal, name) for name in ("imprint", "privacy", "terms", "accessibility")}
    for table, links in (("links", msgspec.structs.asdict(brand.links)), ("legal", legal)):
        for name, link in links.items():
            if link and not LINK.fullmatch(link):
                yield _Wrong(
                    (table, name), f"{link!r} is no link: it begins with https://, mailto:, tel: or /."
                )


def _email(brand: Brand, _known: Known) -> Iterator[_Wrong]:
    for field in ("sender", "reply_to"):
        address = getattr(brand.email, field)
        if address and not SENDER.fullmatch(address):
            yield _Wrong(("email", field), f"{address!r} is no sender: Acme <meetings@acme.example>.")


def _features(brand: Brand, _known: Known) -> Iterator[_Wrong]:
    for name in brand.features:
        if name not in FEATURES:
            yield _Wrong(("features", name), f"Nothing can be hidden as {name!r}, only {_listed(FEATURES)}.")


def _languages(brand: Brand, known: Known) -> Iterator[_Wrong]:
    asked = brand.languages
    for field, tags in (("default", [asked.default] if asked.default else []), ("allowed", asked.allowed)):
        for tag in tags:
            if tag not in known.languages:
                words = f"The server does not speak {tag!r}, only {_listed(known.languages)}."
                yield _Wrong(("languages", field), words)
    if asked.default and asked.allowed and asked.default not in asked.allowed:
        yield _Wrong(("languages", "default"), f"{asked.default!r} is not among the allowed languages.")


def _texts(brand: Brand, known: Known) -> Iterator[_Wrong]:
    texts: dict[tuple[Key, ...], Any] = {
        ("name",): brand.name,
        ("short_name",): brand.short_name,
        ("tagline",): brand.tagline,
        ("legal", "notice"): brand.legal.notice,
        ("email", "signature"): brand.email.signature,
    }
    for at, text in texts.items():
        for tag in text if isinstance(text, dict) else ():
            if tag not in known.languages:
                words = f"The server does not speak {tag!r}, only {_listed(known.languages)}."
                yield _Wrong((*at, tag), words)


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)


CHECKS: tuple[Callable[[Brand, Known], Iterator[_Wrong]], ...] = (
    _names,
    _colours,
    _letters,
    _pictures,
    _links,
    _email,
    _features,
    _languages,
    _texts,
)
