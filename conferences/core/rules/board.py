"""Drawing: who may draw, change and erase what, and how much there may be of it."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from conferences.core import board as b
from conferences.core.figures import EDGE, Note, Text, box_of, ink_of
from conferences.core.rules.decision import Events, decides, oneself
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.slides import check_room, is_shown, page_of, ready
from conferences.core.rules.wording import clean_text, clean_title
from conferences.core.slides import DocumentKind, DocumentPresented, PageTurned
from conferences.core.state import State
from conferences.core.words import Millis, Role

ChangeCommand = b.RewordShape | b.MoveShapes | b.EraseShapes


@decides(b.OpenBoard)
def open_board(command: b.OpenBoard, state: State, by: str, now: Millis) -> Events:
    check_room(state)
    owner, document = oneself(state, by).id, f"board-{state.seq + 1}"
    return [
        b.BoardOpened(document=document, participant=owner, name=clean_title(command.name), at=now),
        DocumentPresented(document=document, page=1, by=owner, at=now),
    ]


@decides(b.ExtendBoard)
def extend(command: b.ExtendBoard, state: State, by: str, now: Millis) -> Events:
    board = ready(state, command.document)
    if board.kind is not DocumentKind.BOARD:
        raise Refused(Reason.NO_DOCUMENT)
    if board.pages >= b.BOARD_PAGES:
        raise Refused(Reason.TOO_MANY)
    pages = board.pages + 1
    events: Events = [b.BoardExtended(document=board.id, pages=pages, by=by, at=now)]
    if is_shown(state, board):
        events.append(PageTurned(document=board.id, page=pages, by=by, at=now))
    return events


@decides(b.PermitBoard)
def permit(command: b.PermitBoard, state: State, by: str, now: Millis) -> Events:
    return [] if state.drawers is command.who else [b.BoardPermitted(who=command.who, by=by, at=now)]


@decides(b.ClearBoard)
def clear(command: b.ClearBoard, state: State, by: str, now: Millis) -> Events:
    if not _page(state, command.document, command.page):
        return []
    return [b.BoardCleared(document=command.document, page=command.page, by=by, at=now)]


@decides(b.AddShape)
def add(command: b.AddShape, state: State, by: str, now: Millis) -> Events:
    """Asked again after a lost connection, it is there already."""
    _check_drawer(state, by)
    page, figure = _page(state, command.document, command.page), command.figure
    if any(shape.id == command.shape for shape in page) or _is_erased(state, command):
        return []
    if isinstance(figure, Text | Note):
        figure = replace(figure, text=clean_text(figure.text))
    _check_space(state, page, [ink_of(figure)])
    return [b.ShapeAdded(**_place(command), shape=command.shape, participant=by, figure=figure, at=now)]


@decides(b.RewordShape)
def reword(command: b.RewordShape, state: State, by: str, now: Millis) -> Events:
    text = clean_text(command.text)
    shape = next(iter(_changeable(command, [command.shape], state, by)), None)
    if shape is None or not isinstance(shape.figure, Text | Note):
        raise Refused(Reason.GONE)
    if shape.figure.text == text:
        return []
    _check_ink(state, len(text) - len(shape.figure.text))
    return [b.ShapeReworded(**_place(command), shape=shape.id, text=text, by=by, at=now)]


@decides(b.MoveShapes)
def move(command: b.MoveShapes, state: State, by: str, now: Millis) -> Events:
    shapes = _changeable(command, command.shapes, state, by)
    if not shapes:
        return []
    lefts, tops, rights, bottoms = zip(*(box_of(shape.figure) for shape in shapes), strict=True)
    dx = max(-min(lefts), min(command.dx, EDGE - max(rights)))
    dy = max(-min(tops), min(command.dy, EDGE - max(bottoms)))
    if not dx and not dy:
        return []
    ids = _ids(shapes)
    return [b.ShapesMoved(**_place(command), shapes=ids, dx=dx, dy=dy, by=by, at=now)]


@decides(b.EraseShapes)
def erase(command: b.EraseShapes, state: State, by: str, now: Millis) -> Events:
    """Two may erase the same at once."""
    shapes = _changeable(command, command.shapes, state, by)
    return [b.ShapesErased(**_place(command), shapes=_ids(shapes), by=by, at=now)] if shapes else []


@decides(b.RestoreShapes)
def restore(command: b.RestoreShapes, state: State, by: str, now: Millis) -> Events:
    _check_drawer(state, by)
    page = _page(state, command.document, command.page)
    wanted = set(command.shapes).difference(shape.id for shape in page)
    shapes = [
        erased.shape
        for erased in state.erased
        if (erased.document, erased.page) == (command.document, command.page) and erased.shape.id in wanted
    ]
    if not shapes:
        raise Refused(Reason.GONE)
    _check_owner(shapes, state, by)
    _check_space(state, page, [ink_of(shape.figure) for shape in shapes])
    return [b.ShapesRestored(**_place(command), shapes=tuple(shapes), by=by, at=now)]


def _place(command: ChangeCommand | b.AddShape | b.RestoreShapes) -> dict[str, Any]:
    return {"document": command.document, "page": command.page}


def _page(state: State, document: str, page: int) -> b.Page:
    number = page_of(ready(state, document), page)
    return state.drawings.get(document, {}).get(number, ())


def _changeable(command: ChangeCommand, ids: Iterable[str], state: State, by: str) -> list[b.Shape]:
    """Those that are there, the lowest first, all of which the asker may change."""
    _check_drawer(state, by)
    wanted = set(ids)
    shapes = [shape for shape in _page(state, command.document, command.page) if shape.id in wanted]
    _check_owner(shapes, state, by)
    return shapes


def _ids(shapes: Iterable[b.Shape]) -> tuple[str, ...]:
    return tuple(shape.id for shape in shapes)


def _is_erased(state: State, command: b.AddShape) -> bool:
    place = (command.document, command.page, command.shape)
    return any((erased.document, erased.page, erased.shape.id) == place for erased in state.erased)


def _check_drawer(state: State, by: str) -> None:
    if not state.may_draw(oneself(state, by).id):
        raise Refused(Reason.DRAWING_OFF)


def _check_owner(shapes: Iterable[b.Shape], state: State, by: str) -> None:
    if oneself(state, by).role is Role.GUEST and any(shape.participant != by for shape in shapes):
        raise Refused(Reason.NOT_ALLOWED)


def _check_space(state: State, page: b.Page, inks: list[int]) -> None:
    if len(page) + len(inks) > b.SHAPES_KEPT:
        raise Refused(Reason.PAGE_FULL)
    _check_ink(state, sum(inks))


def _check_ink(state: State, more: int) -> None:
    if more > 0 and state.ink + more > b.INK_KEPT:
        raise Refused(Reason.TOO_MUCH_DRAWN)
