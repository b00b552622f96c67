"""All messages of all namespaces: what may come over a websocket, what a journal holds."""

from conferences.core.board import BoardCommand, BoardEvent
from conferences.core.commands import MeetingCommand, SystemCommand
from conferences.core.events import MeetingEvent
from conferences.core.floor import FloorCommand, FloorEvent
from conferences.core.polls import PollCommand, PollEvent
from conferences.core.questions import QuestionCommand, QuestionEvent
from conferences.core.slides import SlideCommand, SlideEvent, SlideServerCommand

ClientCommand = MeetingCommand | PollCommand | QuestionCommand | FloorCommand | SlideCommand | BoardCommand
"""What may come over a websocket."""

AnyCommand = ClientCommand | SystemCommand | SlideServerCommand

AnyEvent = MeetingEvent | PollEvent | QuestionEvent | FloorEvent | SlideEvent | BoardEvent
"""What a journal holds."""
