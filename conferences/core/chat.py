"""What people write to each other: what may be asked, what happened, what is kept of it."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command
from conferences.core.events import Audience, Event
from conferences.core.words import IdOrEmpty, Millis, Name, ParticipantId, Seq

CHAT_KEPT = 500
"""Lines of chat that a welcome holds; the journal keeps them all."""

ChatText = Annotated[str, Meta(min_length=1, max_length=4000)]


class ChatLine(Struct, frozen=True):
    id: Seq
    """The number of the event that brought it."""
    at: Millis
    participant: ParticipantId
    name: Name
    text: str
    to: str = ""
    """Empty: for everyone."""


# Commands


class SendChat(Command, frozen=True, tag="chat.send"):
    """To everyone in the room, or to one of them alone."""

    text: ChatText
    to: IdOrEmpty = ""


ChatCommand = SendChat


# Events


class ChatSent(Event, frozen=True, kw_only=True, tag="chat.sent"):
    """A line of the public chat; `name` is what its author was called then."""

    participant: ParticipantId
    name: Name
    text: ChatText


class ChatWhispered(Event, frozen=True, kw_only=True, tag="chat.whispered"):
    """A line that one participant wrote to another alone."""

    heard_by: ClassVar[Audience] = Audience.PAIR
    participant: ParticipantId
    name: Name
    text: ChatText
    to: ParticipantId


ChatEvent = ChatSent | ChatWhispered
