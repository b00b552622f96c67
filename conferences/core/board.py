"""Drawing on pages: what may be asked, what happened, what then is there. A whiteboard is a document without
files; what is drawn on any document's page are shapes, each a figure that somebody drew.

`docs/decisions.md` says why a stroke in motion is a signal and a finished one an event.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Event
from conferences.core.figures import AnyFigure, FigureText, Step
from conferences.core.slides import DocumentId, PageNumber, Title
from conferences.core.words import IdOrEmpty, ParticipantId, Role, Seq

ShapeId = Annotated[str, Meta(min_length=1, max_length=32, pattern="^[A-Za-z0-9_-]+$")]
"""Chosen by who draws it, so that a stroke in motion has it already."""

BOARD_PAGES = 50
SHAPES_KEPT = 2_000
"""On one page."""
INK_KEPT = 500_000
"""In a conference, by `figures.ink_of`: a welcome and a snapshot stay below three megabytes."""
ERASED_KEPT = SHAPES_KEPT
"""Shapes that may be restored; and their ink. A page that is more than that is cleared for good."""
ERASED_INK_KEPT = 100_000

ShapeIds = Annotated[tuple[ShapeId, ...], Meta(min_length=1, max_length=SHAPES_KEPT)]


class Drawers(StrEnum):
    """Who may draw, and point."""

    PRESENTERS = "presenters"
    EVERYONE = "everyone"


# State


class Shape(Struct, frozen=True):
    id: ShapeId
    participant: ParticipantId
    """Who drew it."""
    z: Seq
    """The number of the event that brought it: later ones lie above."""
    figure: AnyFigure


class Erased(Struct, frozen=True):
    """A shape that may be restored to where it was."""

    document: DocumentId
    page: PageNumber
    shape: Shape


Page = tuple[Shape, ...]
"""The lowest first."""
Drawings = dict[DocumentId, dict[PageNumber, Page]]


# Commands


class OpenBoard(Command, frozen=True, tag="board.open"):
    """A blank board, on the stage at once; called by its name in the asker's language."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    name: Title


class ExtendBoard(Command, frozen=True, tag="board.extend"):
    """One more page at the end of a board, which everyone then sees."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId


class PermitBoard(Command, frozen=True, tag="board.permit"):
    needs: ClassVar[Role | Need] = Role.PRESENTER
    who: Drawers


class ClearBoard(Command, frozen=True, tag="board.clear"):
    """All that anybody drew on a page; it may be restored like what was erased."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId
    page: PageNumber


class AddShape(Command, frozen=True, tag="shape.add"):
    document: DocumentId
    page: PageNumber
    shape: ShapeId
    figure: AnyFigure


class RewordShape(Command, frozen=True, tag="shape.reword"):
    """What a text or a note says now: one's own; presenters, anybody's. So with those below."""

    document: DocumentId
    page: PageNumber
    shape: ShapeId
    text: FigureText


class MoveShapes(Command, frozen=True, tag="shapes.move"):
    """Together, and never off the page."""

    document: DocumentId
    page: PageNumber
    shapes: ShapeIds
    dx: Step
    dy: Step


class EraseShapes(Command, frozen=True, tag="shapes.erase"):
    document: DocumentId
    page: PageNumber
    shapes: ShapeIds


class RestoreShapes(Command, frozen=True, tag="shapes.restore"):
    """Bring back what was erased lately."""

    document: DocumentId
    page: PageNumber
    shapes: ShapeIds


BoardCommand = (
    OpenBoard
    | ExtendBoard
    | PermitBoard
    | ClearBoard
    | AddShape
    | RewordShape
    | MoveShapes
    | EraseShapes
    | RestoreShapes
)


# Events


class BoardOpened(Event, frozen=True, kw_only=True, tag="board.opened"):
    document: DocumentId
    participant: ParticipantId
    name: Title


class BoardExtended(Event, frozen=True, kw_only=True, tag="board.extended"):
    document: DocumentId
    pages: PageNumber
    by: IdOrEmpty


class BoardPermitted(Event, frozen=True, kw_only=True, tag="board.permitted"):
    who: Drawers
    by: IdOrEmpty


class BoardCleared(Event, frozen=True, kw_only=True, tag="board.cleared"):
    document: DocumentId
    page: PageNumber
    by: IdOrEmpty


class ShapeAdded(Event, frozen=True, kw_only=True, tag="shape.added"):
    document: DocumentId
    page: PageNumber
    shape: ShapeId
    participant: ParticipantId
    figure: AnyFigure


class ShapeReworded(Event, frozen=True, kw_only=True, tag="shape.reworded"):
    document: DocumentId
    page: PageNumber
    shape: ShapeId
    text: FigureText
    by: IdOrEmpty


class ShapesMoved(Event, frozen=True, kw_only=True, tag="shapes.moved"):
    document: DocumentId
    page: PageNumber
    shapes: ShapeIds
    dx: Step
    dy: Step
    by: IdOrEmpty


class ShapesErased(Event, frozen=True, kw_only=True, tag="shapes.erased"):
    document: DocumentId
    page: PageNumber
    shapes: ShapeIds
    by: IdOrEmpty


class ShapesRestored(Event, frozen=True, kw_only=True, tag="shapes.restored"):
    """With all that they are: browsers do not keep what was erased."""

    document: DocumentId
    page: PageNumber
    shapes: tuple[Shape, ...]
    by: IdOrEmpty


BoardEvent = (
    BoardOpened
    | BoardExtended
    | BoardPermitted
    | BoardCleared
    | ShapeAdded
    | ShapeReworded
    | ShapesMoved
    | ShapesErased
    | ShapesRestored
)
