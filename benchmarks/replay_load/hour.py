"""The recording that `benchmarks/replay.py` watches, written by the server's own database and files, by
`manage.py shell`: four people who speak and show a camera all the time, slides, chat, captions."""

import sys

from auth_gateway.models import User
from conferences.core import captions as k
from conferences.core import commands as c
from conferences.core import slides as s
from conferences.core.chat import SendChat
from conferences.core.words import SYSTEM
from conferences.models import Viewers
from conferences.services import room_create
from recording.making import recording_advance
from recording.models import Recording, Status
from recording.storage import desk_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes

PEOPLE = {"alice": (220, "red"), "bob": (330, "green"), "carol": (440, "blue"), "dora": (550, "grey")}
EVERY_S = 10
PAGES = 30


def hold(minutes: int) -> None:
    """Prints the recording's id."""
    meeting = Meeting()
    for who in PEOPLE:
        meeting.joins(who)
        meeting.does(who, c.StartCamera())
        meeting.does(who, c.UnmuteMicrophone())
    begin, seconds = meeting.now, 60 * minutes
    meeting.brings("alice", pages=PAGES)
    for number in range(seconds // EVERY_S):
        meeting.does("bob", SendChat(text=f"line {number}"))
        meeting.does(SYSTEM, k.WriteCaption(text=f"caption {number}", speaker="Carol"))
        if number % 3 == 1:
            meeting.does("alice", s.TurnPage(document="plans", page=1 + number // 3 % PAGES))
        meeting.wait(EVERY_S)
    owner = User.objects.create_user("replay")
    room = room_create(owner=owner, wishes={"name": "Archery"})[0]
    row = takes.recording_of(meeting, room, begin=begin, end=begin + 1_000 * seconds, viewers=Viewers.PUBLIC)
    raw = desk_folder(row.pk) / "raw"
    for number, (who, (hertz, colour)) in enumerate(PEOPLE.items()):
        takes.sound(raw, who, hertz, begin=begin, seconds=seconds, ssrc=number + 1)
        takes.picture(raw, who, colour, begin=begin, seconds=seconds, key_every_s=10, ssrc=100 + number)
    while recording_advance(recording=row.pk, now=lambda: begin + 1_000 * seconds):
        pass
    assert Recording.objects.get(pk=row.pk).status == Status.READY
    sys.stdout.write(row.pk)
