"""What is true after the facts of documents and their pages. Facts about a document that is no longer there
change nothing."""

from typing import Any

from msgspec.structs import replace

from conferences.core import slides as s
from conferences.core.evolution import board
from conferences.core.evolution.dispatch import applies, without
from conferences.core.state import State


@applies
def _(event: s.DocumentOffered, state: State) -> State:
    document = s.Document(id=event.document, name=event.name, owner=event.participant, url=event.url)
    return replace(state, documents={**state.documents, event.document: document})


@applies
def _(event: s.DocumentProgressed, state: State) -> State:
    return _change(state, event.document, done=event.done, pages=event.pages)


@applies
def _(event: s.DocumentAdded, state: State) -> State:
    ready = s.DocumentStatus.READY
    return _change(state, event.document, status=ready, done=event.pages, pages=event.pages)


@applies
def _(event: s.DocumentFailed, state: State) -> State:
    return _change(state, event.document, status=s.DocumentStatus.FAILED, failure=event.failure)


@applies
def _(event: s.DocumentPresented, state: State) -> State:
    then = _change(state, event.document, page=event.page)
    return replace(then, shown=s.Shown(document=event.document, by=event.by))


@applies
def _(event: s.DocumentDismissed, state: State) -> State:
    return replace(state, shown=None)


@applies
def _(event: s.PageTurned, state: State) -> State:
    then = _change(state, event.document, page=event.page)
    return replace(then, shown=s.Shown(document=event.document, by=event.by))


@applies
def _(event: s.PageFocused, state: State) -> State:
    view = s.Shown(document=event.document, by=event.by, x=event.x, y=event.y, zoom=event.zoom)
    return replace(state, shown=view)


@applies
def _(event: s.DocumentReleased, state: State) -> State:
    return _change(state, event.document, download=event.allowed)


@applies
def _(event: s.DocumentRemoved, state: State) -> State:
    shown = None if state.shown and state.shown.document == event.document else state.shown
    then = board.forget(state, event.document)
    return replace(then, documents=without(state.documents, event.document), shown=shown)


def _change(state: State, document: str, **changes: Any) -> State:
    changed = replace(state.documents[document], **changes)
    return replace(state, documents={**state.documents, document: changed})
