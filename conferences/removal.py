"""Rooms that go, whoever deletes them: what runs there is ended first, and what ended is billed."""

import contextlib

from conferences.commander import conference_end
from conferences.core.rules import Refused
from conferences.models import Room
from conferences.selectors import conferences_running
from conferences.services import room_delete


def room_remove(*, room: Room) -> None:
    for conference in conferences_running().filter(room=room):
        with contextlib.suppress(Refused):  # it has just ended by itself, or cannot be reached and ends so
            conference_end(conference=conference.pk)
    room_delete(room=room)
