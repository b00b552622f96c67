"""All messages of all namespaces: what may come over a websocket, what a journal holds."""

from conferences.core.commands import MeetingCommand, SystemCommand
from conferences.core.events import MeetingEvent
from conferences.core.polls import PollCommand, PollEvent

ClientCommand = MeetingCommand | PollCommand
"""What may come over a websocket."""

AnyCommand = ClientCommand | SystemCommand

AnyEvent = MeetingEvent | PollEvent
"""What a journal holds."""
