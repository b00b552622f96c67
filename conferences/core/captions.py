"""What is said, typed along by people whom a host asks to; or written by the server, for which something may
listen: a recogniser of speech asks as SYSTEM, and needs nobody's leave.
"""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Event
from conferences.core.words import IdOrEmpty, Millis, ParticipantId, Role, Seq

MOST_WRITERS = 8
LINES_KEPT = 20
"""At hand, for who comes late; the journal keeps them all."""
SHOWN_MS = 8_000
"""So long a line can be read, unless two others have come."""
SHOWN_AT_ONCE = 2

CaptionText = Annotated[str, Meta(min_length=1, max_length=300)]
SpeakerName = Annotated[str, Meta(max_length=60)]


class CaptionLine(Struct, frozen=True):
    id: Seq
    """The number of the event that brought it."""
    at: Millis
    participant: IdOrEmpty
    """Who wrote it; empty: the server."""
    speaker: SpeakerName
    text: CaptionText


class Captions(Struct, frozen=True):
    """`writers`: who may write, in the order in which they were asked to."""

    writers: tuple[ParticipantId, ...] = ()
    lines: tuple[CaptionLine, ...] = ()

    def without(self, writer: ParticipantId) -> "Captions":
        return Captions(tuple(id for id in self.writers if id != writer), self.lines)


# Commands


class AssignCaptions(Command, frozen=True, tag="captions.assign"):
    """Ask somebody, by default oneself, to write captions from now on; others who do go on."""

    needs: ClassVar[Role | Need] = Role.HOST
    participant: IdOrEmpty = ""


class UnassignCaptions(Command, frozen=True, tag="captions.unassign"):
    """Whoever writes may stop; a host may let others stop."""

    participant: IdOrEmpty = ""


class WriteCaption(Command, frozen=True, tag="captions.write"):
    """One line of what is said, and by whom, where that is known."""

    text: CaptionText
    speaker: SpeakerName = ""


CaptionCommand = AssignCaptions | UnassignCaptions | WriteCaption


# Events


class CaptionsAssigned(Event, frozen=True, kw_only=True, tag="captions.assigned"):
    participant: ParticipantId
    by: IdOrEmpty


class CaptionsUnassigned(Event, frozen=True, kw_only=True, tag="captions.unassigned"):
    participant: ParticipantId
    by: IdOrEmpty


class CaptionWritten(Event, frozen=True, kw_only=True, tag="captions.written"):
    """`participant` wrote it; empty: the server."""

    participant: IdOrEmpty
    speaker: SpeakerName
    text: CaptionText


CaptionEvent = CaptionsAssigned | CaptionsUnassigned | CaptionWritten
