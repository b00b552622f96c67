"""All messages of all namespaces: what may come over a websocket, what a journal holds."""

from conferences.core.commands import MeetingCommand, SystemCommand
from conferences.core.events import MeetingEvent
from conferences.core.floor import FloorCommand, FloorEvent
from conferences.core.polls import PollCommand, PollEvent
from conferences.core.questions import QuestionCommand, QuestionEvent

ClientCommand = MeetingCommand | PollCommand | QuestionCommand | FloorCommand
"""What may come over a websocket."""

AnyCommand = ClientCommand | SystemCommand

AnyEvent = MeetingEvent | PollEvent | QuestionEvent | FloorEvent
"""What a journal holds."""
