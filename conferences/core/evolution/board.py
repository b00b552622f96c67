"""What is true after the facts of drawing. One page's shapes are copied for an event, nothing else."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from conferences.core import board as b
from conferences.core.evolution.dispatch import applies, without
from conferences.core.figures import AnyFigure, ink_of, moved
from conferences.core.slides import Document, DocumentKind, DocumentStatus
from conferences.core.state import State


@applies
def _(event: b.BoardOpened, state: State) -> State:
    board = Document(
        id=event.document,
        name=event.name,
        owner=event.participant,
        url="",
        kind=DocumentKind.BOARD,
        status=DocumentStatus.READY,
        pages=1,
        done=1,
    )
    return replace(state, documents={**state.documents, board.id: board})


@applies
def _(event: b.BoardExtended, state: State) -> State:
    board = replace(state.documents[event.document], pages=event.pages, done=event.pages)
    return replace(state, documents={**state.documents, board.id: board})


@applies
def _(event: b.BoardPermitted, state: State) -> State:
    return replace(state, drawers=event.who)


@applies
def _(event: b.BoardCleared, state: State) -> State:
    page = _page(state, event)
    then = _with_page(state, event, (), -_ink(page))
    if len(page) > b.ERASED_KEPT or _ink(page) > b.ERASED_INK_KEPT:
        return then
    return replace(then, erased=_with_erased(state, event, page))


@applies
def _(event: b.ShapeAdded, state: State) -> State:
    shape = b.Shape(id=event.shape, participant=event.participant, z=state.seq, figure=event.figure)
    return _with_page(state, event, (*_page(state, event), shape), ink_of(shape.figure))


@applies
def _(event: b.ShapeReworded, state: State) -> State:
    before = _page(state, event)
    after = _changed(before, (event.shape,), lambda figure: replace(figure, text=event.text))
    return _with_page(state, event, after, _ink(after) - _ink(before))


@applies
def _(event: b.ShapesMoved, state: State) -> State:
    page = _changed(_page(state, event), event.shapes, lambda figure: moved(figure, event.dx, event.dy))
    return _with_page(state, event, page, 0)


@applies
def _(event: b.ShapesErased, state: State) -> State:
    page, gone = _page(state, event), set(event.shapes)
    shapes = [shape for shape in page if shape.id in gone]
    left = tuple(shape for shape in page if shape.id not in gone)
    then = _with_page(state, event, left, -_ink(shapes))
    return replace(then, erased=_with_erased(state, event, shapes))


@applies
def _(event: b.ShapesRestored, state: State) -> State:
    page = sorted((*_page(state, event), *event.shapes), key=attrgetter("z"))
    then = _with_page(state, event, tuple(page), _ink(event.shapes))
    restored = {(event.document, event.page, shape.id) for shape in event.shapes}
    left = tuple(e for e in state.erased if (e.document, e.page, e.shape.id) not in restored)
    return replace(then, erased=left)


def forget(state: State, document: str) -> State:
    """The document is gone, and with it what was drawn on it."""
    if document not in state.drawings:
        return state
    ink = sum(_ink(page) for page in state.drawings[document].values())
    return replace(
        state,
        drawings=without(state.drawings, document),
        erased=tuple(erased for erased in state.erased if erased.document != document),
        ink=state.ink - ink,
    )


PageEvent = (
    b.BoardCleared | b.ShapeAdded | b.ShapeReworded | b.ShapesMoved | b.ShapesErased | b.ShapesRestored
)


def _page(state: State, event: PageEvent) -> b.Page:
    return state.drawings.get(event.document, {}).get(event.page, ())


def _changed(page: b.Page, ids: Iterable[str], change: Callable[[Any], AnyFigure]) -> b.Page:
    wanted = set(ids)
    return tuple(
        replace(shape, figure=change(shape.figure)) if shape.id in wanted else shape for shape in page
    )


def _with_page(state: State, event: PageEvent, page: b.Page, ink: int) -> State:
    pages = {**state.drawings.get(event.document, {}), event.page: page}
    return replace(state, drawings={**state.drawings, event.document: pages}, ink=state.ink + ink)


def _ink(shapes: Iterable[b.Shape]) -> int:
    return sum(ink_of(shape.figure) for shape in shapes)


def _with_erased(state: State, event: PageEvent, shapes: Iterable[b.Shape]) -> tuple[b.Erased, ...]:
    """As many of the last as are kept."""
    erased = (*state.erased, *(b.Erased(event.document, event.page, shape) for shape in shapes))
    kept: list[b.Erased] = []
    ink = 0
    for one in reversed(erased[-b.ERASED_KEPT :]):
        ink += ink_of(one.shape.figure)
        if ink > b.ERASED_INK_KEPT:
            break
        kept.append(one)
    return tuple(reversed(kept))
