"""All messages of all namespaces: what may come over a websocket, what a journal holds."""

from conferences.core.commands import MeetingCommand, SystemCommand
from conferences.core.events import MeetingEvent
from conferences.core.slides import SlideCommand, SlideEvent, SlideServerCommand

ClientCommand = MeetingCommand | SlideCommand
"""What may come over a websocket."""

AnyCommand = ClientCommand | SystemCommand | SlideServerCommand

AnyEvent = MeetingEvent | SlideEvent
"""What a journal holds."""
