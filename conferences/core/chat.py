"""What people write to each other, files too: what may be asked, what happened, what is kept of it."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command
from conferences.core.events import Audience, Event
from conferences.core.words import IdOrEmpty, Millis, Name, ParticipantId, Reaction, Seq

LINES_KEPT = 500
"""Lines for everyone that are kept at hand; the journal keeps them all."""
PRIVATE_LINES_KEPT = 200
"""Lines between any two."""

ChatText = Annotated[str, Meta(min_length=1, max_length=4000)]
LineText = Annotated[str, Meta(max_length=4000)]
"""Empty: there is but a file, or nothing any more."""
Answered = Annotated[int, Meta(ge=0)]
"""The line that another one answers; 0: none."""
FileId = Annotated[str, Meta(min_length=1, max_length=32, pattern="^[A-Za-z0-9_-]+$")]
FileName = Annotated[str, Meta(min_length=1, max_length=120)]
Pixels = Annotated[int, Meta(ge=0, le=100_000)]


class ChatFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Below `url` lies `original`; of a picture, which has a size, `preview.webp` and `large.webp` too."""

    id: FileId
    name: FileName
    url: str
    size: Annotated[int, Meta(ge=1)]
    """In bytes."""
    width: Pixels = 0
    """Of the preview."""
    height: Pixels = 0


class LineReaction(Struct, frozen=True):
    """`name` is what they were called then."""

    reaction: Reaction
    participant: ParticipantId
    name: Name


class ChatLine(Struct, frozen=True):
    id: Seq
    """The number of the event that brought it."""
    at: Millis
    participant: ParticipantId
    name: Name
    text: LineText
    to: str = ""
    """Empty: for everyone."""
    reply: Answered = 0
    file: ChatFile | None = None
    edited: bool = False
    deleted: bool = False
    """Nothing is left of it but that it was there."""
    reactions: tuple[LineReaction, ...] = ()

    @property
    def between(self) -> frozenset[str]:
        """The two of a private conversation; nobody in particular if it is everyone's."""
        return frozenset((self.participant, self.to)) if self.to else frozenset()


# Commands


class SendChat(Command, frozen=True, tag="chat.send"):
    """To everyone in the room, or to one of them alone."""

    text: ChatText
    to: IdOrEmpty = ""
    reply: Answered = 0


class EditChat(Command, frozen=True, tag="chat.edit"):
    """One's own."""

    line: Seq
    text: ChatText


class DeleteChat(Command, frozen=True, tag="chat.delete"):
    """One's own; a host, any that they can read. Its file goes too."""

    line: Seq


class ReactToChat(Command, frozen=True, tag="chat.react"):
    """Or take the reaction back."""

    line: Seq
    reaction: Reaction
    on: bool = True


class AttachFile(Command, frozen=True, tag="chat.attach"):
    """A file was uploaded; given by the upload's page in the name of who sends it. Without one it only asks
    whether one might be sent, and nothing happens."""

    file: ChatFile | None = None
    to: IdOrEmpty = ""
    reply: Answered = 0


ChatCommand = SendChat | EditChat | DeleteChat | ReactToChat

ChatServerCommand = AttachFile
"""What only the server's pages give."""


# Events


class ChatSent(Event, frozen=True, kw_only=True, tag="chat.sent"):
    """A line of the public chat; `name` is what its author was called then."""

    participant: ParticipantId
    name: Name
    text: LineText
    reply: Answered = 0
    file: ChatFile | None = None


class ChatWhispered(Event, frozen=True, kw_only=True, tag="chat.whispered"):
    """A line that one participant wrote to another alone."""

    heard_by: ClassVar[Audience] = Audience.PAIR
    participant: ParticipantId
    name: Name
    text: LineText
    to: ParticipantId
    reply: Answered = 0
    file: ChatFile | None = None


class ChatEdited(Event, frozen=True, kw_only=True, tag="chat.edited"):
    """What it said before stands in the journal."""

    heard_by: ClassVar[Audience] = Audience.READERS
    line: Seq
    text: ChatText


class ChatDeleted(Event, frozen=True, kw_only=True, tag="chat.deleted"):
    """With its file, if it had one."""

    heard_by: ClassVar[Audience] = Audience.READERS
    line: Seq
    file: IdOrEmpty
    by: IdOrEmpty


class ChatReacted(Event, frozen=True, kw_only=True, tag="chat.reacted"):
    heard_by: ClassVar[Audience] = Audience.READERS
    line: Seq
    participant: ParticipantId
    name: Name
    reaction: Reaction
    on: bool


ChatEvent = ChatSent | ChatWhispered | ChatEdited | ChatDeleted | ChatReacted
