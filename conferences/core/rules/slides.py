"""Documents on the stage: who may bring, show, turn and remove them."""

from conferences.core import slides as s
from conferences.core.rules.decision import Events, decides, oneself
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_title
from conferences.core.state import State
from conferences.core.words import SYSTEM, Millis, Role


@decides(s.OfferDocument)
def offer(command: s.OfferDocument, state: State, by: str, now: Millis) -> Events:
    check_room(state)
    name, owner = clean_title(command.name), oneself(state, by).id
    return [
        s.DocumentOffered(document=command.document, participant=owner, name=name, url=command.url, at=now)
    ]


@decides(s.ProgressDocument)
def progress(command: s.ProgressDocument, state: State, by: str, now: Millis) -> Events:
    document = _converting(state, command.document)
    if document is None or document.done >= command.done:
        return []
    return [
        s.DocumentProgressed(document=document.id, done=command.done, pages=command.pages, at=now),
    ]


@decides(s.AddDocument)
def add(command: s.AddDocument, state: State, by: str, now: Millis) -> Events:
    document = _converting(state, command.document)
    if document is None:
        return []
    events: Events = [s.DocumentAdded(document=document.id, pages=command.pages, at=now)]
    owner = state.participants.get(document.owner)
    if state.shown is None and owner is not None and owner.role.rank >= Role.PRESENTER.rank:
        events.append(s.DocumentPresented(document=document.id, page=1, by=owner.id, at=now))
    return events


@decides(s.FailDocument)
def fail(command: s.FailDocument, state: State, by: str, now: Millis) -> Events:
    document = _converting(state, command.document)
    return [s.DocumentFailed(document=document.id, failure=command.failure, at=now)] if document else []


def _converting(state: State, document: str) -> s.Document | None:
    """A worker may tell something twice, or too late."""
    found = state.documents.get(document)
    return found if found and found.status is s.DocumentStatus.CONVERTING else None


@decides(s.PresentDocument)
def present(command: s.PresentDocument, state: State, by: str, now: Millis) -> Events:
    document = ready(state, command.document)
    page = page_of(document, command.page or document.page)
    if is_shown(state, document) and page == document.page:
        return []
    return [s.DocumentPresented(document=document.id, page=page, by=by, at=now)]


@decides(s.DismissDocument)
def dismiss(command: s.DismissDocument, state: State, by: str, now: Millis) -> Events:
    if state.shown is None or state.shown.document != command.document:
        return []
    return [s.DocumentDismissed(document=command.document, by=by, at=now)]


@decides(s.TurnPage)
def turn(command: s.TurnPage, state: State, by: str, now: Millis) -> Events:
    """To a page by its number: two who turn at once turn once."""
    document = _shown(state, command.document)
    page = page_of(document, command.page)
    return [] if page == document.page else [s.PageTurned(document=document.id, page=page, by=by, at=now)]


@decides(s.FocusPage)
def focus(command: s.FocusPage, state: State, by: str, now: Millis) -> Events:
    document = _shown(state, command.document)
    view = (command.x, command.y, command.zoom)
    if state.shown is None or (state.shown.x, state.shown.y, state.shown.zoom) == view:
        return []
    if command.page != document.page:  # somebody turned it meanwhile: this view was of another page
        return []
    x, y, zoom = view
    return [s.PageFocused(document=document.id, x=x, y=y, zoom=zoom, by=by, at=now)]


@decides(s.ReleaseDocument)
def release(command: s.ReleaseDocument, state: State, by: str, now: Millis) -> Events:
    document = _owned(state, command.document, by)
    if document.kind is s.DocumentKind.BOARD:
        raise Refused(Reason.NO_DOCUMENT)
    if document.download == command.allowed:
        return []
    return [s.DocumentReleased(document=document.id, allowed=command.allowed, by=by, at=now)]


@decides(s.RemoveDocument)
def remove(command: s.RemoveDocument, state: State, by: str, now: Millis) -> Events:
    return [s.DocumentRemoved(document=_owned(state, command.document, by).id, by=by, at=now)]


def check_room(state: State) -> None:
    """Refused where there are as many documents as may be."""
    if len(state.documents) >= s.MOST_DOCUMENTS:
        raise Refused(Reason.TOO_MANY_DOCUMENTS)


def _some(state: State, document: str) -> s.Document:
    found = state.documents.get(document)
    if found is None:
        raise Refused(Reason.NO_DOCUMENT)
    return found


def ready(state: State, document: str) -> s.Document:
    """The document, whose pages can be shown."""
    found = _some(state, document)
    if found.status is not s.DocumentStatus.READY:
        raise Refused(Reason.NO_DOCUMENT)
    return found


def _shown(state: State, document: str) -> s.Document:
    found = ready(state, document)
    if not is_shown(state, found):
        raise Refused(Reason.NO_DOCUMENT)
    return found


def is_shown(state: State, document: s.Document) -> bool:
    return state.shown is not None and state.shown.document == document.id


def page_of(document: s.Document, page: int) -> int:
    """The page's number; refused if there is none such."""
    if page > document.pages:
        raise Refused(Reason.NO_PAGE)
    return page


def _owned(state: State, document: str, by: str) -> s.Document:
    """One's own; a host's are all."""
    found = _some(state, document)
    if by not in (SYSTEM, found.owner) and oneself(state, by).role is not Role.HOST:
        raise Refused(Reason.NOT_ALLOWED)
    return found
