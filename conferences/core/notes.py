"""What somebody notes down for themselves. Nobody else ever hears of it, nor sees it in any picture."""

from typing import Annotated, ClassVar

from msgspec import Meta

from conferences.core.commands import Command
from conferences.core.events import Audience, Event
from conferences.core.words import ParticipantId

NOTES_LENGTH = 20_000

Notes = Annotated[str, Meta(max_length=NOTES_LENGTH)]


class WriteNotes(Command, frozen=True, tag="notes.write"):
    """One's own, as they are now; the page asks when its writer pauses."""

    text: Notes


NotesCommand = WriteNotes


class NotesWritten(Event, frozen=True, kw_only=True, tag="notes.written"):
    heard_by: ClassVar[Audience] = Audience.ONESELF
    participant: ParticipantId
    text: Notes


NotesEvent = NotesWritten
