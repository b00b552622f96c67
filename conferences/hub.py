"""This process's sockets of every conference: a message is framed once and written to each.

What is to be told comes as an `Announcement`, which is plain data: it may come from another process.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from conferences.core.hearing import Hearers
from conferences.core.signals import ServerSignal
from conferences.sockets import Frame, Writer, frame

_encode = msgspec.json.encode

SEAT_TAKEN = 4409
OVER = 4410
SERVER_LEAVES = 4412


class Heard(msgspec.Struct, frozen=True, array_like=True):
    """An event, encoded, and who hears it."""

    event: msgspec.Raw
    hearers: Hearers


class Announcement(msgspec.Struct, frozen=True, array_like=True):
    """What became true in one commit of a conference.

    `fresh`: welcomes for those whose sight changed, instead of the events. `closing`: legs that end with
    this, and the close code for each.
    """

    conference: str
    first_seq: int
    heard: list[Heard]
    fresh: dict[str, msgspec.Raw] = {}
    closing: dict[str, int] = {}

    @property
    def last_seq(self) -> int:
        return self.first_seq + len(self.heard) - 1


class Socket:
    """A participant's websocket. `seq` is the last event its browser was told of; until it is seated, what is
    announced is held back."""

    __slots__ = ("held", "leg", "participant", "seq", "writer")

    def __init__(self, participant: str, leg: str, writer: Writer) -> None:
        self.participant = participant
        self.leg = leg
        self.writer = writer
        self.seq = 0
        self.held: list[Announcement] | None = []


class Telling(Protocol):
    """Whom the conferences of this process tell: the `Hub`, and in a farm `exchange.Broadcast`."""

    def deliver(self, announcement: Announcement) -> None: ...

    def signal(self, conference: str, signal: ServerSignal, *, to: Hearers) -> None: ...

    def close(self, conference: str, code: int) -> None: ...


Framed = dict[tuple[bool, ...], Frame]
"""The frames of an announcement, by which of its events are heard."""


class Hub:
    """The sockets of this process."""

    def __init__(self) -> None:
        self._sockets: dict[str, dict[str, Socket]] = {}
        self.delivered = 0
        """Frames written."""
        self.spared = 0
        """Signals that were not written because the reader was behind."""

    def add(self, conference: str, socket: Socket) -> None:
        self._sockets.setdefault(conference, {})[socket.leg] = socket

    def remove(self, conference: str, leg: str) -> None:
        sockets = self._sockets.get(conference, {})
        sockets.pop(leg, None)
        if not sockets:
            self._sockets.pop(conference, None)

    def sockets(self, conference: str) -> Sequence[Socket]:
        return tuple(self._sockets.get(conference, {}).values())

    def count(self) -> int:
        return sum(len(sockets) for sockets in self._sockets.values())

    def deliver(self, announcement: Announcement) -> None:
        """Tell everyone what they may hear."""
        framed: Framed = {}
        for socket in self.sockets(announcement.conference):
            if socket.held is None:
                self._tell(socket, announcement, framed)
            else:
                socket.held.append(announcement)

    def seat(self, socket: Socket, text: bytes, seq: int) -> None:
        """The first thing a socket is told: `text`, which ends with event `seq`; then what was held back."""
        socket.writer.write(frame(text))
        socket.seq = seq
        held, socket.held = socket.held or (), None
        for announcement in held:
            self._tell(socket, announcement, {})

    def _tell(self, socket: Socket, announcement: Announcement, framed: Framed) -> None:
        """Once: who entered with this commit knows it already. Never with a gap: rather resume."""
        if announcement.first_seq > socket.seq + 1:
            self._close(announcement.conference, socket, SERVER_LEAVES)
        elif socket.seq < announcement.last_seq:
            socket.writer.write(_frame_for(socket, announcement, framed))
            socket.seq = announcement.last_seq
            self.delivered += 1
        if socket.leg in announcement.closing:
            self._close(announcement.conference, socket, announcement.closing[socket.leg])

    def signal(self, conference: str, signal: ServerSignal, *, to: Hearers) -> None:
        """Tell a passing thing."""
        framed = frame(_encode({"signal": signal}))
        for socket in self.sockets(conference):
            if to is not None and socket.participant not in to:
                continue
            if not signal.may_be_lost:
                socket.writer.write(framed)
            elif not socket.writer.offer(framed):
                self.spared += 1

    def close(self, conference: str, code: int) -> None:
        for socket in self.sockets(conference):
            self._close(conference, socket, code)

    def _close(self, conference: str, socket: Socket, code: int) -> None:
        self.remove(conference, socket.leg)
        socket.writer.close(code)

    def conferences(self) -> Sequence[str]:
        return tuple(self._sockets)


def _frame_for(socket: Socket, announcement: Announcement, framed: Framed) -> Frame:
    fresh = announcement.fresh.get(socket.participant)
    if fresh is not None:
        return frame(bytes(fresh))
    hears = tuple(h.hearers is None or socket.participant in h.hearers for h in announcement.heard)
    if hears not in framed:
        framed[hears] = frame(_events(announcement, hears))
    return framed[hears]


_NULL = msgspec.Raw(b"null")


def _events(announcement: Announcement, hears: Sequence[bool]) -> bytes:
    """The events as told: one by itself, several as a list; null where one may not be heard."""
    messages: list[Mapping[str, object]] = [
        {"seq": seq, "event": heard.event if heard_it else _NULL}
        for seq, (heard, heard_it) in enumerate(
            zip(announcement.heard, hears, strict=True), start=announcement.first_seq
        )
    ]
    return _encode(messages[0] if len(messages) == 1 else messages)
