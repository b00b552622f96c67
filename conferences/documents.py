"""Services of documents: keep the file that was uploaded, have its pages made, tell the conference, forget.

Files lie in the default storage under `documents/<id>/`; whoever has the key of a document's address may see
its pages. Workers run `document_convert`; they reach the conference by leaving errands.
"""

import logging
import secrets
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import msgspec
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import F

from conferences.conversion.converter import ConversionFailed, Made, convert
from conferences.conversion.formats import Format, format_of, office
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.rules.wording import clean_title
from conferences.core.slides import AddDocument, FailDocument, Failure, ProgressDocument
from conferences.core.words import Millis
from conferences.models import Document, Errand
from conferences.storage import address_key, folder_delete, folders_sweep

logger = logging.getLogger(__name__)

FOLDER = "documents"
SILENCE_MS = 4 * 60 * 1000
"""A worker that says nothing for so long is taken for dead: one page may take 90 s, LibreOffice 180."""
TRIES = 2
STEPS = 20
"""Of progress, told while pages are made."""


def document_id() -> str:
    return secrets.token_urlsafe(12)


def document_key(document: str) -> str:
    """What nobody guesses in the address of a document's pages."""
    return address_key("document", document)


def document_format(file: IO[bytes]) -> Format:
    """Raises Refused: UNKNOWN_FORMAT, NEEDS_OFFICE."""
    found = format_of(file)
    if found is None:
        raise Refused(Reason.UNKNOWN_FORMAT)
    if found.needs_office and office() is None:
        raise Refused(Reason.NEEDS_OFFICE)
    return found


def document_keep(
    *, document: str, conference: str, name: str, format: Format, file: IO[bytes], now: Millis
) -> None:
    """The original, waiting for a worker. That its owner may bring it was decided before."""
    original = File(file)
    default_storage.save(f"{FOLDER}/{document}/original", original)
    Document.objects.create(
        id=document,
        conference_id=conference,
        name=clean_title(name),
        format=format,
        seen_at=now,
        size=original.size,
    )


def document_convert(*, document: str, now: Callable[[], Millis]) -> None:
    """Make its pages, unless somebody else does; to be called by workers."""
    waiting = Document.objects.filter(pk=document, status=Document.WAITING)
    if not waiting.update(status=Document.CONVERTING, seen_at=now(), tries=F("tries") + 1):
        return
    row = Document.objects.get(pk=document)
    try:
        with tempfile.TemporaryDirectory(prefix="document-") as folder:
            _convert_in(Path(folder), row, now)
    except ConversionFailed as failed:
        _fail(document, failed.failure)
    except _Removed:
        _forget_files(document)
    except Exception:
        logger.exception("Document %s could not be converted.", document)
        _fail(document, Failure.CONVERSION_FAILED)


class _Removed(Exception):
    """The document is no longer wanted."""


def _convert_in(desk: Path, row: Document, now: Callable[[], Millis]) -> None:
    source, pages = desk / "original", desk / "pages"
    pages.mkdir()
    with default_storage.open(f"{FOLDER}/{row.pk}/original") as kept, source.open("wb") as copy:
        for chunk in kept.chunks():
            copy.write(chunk)
    _forget_files(row.pk, but=("original",))  # of an earlier try
    told, size = 0, source.stat().st_size
    for made in convert(source, Format(row.format), pages):
        size += _keep(row.pk, pages, (f"{made.page}.webp", f"{made.page}-small.webp"))
        _see(row.pk, now())
        step = made.page * STEPS // made.pages
        if step > told and made.page < made.pages:
            told = step
            _tell_progress(row, made)
        row.pages = made.pages
    size += _keep(row.pk, pages, ("text.json",))
    if not _settle(row.pk, Document.READY, pages=row.pages, size=size):
        raise _Removed
    errand_leave(conference=row.conference_id, command=AddDocument(document=row.pk, pages=row.pages))


def _see(document: str, now: Millis) -> None:
    if not Document.objects.filter(pk=document, status=Document.CONVERTING).update(seen_at=now):
        raise _Removed


def _keep(document: str, folder: Path, names: Sequence[str]) -> int:
    """Returns their bytes."""
    size = 0
    for name in names:
        with (folder / name).open("rb") as made:
            default_storage.save(f"{FOLDER}/{document}/{name}", File(made))
        size += (folder / name).stat().st_size
        (folder / name).unlink()
    return size


def _tell_progress(row: Document, made: Made) -> None:
    progress = ProgressDocument(document=row.pk, done=made.page, pages=made.pages)
    errand_leave(conference=row.conference_id, command=progress)


def _settle(document: str, status: str, **changes: int) -> bool:
    converting = Document.objects.filter(pk=document, status=Document.CONVERTING)
    return bool(converting.update(status=status, **changes))


def _fail(document: str, failure: Failure) -> None:
    if _settle(document, Document.FAILED):
        row = Document.objects.get(pk=document)
        errand_leave(conference=row.conference_id, command=FailDocument(document=document, failure=failure))


def documents_look_after(*, now: Millis) -> list[str]:
    """Those that wait, or whose worker died, to be given to a worker (again); twice is enough."""
    silent = Document.objects.filter(status=Document.CONVERTING, seen_at__lt=now - SILENCE_MS)
    for document in silent.filter(tries__gte=TRIES).values_list("pk", flat=True):
        _fail(document, Failure.CONVERSION_FAILED)
    silent.filter(tries__lt=TRIES).update(status=Document.WAITING)
    return list(Document.objects.filter(status=Document.WAITING).values_list("pk", flat=True))


def document_release(*, document: str, allowed: bool) -> None:
    """Let everybody who has its key download the original, or no longer."""
    Document.objects.filter(pk=document).update(released=allowed)


def document_delete(*, document: str) -> None:
    """Really gone: row, original, pages."""
    Document.objects.filter(pk=document).delete()
    _forget_files(document)


def documents_sweep() -> None:
    """Delete files that no row knows any more, whichever way it went."""
    folders_sweep(FOLDER, is_known=lambda document: Document.objects.filter(pk=document).exists())


def _forget_files(document: str, *, but: Sequence[str] = ()) -> None:
    folder_delete(f"{FOLDER}/{document}", but=but)


# Errands


def errand_leave(*, conference: str, command: AnyCommand) -> None:
    """For the server that has the conference; it looks every second."""
    Errand.objects.create(conference_id=conference, command=msgspec.json.encode(command).decode())


def errands_of(server: str) -> list[Errand]:
    """What is to be done in conferences of this server, the oldest first."""
    return list(Errand.objects.filter(conference__server=server)[:200])


def errand_done(errand: int) -> None:
    Errand.objects.filter(pk=errand).delete()
