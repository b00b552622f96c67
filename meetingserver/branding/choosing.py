"""Whose brand it is, here and now: of a request, a mail, a call.

Of several that ask for one, the first that names a brand which exists: the host name of the page or the
number that was called, the room, the link that brought somebody, the room's owner, whoever is signed in, the
server.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from meetingserver.branding.installed import library
from meetingserver.branding.library import Installed


def nobody() -> str:
    return ""


class Choice:
    """Decided as late as possible: only its page finds out which room a request is about. `address` is the
    host or number that was asked for. `account` tells the brand of who is signed in, when nobody else named
    one; None: it cannot be told yet."""

    def __init__(self, address: str = "", account: Callable[[], str | None] = nobody) -> None:
        self._address = address
        self._account = account
        self._asked: str | None = None
        self._found: Installed | None = None
        self.room = self.link = self.owner = ""

    def about(self, room: str, link: str, owner: str) -> None:
        self.room, self.link, self.owner = room or self.room, link or self.link, owner or self.owner
        self._found = None

    def brand(self) -> Installed:
        """Every text of a page asks: it is found once, unless the account cannot be told yet."""
        if self._found is None:
            self._found = self._named() or self._accounts()
        return self._found or library().fallback()

    def _named(self) -> Installed | None:
        brands = library()
        named = (brands.get(key) for key in (self.room, self.link, self.owner) if key)
        return brands.of_address(self._address) or next((one for one in named if one), None)

    def _accounts(self) -> Installed | None:
        if self._asked is None:
            self._asked = ""  # for whoever wants to say something while the account is looked for
            self._asked = self._account()
        return None if self._asked is None else library().get(self._asked) or library().fallback()


_choice: ContextVar[Choice | None] = ContextVar("brand", default=None)


def current() -> Installed:
    choice = _choice.get()
    return choice.brand() if choice else library().fallback()


def about(*, room: str = "", link: str = "", owner: str = "") -> None:
    """What is being done is about a room: its own brand, that of the link which brought somebody there, and
    its owner's. Outside of a choice it says nothing."""
    if choice := _choice.get():
        choice.about(room, link, owner)


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
    choice.about(next((key for key in keys if library().get(key)), ""), "", "")
    with chosen(choice):
        yield
