"""What a film shows at a moment, and where: slide or screen large with people beside it, else people alone.
As the page does it (`core/layout.js`), for one size and for few people. Pure."""

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from conferences.core.board import Shape
from conferences.core.slides import Document, Shown
from conferences.core.state import Participant, Picture
from conferences.core.words import Role
from recording.canvas import Box

FLOOR = 2
"""The level from which one is heard to speak (`core/speaker.js`)."""
GAP = 8


class Slide(NamedTuple):
    document: Document
    sight: Shown
    shapes: tuple[Shape, ...]


class Tile(NamedTuple):
    """Somebody's camera or screen. `hand`: raised; `away`: the connection is lost for now."""

    participant: str
    source: str
    """`camera` or `screen`."""
    name: str
    video: bool
    muted: bool = False
    talking: bool = False
    hand: bool = False
    away: bool = False


class Scene(NamedTuple):
    """`large` is shown large, `strip` beside it; without either all is `strip`, in a grid."""

    slide: Slide | None
    large: Tile | None
    strip: tuple[Tile, ...]
    chat: tuple[tuple[str, str], ...] = ()
    """Who wrote what; the latest last."""


class Look(NamedTuple):
    """`beside` is how many people there are at most beside something large, `grid` how many without."""

    width: int = 1_280
    height: int = 720
    beside: int = 4
    grid: int = 9
    slides: bool = True
    chat: bool = False


LINES = 12
"""Of the chat, that a column may have room for."""


def scene_of(picture: Picture, look: Look, *, levels: Mapping[str, int], spoken: Mapping[str, int]) -> Scene:
    """`levels`: how loud people are now; `spoken`: when they were heard last."""
    people = [one for one in picture.participants.values() if one.role is not Role.WAITING]
    tiles = {one.id: _camera(one, levels) for one in people}
    screens = [_screen(one) for one in people if one.screen]
    slide = _slide(picture) if look.slides else None
    lit = tiles.get(picture.spotlight)
    large = None if slide else (screens.pop(0) if screens else lit)
    room = look.beside if slide or large else look.grid
    others = [one for one in people if large is None or tiles[one.id] is not large]
    strip = screens[:room]
    strip += [tiles[one.id] for one in _chosen(others, picture.spotlight, spoken, room - len(strip))]
    return Scene(slide, large, tuple(strip), _chat(picture) if look.chat else ())


def _camera(one: Participant, levels: Mapping[str, int]) -> Tile:
    talking = one.microphone and levels.get(one.id, 0) >= FLOOR
    hears = one.microphone or one.phone
    return Tile(one.id, "camera", one.name, one.camera, not hears, talking, one.hand > 0, not one.connected)


def _screen(one: Participant) -> Tile:
    return Tile(one.id, "screen", one.name, video=True)


def _slide(picture: Picture) -> Slide | None:
    document = picture.documents.get(picture.shown.document) if picture.shown else None
    if picture.shown is None or document is None:
        return None
    shapes = picture.drawings.get(document.id, {}).get(document.page, ())
    return Slide(document, picture.shown, shapes)


def _chosen(people: list[Participant], lit: str, spoken: Mapping[str, int], room: int) -> list[Participant]:
    """Those first who matter most now, still in order of arrival so that nobody jumps about."""
    weights = {
        one.id: (one.id == lit, spoken.get(one.id, -1), one.camera, one.microphone, -index)
        for index, one in enumerate(people)
    }
    best = sorted(weights, key=lambda id: weights[id], reverse=True)[: max(0, room)]
    return [one for one in people if one.id in best]


def _chat(picture: Picture) -> tuple[tuple[str, str], ...]:
    lines = [line for line in picture.chat if line.text and not line.to and not line.deleted]
    return tuple((line.name, line.text) for line in lines[-LINES:])


# Places


class Places(NamedTuple):
    """`large` for the slide or what else is large, `strip` for each of its tiles, `chat` for its column."""

    large: Box | None
    strip: tuple[Box, ...]
    chat: Box | None


def places_of(scene: Scene, look: Look) -> Places:
    column = _even(look.width * 0.22) if look.chat else 0
    area = Box(GAP, GAP, look.width - column - 2 * GAP, look.height - 2 * GAP)
    chat = Box(look.width - column, GAP, column - GAP, area.height) if column else None
    if scene.slide is None and scene.large is None:
        return Places(None, tuple(grid(len(scene.strip), area)), chat)
    if not scene.strip:
        return Places(area, (), chat)
    wide = _even((area.width - GAP) * 0.19)
    large = Box(area.x, area.y, area.width - wide - GAP, area.height)
    beside = Box(area.x + large.width + GAP, area.y, wide, area.height)
    return Places(large, tuple(_column(len(scene.strip), beside, look.beside)), chat)


def grid(count: int, area: Box) -> list[Box]:
    """Boxes of equal size, 16 by 9, as large as fit; the last row is centred."""
    sizes = {columns: _cell(count, columns, area) for columns in range(1, count + 1)}
    columns = max(sizes, key=lambda columns: sizes[columns], default=1)
    width, height = sizes.get(columns, (0, 0))
    rows = ceil(count / columns)
    top = area.y + (area.height - rows * height - (rows - 1) * GAP) / 2
    boxes = []
    for index in range(count):
        row = index // columns
        here = min(columns, count - row * columns)
        left = area.x + (area.width - here * width - (here - 1) * GAP) / 2
        x, y = left + index % columns * (width + GAP), top + row * (height + GAP)
        boxes.append(Box(_even(x), _even(y), width, height))
    return boxes


def _cell(count: int, columns: int, area: Box) -> tuple[int, int]:
    rows = ceil(count / columns)
    width = (area.width - (columns - 1) * GAP) / columns
    height = (area.height - (rows - 1) * GAP) / rows
    width = min(width, height * 16 / 9)
    return _even(width), _even(width * 9 / 16)


def _column(count: int, area: Box, most: int) -> list[Box]:
    height = min(_even(area.width * 9 / 16), _even((area.height - (most - 1) * GAP) / most))
    top = _even(area.y + (area.height - count * height - (count - 1) * GAP) / 2)
    return [Box(area.x, top + index * (height + GAP), area.width, height) for index in range(count)]


def _even(value: float) -> int:
    return int(value) // 2 * 2
