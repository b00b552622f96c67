"""All messages of all namespaces: what may come over a websocket, what a journal holds."""

from conferences.core.agenda import AgendaCommand, AgendaEvent
from conferences.core.billing import BillingCommand, BillingEvent
from conferences.core.board import BoardCommand, BoardEvent
from conferences.core.calls import CallCommand, CallEvent, CallServerCommand
from conferences.core.captions import CaptionCommand, CaptionEvent
from conferences.core.chat import ChatCommand, ChatEvent, ChatServerCommand
from conferences.core.commands import MeetingCommand, SystemCommand
from conferences.core.events import MeetingEvent
from conferences.core.floor import FloorCommand, FloorEvent
from conferences.core.hall import HallCommand, HallEvent
from conferences.core.notes import NotesCommand, NotesEvent
from conferences.core.polls import PollCommand, PollEvent
from conferences.core.questions import QuestionCommand, QuestionEvent
from conferences.core.recording import RecordingCommand, RecordingEvent, RecordingServerCommand
from conferences.core.shared_links import LinkCommand, LinkEvent
from conferences.core.slides import SlideCommand, SlideEvent, SlideServerCommand

ClientCommand = (
    MeetingCommand
    | AgendaCommand
    | BillingCommand
    | BoardCommand
    | CallCommand
    | CaptionCommand
    | ChatCommand
    | FloorCommand
    | HallCommand
    | LinkCommand
    | NotesCommand
    | PollCommand
    | QuestionCommand
    | RecordingCommand
    | SlideCommand
)
"""What may come over a websocket."""

AnyCommand = (
    ClientCommand
    | SystemCommand
    | SlideServerCommand
    | CallServerCommand
    | ChatServerCommand
    | RecordingServerCommand
)

AnyEvent = (
    MeetingEvent
    | AgendaEvent
    | BillingEvent
    | BoardEvent
    | CallEvent
    | CaptionEvent
    | ChatEvent
    | FloorEvent
    | HallEvent
    | LinkEvent
    | NotesEvent
    | PollEvent
    | QuestionEvent
    | RecordingEvent
    | SlideEvent
)
"""What a journal holds."""
