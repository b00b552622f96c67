"""Documents that somebody removed while a conference was recorded: their pages are kept beside the masters,
for a replay shows them until that moment, however often it is made."""

import shutil
from pathlib import Path

from django.core.files.storage import default_storage

from conferences.documents import FOLDER
from conferences.models import Document
from recording.desk import Desk, replaced
from recording.storage import spool_folder


def document_keep(*, recording: str, document: str) -> None:
    """To be called before it is deleted."""
    source = f"{FOLDER}/{document}"
    if not default_storage.exists(source):
        return
    is_released = Document.objects.filter(pk=document, released=True).exists()
    for name in default_storage.listdir(source)[1]:
        if name != "original" or is_released:
            path = kept_document(Desk(spool_folder(recording)), document) / name
            with (
                default_storage.open(f"{source}/{name}") as page,
                replaced(path) as part,
                part.open("wb") as copy,
            ):
                shutil.copyfileobj(page, copy)


def kept_document(desk: Desk, document: str) -> Path:
    """The folder with what was kept of it."""
    return desk.masters / "documents" / document
