"""Telephones without a telephone network: what bridges would tell a conference is left for it as errands."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from conferences.core import calls as k
from conferences.core.commands import JoinParticipant
from conferences.core.messages import AnyCommand
from conferences.core.words import LegKind
from tests.e2e.office import Office
from tests.e2e.person import Person

LEAVE = "INSERT INTO conferences_errand (conference_id, command) VALUES (?, ?)"


class Exchange:
    """`exchange.phones("+49 ••• 42")` is somebody who phones the conference where `host` is."""

    def __init__(self, office: Office, host: Person) -> None:
        self._database = Path(office.server.variables["DATA_DIR"]) / "meetingserver.sqlite3"
        self._conference = str(host.says("meeting.live.conference"))
        self._calls = 0

    def tells(self, *commands: AnyCommand) -> None:
        """In this order; the server looks every second."""
        rows = [(self._conference, msgspec.json.encode(command).decode()) for command in commands]
        with closing(sqlite3.connect(self._database, timeout=30)) as database, database:
            database.executemany(LEAVE, rows)

    def phones(self, name: str) -> "Caller":
        self._calls += 1
        caller = Caller(f"caller-{self._calls}", f"call-{self._calls}")
        self.tells(
            JoinParticipant(participant=caller.id, name=name, leg=f"leg-{self._calls}", kind=LegKind.PHONE),
            k.BeginCall(
                participant=caller.id,
                leg=f"leg-{self._calls}",
                call=caller.call,
                bridge="office",
                direction="in",
            ),
        )
        return caller


class Caller:
    def __init__(self, id: str, call: str) -> None:
        self.id = id
        self.call = call
