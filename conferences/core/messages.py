"""All messages of all namespaces: what may come over a websocket, what a journal holds."""

from conferences.core.commands import MeetingCommand, SystemCommand
from conferences.core.events import MeetingEvent

ClientCommand = MeetingCommand
"""What may come over a websocket."""

AnyCommand = ClientCommand | SystemCommand

AnyEvent = MeetingEvent
"""What a journal holds."""
