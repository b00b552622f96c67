"""Files of the chat: looked at, kept, counted, forgotten."""

import io
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.files import File
from django.core.files.storage import default_storage

from conferences import chat_files, services
from conferences.conversion.converter import Size
from conferences.core.rules import Reason, Refused
from conferences.models import ChatFile, Room
from tests.conferences.conversion import papers
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(room: Room) -> str:
    return services.conference_current(room.pk, now=BEGIN)


def kept(conference: str, content: bytes, who: str = "bob") -> chat_files.Kept:
    return chat_files.chat_file_keep(
        conference=conference, participant=who, name="a file", file=io.BytesIO(content)
    )


def refused(conference: str, content: bytes) -> Reason:
    with pytest.raises(Refused) as because:
        kept(conference, content)
    assert not ChatFile.objects.exists()
    return because.value.reason


def files(file: str) -> set[str]:
    folder = f"{chat_files.FOLDER}/{file}"
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


def test_a_picture_is_kept_with_its_copies(conference: str) -> None:
    photo = kept(conference, papers.image("PNG", (1440, 720)))
    assert photo.preview == Size(720, 360)
    assert files(photo.file) == {"original", "preview.webp", "large.webp"}


def test_whatever_else_is_kept_as_it_is(conference: str) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    drawing = kept(conference, svg)
    assert (drawing.size, drawing.preview) == (len(svg), Size(0, 0))
    assert files(drawing.file) == {"original"}


class Torn(io.BytesIO):
    """Cannot be copied."""

    def read(self, size: int | None = -1) -> bytes:
        if size == File.DEFAULT_CHUNK_SIZE:
            raise OSError("torn")
        return super().read(size)


def test_nothing_is_left_of_what_could_not_be_kept(conference: str) -> None:
    kept(conference, b"Tea")
    folders = default_storage.listdir(chat_files.FOLDER)[0]
    with pytest.raises(OSError, match="torn"):
        chat_files.chat_file_keep(
            conference=conference, participant="bob", name="a file", file=Torn(papers.pdf(["x"]))
        )
    assert ChatFile.objects.count() == 1
    assert default_storage.listdir(chat_files.FOLDER)[0] == folders


def test_what_is_empty_or_not_allowed_or_broken_is_refused(conference: str, settings: Any) -> None:
    assert refused(conference, b"") is Reason.FILE_EMPTY
    assert refused(conference, b"MZ\x90\0 a program") is Reason.FILE_TYPE
    assert refused(conference, papers.declared_png(50_000, 50_000)) is Reason.PICTURE_BROKEN
    settings.CHAT_FILE_TYPES = ["image"]
    assert refused(conference, papers.pdf(["x"])) is Reason.FILE_TYPE


def test_there_are_as_many_as_one_and_all_may_have(conference: str, settings: Any) -> None:
    settings.CHAT_FILES_PER_PERSON, settings.CHAT_FILES_PER_CONFERENCE = 1, 2

    def may(who: str) -> bool:
        try:
            chat_files.chat_file_check(conference=conference, participant=who)
        except Refused as refused:
            return refused.reason is not Reason.TOO_MANY_FILES
        return True

    assert may("bob")
    first = kept(conference, b"one")
    assert (may("bob"), may("carol")) == (False, True)
    kept(conference, b"two", "carol")
    assert not may("alice")
    chat_files.chat_file_delete(file=first.file)
    assert (may("bob"), may("alice")) == (True, True)


def test_who_waits_too_long_for_others_pictures_is_told_so(
    conference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_files, "PATIENCE_S", 0.01)
    with ExitStack() as others:
        for _ in range(chat_files.AT_ONCE):
            others.enter_context(chat_files.copying())
        assert refused(conference, papers.image()) is Reason.BUSY
    assert kept(conference, papers.image()).preview == Size(640, 360)


def test_what_is_deleted_is_gone(conference: str, room: Room) -> None:
    one, two = kept(conference, b"one"), kept(conference, b"two")
    chat_files.chat_file_delete(file=one.file)
    assert (files(one.file), files(two.file)) == (set(), {"original"})
    services.room_delete(room=room)
    assert files(two.file) == set()


def test_files_that_nobody_knows_are_swept_away(conference: str) -> None:
    lost, known = kept(conference, b"lost"), kept(conference, b"known")
    ChatFile.objects.filter(pk=lost.file).delete()
    chat_files.chat_files_sweep()
    assert (files(lost.file), files(known.file)) == (set(), {"original"})
