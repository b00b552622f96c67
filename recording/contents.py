"""Who and what is in a recording, and may be taken out of it: read from the conference's journal."""

from dataclasses import dataclass

from conferences.core.captions import CaptionWritten
from conferences.core.chat import ChatDeleted, ChatEdited, ChatSent
from conferences.core.events import ParticipantAdmitted, ParticipantJoined, ParticipantRenamed
from conferences.core.words import Millis, Role
from conferences.journal import read_events, read_numbered
from recording.models import Recording


@dataclass(frozen=True, slots=True)
class Person:
    """`name` as they were called last; `hidden`: taken out; `forgotten`: for good."""

    id: str
    name: str
    hidden: bool
    forgotten: bool


@dataclass(frozen=True, slots=True)
class Line:
    """`t` in ms on the recording's clock before any cut; `text` as it was in the end."""

    id: int
    t: Millis
    name: str
    text: str
    hidden: bool
    forgotten: bool


def recording_people(recording: Recording) -> list[Person]:
    """Who was let in while the conference was held, in order of arrival."""
    names: dict[str, str] = {}
    kinds = (ParticipantJoined, ParticipantAdmitted, ParticipantRenamed)
    for event in read_events(recording.conference_id, kinds):
        match event:
            case ParticipantJoined(role=Role.WAITING):
                continue
            case ParticipantJoined() | ParticipantAdmitted():
                names[event.participant] = event.name
            case ParticipantRenamed() if event.participant in names:
                names[event.participant] = event.name
    return [
        Person(id, name, id in recording.hidden_participants, id in recording.forgotten)
        for id, name in names.items()
    ]


def recording_lines(recording: Recording, *, now: Millis) -> list[Line]:
    """What was written to everyone while it was recorded, captions too, but for what was deleted since."""
    events = read_numbered(recording.conference_id, (ChatSent, ChatEdited, ChatDeleted, CaptionWritten))
    texts = {event.line: event.text for _, event in events if isinstance(event, ChatEdited)}
    deleted = {event.line for _, event in events if isinstance(event, ChatDeleted)}
    recorded = recording.recorded(now=now)
    lines = []
    for id, sent in events:
        t = recorded.played(sent.at)
        if t is None or id in deleted:
            continue
        if isinstance(sent, CaptionWritten):
            lines.append(_line(recording, id, t, sent.speaker, sent.text))
        elif isinstance(sent, ChatSent):
            text = texts.get(id, sent.text) or (sent.file.name if sent.file else "")
            lines.append(_line(recording, id, t, sent.name, text))
    return lines


def _line(recording: Recording, id: int, t: Millis, name: str, text: str) -> Line:
    return Line(id, t, name, text, id in recording.hidden_lines, id in recording.forgotten)
