"""System commands from synchronous code (the administration, services of other apps): every fact passes
through the journal, also what an admin does."""

from asgiref.sync import async_to_sync  # noqa: TID251 - this is the one module

from conferences import doors
from conferences.core.commands import EndConference
from conferences.core.messages import AnyCommand
from conferences.core.words import SYSTEM


def conference_command(*, conference: str, command: AnyCommand, by: str = SYSTEM) -> None:
    """Give a command to a running conference, wherever it lives; by default as the server. Raises Refused."""
    async_to_sync(_submit)(conference, command, by)


def conference_end(*, conference: str) -> None:
    """End it for everyone. Raises Refused."""
    conference_command(conference=conference, command=EndConference())


async def _submit(conference: str, command: AnyCommand, by: str) -> None:
    door = await doors.open(conference)
    await door.submit(command, by=by)
