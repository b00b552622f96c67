"""A recording that was made: rows, journal and files, all written by hand."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from conferences.core import commands as c
from conferences.core.chat import SendChat
from conferences.journal import entries
from conferences.models import Conference, JournalEntry, Room
from recording import storage
from recording.manifest import Audio, Download, Manifest
from recording.models import Recording, Status
from tests.conferences.meeting import BEGIN, Meeting

RAW = ("raw/bob.camera.0000beef/0.rtpd", "raw/alice.microphone.0000cafe/0.rtpd")
MASTERS = ("masters/bob.camera.1.webm", "masters/alice.microphone.1.webm", "masters/index.json")
BUNDLE = ("audio/init.mp4", "audio/0.m4s", "journal/0.json", "audio.m4a")


def recording_made(room: Room, *, number: int = 12, bundle: bool = True, **fields: Any) -> Recording:
    """Ready, of 50 s in two pieces with 10 s between, in a conference in which people wrote."""
    conference = conference_held(room)
    wanted = {
        "title": "Archery",
        "status": Status.READY,
        "version": 1,
        "started_at": BEGIN,
        "stopped_at": BEGIN + 60_000,
        "spans": [[BEGIN, BEGIN + 20_000], [BEGIN + 30_000, BEGIN + 60_000]],
        "viewers": "private",
        "length_ms": 50_000,
        "size_bytes": 5_000_000,
        **fields,
    }
    recording = Recording.objects.create(id=f"{conference.pk}-{number}", conference=conference, **wanted)
    if bundle:
        files_written(recording)
    return recording


def conference_held(room: Room) -> Conference:
    """Alice, Bob and Carol were there; Bob wrote twice, and once to Alice alone."""
    meeting = Meeting()
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    meeting.wait(5)
    meeting.does("bob", SendChat(text="Who has the arrows?"))
    meeting.does("bob", SendChat(text="psst", to="alice"))
    meeting.wait(20)
    meeting.does("carol", SendChat(text="said in the pause"))
    meeting.wait(10)
    meeting.does("bob", SendChat(text="Found them."))
    meeting.does("alice", c.EndConference())
    number = Conference.objects.count()
    conference = Conference.objects.create(
        id=f"held{number}", room=room, created_at=BEGIN, ended_at=meeting.now, end_reason="host"
    )
    JournalEntry.objects.bulk_create(entries(conference.pk, 1, meeting.events))
    return conference


def files_written(recording: Recording) -> None:
    bundle = storage.bundle_folder(recording.pk, recording.version)
    for name in (*RAW, *MASTERS):
        _write(f"{storage.recording_folder(recording.pk)}/{name}", b"captured")
    for name in BUNDLE:
        _write(f"{bundle}/{name}", b"made")
    _write(f"{bundle}/manifest.json", _manifest(recording))
    _write(f"{bundle}/poster.webp", poster(recording.title))


def _write(name: str, content: bytes) -> None:
    storage.recordings_storage.save(name, ContentFile(content))


def _manifest(recording: Recording) -> bytes:
    return Manifest(
        id=recording.pk,
        version=recording.version,
        title=recording.title,
        began_at=recording.started_at,
        ended=True,
        length_ms=recording.length_ms,
        audio=Audio(segments=1),
        downloads=(Download("audio", "audio.m4a", 812_345), Download("chat", "chat.txt", 1_234)),
    ).encode()


def poster(title: str) -> bytes:
    picture = Image.new("RGB", (640, 360), "#0b7558")
    ImageDraw.Draw(picture).text((32, 32), title, "#ffffff")
    file = BytesIO()
    picture.save(file, "WEBP")
    return file.getvalue()


def files_of(recording: str) -> set[str]:
    folder = storage.recording_folder(recording)
    return {name.removeprefix(f"{folder}/") for name in storage.names_in(folder)}
