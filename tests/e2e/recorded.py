"""A recording as if a conference had been held: written by the server's own database and files, by
`manage.py shell`."""

import sys

from conferences.core import captions as k
from conferences.core import commands as c
from conferences.core.chat import SendChat
from conferences.core.words import Part
from conferences.journal import entries
from conferences.models import Conference, JournalEntry, Room
from recording.models import Recording, Status
from recording.storage import desk_folder
from tests.conferences.meeting import BEGIN, Meeting
from tests.e2e.office import Office
from tests.recording import takes

SECONDS = 12


def recorded(office: Office, slug: str) -> str:
    """Alice sounds and is red, Bob sounds and writes; it is to be made ready. Gives its id."""
    return office.server.shell(f"from {__name__} import _record; _record({slug!r})").split()[-1]


def told(office: Office, id: str, **fields: object) -> None:
    """Set these of its row, as a worker would."""
    office.server.shell(f"from {__name__} import _tell; _tell({id!r}, {fields!r})")


def _record(slug: str) -> None:
    meeting = Meeting()
    for who in ("alice", "bob"):
        meeting.joins(who)
    begin = meeting.now + 1000
    meeting.wait(3)
    meeting.does("alice", k.AssignCaptions())
    meeting.does("bob", SendChat(text="Who has the arrows?"))
    meeting.wait(3)
    meeting.does("alice", k.WriteCaption(text="Bob asks for <arrows> & a bow"))
    meeting.wait(SECONDS - 3)
    meeting.does("alice", c.EndConference())
    number = Conference.objects.count()
    conference = Conference.objects.create(
        id=f"held{number}", room=Room.objects.get(slug=slug), created_at=BEGIN, ended_at=meeting.now
    )
    JournalEntry.objects.bulk_create(entries(conference.pk, 1, meeting.events))
    id = f"{conference.pk}-12"
    raw = desk_folder(id) / "raw"
    takes.sound(raw, "alice", 440, begin=begin, seconds=SECONDS)
    takes.sound(raw, "bob", 700, begin=begin + 2_000, seconds=4)
    takes.picture(raw, "alice", "red", begin=begin, seconds=SECONDS)
    Recording.objects.create(
        id=id,
        conference=conference,
        title="Archery",
        status=Status.MAKING,
        started_at=begin,
        stopped_at=begin + SECONDS * 1000,
        spans=[[begin, begin + SECONDS * 1000]],
        parts=list(Part),
        viewers="private",
    )
    sys.stdout.write(id)


def _tell(id: str, fields: dict[str, object]) -> None:
    Recording.objects.filter(pk=id).update(**fields)
