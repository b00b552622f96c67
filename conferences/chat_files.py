"""Services of files in the chat: look at them, keep them, count them, forget them.

They lie in the default storage under `chat/<id>/`; whoever has the key of a file's address may have it.
Pictures are copied by a limited process while their sender waits: so a line never changes its size.
"""

import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from conferences.conversion.converter import ConversionFailed, Size, copy_picture
from conferences.conversion.kinds import Kind, kind_of
from conferences.core.rules import Reason, Refused
from conferences.models import ChatFile
from conferences.storage import address_key, folder_delete, folders_sweep

FOLDER = "chat"
AT_ONCE = 2
"""Pictures copied at a time: people talk meanwhile."""
PATIENCE_S = 20.0

_places = threading.BoundedSemaphore(AT_ONCE)


class Kept(NamedTuple):
    file: str
    size: int
    preview: Size


def chat_file_key(file: str) -> str:
    return address_key("chat", file)


def chat_file_check(*, conference: str, participant: str) -> None:
    """Refused when as many were sent as may be."""
    sent = ChatFile.objects.filter(conference=conference)
    too_many = sent.count() >= settings.CHAT_FILES_PER_CONFERENCE
    if too_many or sent.filter(participant=participant).count() >= settings.CHAT_FILES_PER_PERSON:
        raise Refused(Reason.TOO_MANY_FILES)


def chat_file_keep(*, conference: str, participant: str, name: str, file: IO[bytes]) -> Kept:
    """The file, and of a picture its copies. That its sender may send it was asked before. Raises Refused."""
    size, kind = file.seek(0, 2), kind_of(file)
    if not size:
        raise Refused(Reason.FILE_EMPTY)
    if kind not in settings.CHAT_FILE_TYPES:
        raise Refused(Reason.FILE_TYPE)
    id = secrets.token_urlsafe(12)
    with tempfile.TemporaryDirectory(prefix="chat-") as folder:
        desk = Path(folder)
        preview = _copied(file, desk) if kind is Kind.IMAGE else Size(0, 0)
        ChatFile.objects.create(
            id=id, conference_id=conference, participant=participant, name=name, size=size
        )
        try:
            _store(id, file, desk)
        except OSError:  # a full disk: what nobody can have does not count either
            chat_file_delete(file=id)
            raise
    return Kept(id, size, preview)


def _store(id: str, file: IO[bytes], desk: Path) -> None:
    default_storage.save(f"{FOLDER}/{id}/original", File(file))
    for copy in desk.glob("*.webp"):
        with copy.open("rb") as made:
            default_storage.save(f"{FOLDER}/{id}/{copy.name}", File(made))


def _copied(file: IO[bytes], desk: Path) -> Size:
    source = desk / "original"
    with source.open("wb") as copy:
        for chunk in File(file).chunks():
            copy.write(chunk)
    with copying():
        try:
            return copy_picture(source, desk)
        except ConversionFailed:
            raise Refused(Reason.PICTURE_BROKEN) from None


@contextmanager
def copying() -> Iterator[None]:
    """One of the few at a time. Refused when it takes too long until one of them is done."""
    if not _places.acquire(timeout=PATIENCE_S):
        raise Refused(Reason.BUSY)
    try:
        yield
    finally:
        _places.release()


def chat_file_delete(*, file: str) -> None:
    """Really gone: row, original, copies."""
    ChatFile.objects.filter(pk=file).delete()
    folder_delete(f"{FOLDER}/{file}")


def chat_files_sweep() -> None:
    folders_sweep(FOLDER, is_known=lambda file: ChatFile.objects.filter(pk=file).exists())
