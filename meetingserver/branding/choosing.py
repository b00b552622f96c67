"""Whose brand it is, here and now: of a request, a mail, a call.

Of several that ask for one, the first that names a brand which exists: the host name of the page, the room,
the link that brought somebody, the room's owner, whoever is signed in, the server.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from meetingserver.branding.installed import library
from meetingserver.branding.library import Installed


def nobody() -> str:
    return ""


class Choice:
    """Decided as late as possible: only its page finds out which room a request is about. `account` is asked
    for the brand of who is signed in, when nobody else named one."""

    def __init__(self, host: str = "", account: Callable[[], str] = nobody) -> None:
        self._host = host
        self._account = account
        self.room = self.link = self.owner = ""
        self._asked: str | None = None

    def brand(self) -> Installed:
        brands = library()
        if by_host := brands.of_host(self._host):
            return by_host
        for key in (self.room, self.link, self.owner):
            if key and (named := brands.get(key)):
                return named
        if self._asked is None:
            self._asked = self._account()
        return brands.get(self._asked) or brands.fallback()


_choice: ContextVar[Choice | None] = ContextVar("brand", default=None)


def current() -> Installed:
    choice = _choice.get()
    return choice.brand() if choice else library().fallback()


def about(*, room: str = "", link: str = "", owner: str = "") -> None:
    """What is being done is about a room: its own brand, that of the link which brought somebody there, and
    its owner's. Outside of a choice it says nothing."""
    if choice := _choice.get():
        choice.room = room or choice.room
        choice.link = link or choice.link
        choice.owner = owner or choice.owner


@contextmanager
def chosen(choice: Choice) -> Iterator[None]:
    before = _choice.set(choice)
    try:
        yield
    finally:
        _choice.reset(before)


@contextmanager
def branded(*keys: str) -> Iterator[None]:
    """The first of these that exists, else the server's: for mails and whatever else is no request."""
    choice = Choice()
    choice.room = next((key for key in keys if library().get(key)), "")
    with chosen(choice):
        yield
