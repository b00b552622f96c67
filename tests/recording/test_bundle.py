"""Tests of recording/bundle.py."""

from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from conferences.core import captions, chat
from conferences.core.words import SYSTEM
from conferences.models import Room
from conferences.storage import folder_delete
from recording.bundle import playlist
from recording.models import Recording
from recording.removed import document_keep
from recording.storage import desk_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes
from tests.recording.test_making import folder_of, make

pytestmark = pytest.mark.django_db
FILES = {
    "documents/plans": ["1.webp", "1-small.webp", "2.webp", "text.json", "original"],
    "chat/f1": ["original"],
}


def page() -> bytes:
    written = BytesIO()
    Image.new("RGB", (160, 90), "red").save(written, "WEBP")
    return written.getvalue()


@pytest.fixture
def shown(room: Room) -> Recording:
    """Slides and a file in the chat."""
    for folder, names in FILES.items():
        for name in names:
            content = b'["one", "two", "three"]' if name == "text.json" else page()
            if not default_storage.exists(f"{folder}/{name}"):
                default_storage.save(f"{folder}/{name}", ContentFile(content))
    meeting = Meeting()
    for who in ("alice", "bob"):
        meeting.joins(who)
    begin = meeting.now
    meeting.wait(5)
    meeting.brings("alice")
    file = chat.ChatFile(id="f1", name="a.txt", url="/chat/f1/key/", size=7)
    meeting.does("bob", chat.AttachFile(file=file))
    meeting.does(SYSTEM, captions.WriteCaption(text="Here is the plan", speaker="Bob"))
    meeting.wait(1)
    return takes.recording_of(meeting, room, begin=begin, end=begin + 20_000)


def test_what_people_brought_is_in_it(shown: Recording) -> None:
    manifest = make(shown)
    found = {path.relative_to(folder_of(shown)).as_posix() for path in folder_of(shown).rglob("*.*")}
    assert {"documents/plans/1.webp", "documents/plans/text.json"} <= found
    assert (folder_of(shown) / "files" / "f1" / "original").exists()
    assert not (folder_of(shown) / "documents" / "plans" / "original").exists()
    assert [(one.kind, one.text, one.t) for one in manifest.search] == [
        ("caption", "Bob: Here is the plan", 5_000),
        ("slide", "one", 5_000),
    ]
    assert [chapter.title for chapter in manifest.chapters][-1] == "Plans.pdf, page 1"
    assert "a.txt" in (folder_of(shown) / "chat.txt").read_text()
    assert {download.kind for download in manifest.downloads} == {"audio", "chat", "slides", "captions"}
    assert [one.file for one in manifest.captions] == ["captions.vtt"]
    assert "Bob: Here is the plan" in (folder_of(shown) / "captions.vtt").read_text()


@pytest.mark.parametrize(("without", "gone"), [("slides", "documents"), ("chat", "files")])
def test_parts_that_are_not_recorded_bring_no_files(shown: Recording, without: str, gone: str) -> None:
    parts = [part for part in shown.parts if part != without]
    Recording.objects.filter(pk=shown.pk).update(parts=parts)
    make(shown)
    assert not (folder_of(shown) / gone).exists()


def test_every_file_of_the_journal_is_one(shown: Recording) -> None:
    manifest = make(shown)
    for entry in manifest.journal:
        page = msgspec.json.decode((folder_of(shown) / entry.file).read_bytes())
        assert page["from_ms"] == entry.from_ms
        assert set(page) == {"from_ms", "picture", "events", "levels"}


def test_playlists_name_all_segments(shown: Recording) -> None:
    make(shown)
    lines = (folder_of(shown) / "audio" / "index.m3u8").read_text().splitlines()
    named = [line for line in lines if line.endswith(".m4s")]
    assert len(named) == 10
    assert all((folder_of(shown) / "audio" / name).exists() for name in named)
    assert lines[-1] == "#EXT-X-ENDLIST"
    assert "#EXT-X-ENDLIST" not in playlist(3, ended=False)


def test_nothing_half_is_left(shown: Recording) -> None:
    make(shown)
    left: list[Path] = list(desk_folder(shown.pk).rglob("*.part"))
    assert not left


def test_words_of_who_is_taken_out_are_in_no_caption_even_when_their_voice_is_gone(shown: Recording) -> None:
    Recording.objects.filter(pk=shown.pk).update(hidden_participants=["bob"])
    make(shown)
    assert not (folder_of(shown) / "captions.vtt").exists()
    unsaid = desk_folder(shown.pk) / "masters" / "unsaid.json"
    assert list(msgspec.json.decode(unsaid.read_bytes())) == ["bob"]


def test_a_document_that_was_removed_is_shown_until_then_however_often_it_is_made(shown: Recording) -> None:
    document_keep(recording=shown.pk, document="plans")
    folder_delete("documents/plans")
    for cuts in ([], [[shown.started_at, shown.started_at + 2_000]]):
        Recording.objects.filter(pk=shown.pk).update(cuts=cuts, step="", status="making", worked_at=0)
        make(shown)
        names = {path.name for path in (folder_of(shown) / "documents" / "plans").iterdir()}
        assert names == {"1.webp", "1-small.webp", "2.webp", "text.json"}
    assert shown.version == 2
