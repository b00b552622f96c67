"""What is true after a page elsewhere was offered or withdrawn."""

from msgspec.structs import replace

from conferences.core import shared_links as sl
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: sl.LinkShared, state: State) -> State:
    link = sl.SharedLink(
        id=state.seq, url=event.url, title=event.title, participant=event.participant, name=event.name
    )
    return replace(state, link=link)


@applies
def _(event: sl.LinkWithdrawn, state: State) -> State:
    return replace(state, link=None)
