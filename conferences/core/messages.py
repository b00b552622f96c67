"""All messages of all namespaces: what may come over a websocket, what a journal holds."""

from conferences.core.chat import ChatCommand, ChatEvent
from conferences.core.commands import MeetingCommand, SystemCommand
from conferences.core.events import MeetingEvent
from conferences.core.floor import FloorCommand, FloorEvent
from conferences.core.polls import PollCommand, PollEvent
from conferences.core.questions import QuestionCommand, QuestionEvent
from conferences.core.slides import SlideCommand, SlideEvent, SlideServerCommand

ClientCommand = MeetingCommand | ChatCommand | PollCommand | QuestionCommand | FloorCommand | SlideCommand
"""What may come over a websocket."""

AnyCommand = ClientCommand | SystemCommand | SlideServerCommand

AnyEvent = MeetingEvent | ChatEvent | PollEvent | QuestionEvent | FloorEvent | SlideEvent
"""What a journal holds."""
