"""Documents shown to everyone, page by page: what may be asked, what happened, what then is true.

A view says which part of the page everyone sees: `x` and `y` are the middle of it in ten-thousandths of the
page's width and height, `zoom` in percent of the size at which the whole page fits.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Event
from conferences.core.words import IdOrEmpty, ParticipantId, Role

DocumentId = Annotated[str, Meta(min_length=1, max_length=32, pattern="^[A-Za-z0-9_-]+$")]
Title = Annotated[str, Meta(min_length=1, max_length=120)]
PageNumber = Annotated[int, Meta(ge=1, le=10_000)]
PageCount = Annotated[int, Meta(ge=0, le=10_000)]
Spot = Annotated[int, Meta(ge=0, le=10_000)]
Zoom = Annotated[int, Meta(ge=100, le=800)]

MOST_DOCUMENTS = 30
MIDDLE = 5_000
WHOLE = 100


class Failure(StrEnum):
    """Why a document has no pages. Words for people: `conferences/_reasons.html`."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_COMPLEX = "too_complex"
    NEEDS_OFFICE = "needs_office"
    CONVERSION_FAILED = "conversion_failed"


class DocumentStatus(StrEnum):
    CONVERTING = "converting"
    READY = "ready"
    FAILED = "failed"


# State


class DocumentKind(StrEnum):
    """A file that somebody brought, or a blank board, which has no files."""

    FILE = "file"
    BOARD = "board"


class Document(Struct, frozen=True):
    id: DocumentId
    name: Title
    owner: ParticipantId
    url: str
    """Below it lie `<page>.webp`, `<page>-small.webp`, `text.json` and `original`. Empty: of a board."""
    kind: DocumentKind = DocumentKind.FILE
    status: DocumentStatus = DocumentStatus.CONVERTING
    pages: PageCount = 0
    done: PageCount = 0
    """Pages that were made so far."""
    page: PageNumber = 1
    """The one that is shown, or was shown last."""
    download: bool = False
    """Everybody may have the original."""
    failure: Failure | None = None


class Shown(Struct, frozen=True):
    """Which document is on the stage, and which part of its page everyone sees."""

    document: DocumentId
    by: IdOrEmpty
    x: Spot = MIDDLE
    y: Spot = MIDDLE
    zoom: Zoom = WHOLE


# Commands of pages and workers


class OfferDocument(Command, frozen=True, tag="document.offer"):
    """A file was uploaded; given by the upload's page in the name of who uploads."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId
    name: str
    url: str


class ProgressDocument(Command, frozen=True, tag="document.progress"):
    needs: ClassVar[Role | Need] = Need.SYSTEM
    document: DocumentId
    done: PageCount
    pages: PageCount


class AddDocument(Command, frozen=True, tag="document.add"):
    """All pages are made. With nothing else on the stage it is shown at once."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    document: DocumentId
    pages: PageNumber


class FailDocument(Command, frozen=True, tag="document.fail"):
    needs: ClassVar[Role | Need] = Need.SYSTEM
    document: DocumentId
    failure: Failure


# Commands of browsers


class PresentDocument(Command, frozen=True, tag="document.present"):
    """Put it on the stage; without a page, where it was left."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId
    page: PageNumber | None = None


class DismissDocument(Command, frozen=True, tag="document.dismiss"):
    """Take it off the stage."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId


class TurnPage(Command, frozen=True, tag="page.turn"):
    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId
    page: PageNumber


class FocusPage(Command, frozen=True, tag="page.focus"):
    """Zoom and pan for everyone; `page` is the one that the asker looked at."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId
    page: PageNumber
    x: Spot
    y: Spot
    zoom: Zoom


class ReleaseDocument(Command, frozen=True, tag="document.release"):
    """Let everybody download the original, or no longer."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId
    allowed: bool


class RemoveDocument(Command, frozen=True, tag="document.remove"):
    """Its owner's or a host's: pages and original are deleted."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    document: DocumentId


# Events


class DocumentOffered(Event, frozen=True, kw_only=True, tag="document.offered"):
    """Somebody uploaded a file; its pages are being made."""

    document: DocumentId
    participant: ParticipantId
    name: Title
    url: str


class DocumentProgressed(Event, frozen=True, kw_only=True, tag="document.progressed"):
    document: DocumentId
    done: PageCount
    pages: PageCount


class DocumentAdded(Event, frozen=True, kw_only=True, tag="document.added"):
    """Its pages can be shown."""

    document: DocumentId
    pages: PageNumber


class DocumentFailed(Event, frozen=True, kw_only=True, tag="document.failed"):
    document: DocumentId
    failure: Failure


class DocumentPresented(Event, frozen=True, kw_only=True, tag="document.presented"):
    document: DocumentId
    page: PageNumber
    by: IdOrEmpty


class DocumentDismissed(Event, frozen=True, kw_only=True, tag="document.dismissed"):
    document: DocumentId
    by: IdOrEmpty


class PageTurned(Event, frozen=True, kw_only=True, tag="page.turned"):
    document: DocumentId
    page: PageNumber
    by: IdOrEmpty


class PageFocused(Event, frozen=True, kw_only=True, tag="page.focused"):
    document: DocumentId
    x: Spot
    y: Spot
    zoom: Zoom
    by: IdOrEmpty


class DocumentReleased(Event, frozen=True, kw_only=True, tag="document.released"):
    document: DocumentId
    allowed: bool
    by: IdOrEmpty


class DocumentRemoved(Event, frozen=True, kw_only=True, tag="document.removed"):
    document: DocumentId
    by: IdOrEmpty


SlideCommand = PresentDocument | DismissDocument | TurnPage | FocusPage | ReleaseDocument | RemoveDocument
"""What may come over a websocket."""

SlideServerCommand = OfferDocument | ProgressDocument | AddDocument | FailDocument
"""What only the server's pages and workers give."""

SlideEvent = (
    DocumentOffered
    | DocumentProgressed
    | DocumentAdded
    | DocumentFailed
    | DocumentPresented
    | DocumentDismissed
    | PageTurned
    | PageFocused
    | DocumentReleased
    | DocumentRemoved
)
