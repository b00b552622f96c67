"""Files that are shown to everyone: uploaded, and served page by page."""

import tempfile
from typing import IO
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST, require_safe

from auth_gateway.seats import Seat
from conferences import documents, services, tasks
from conferences.clock import now
from conferences.commander import conference_command
from conferences.conversion.formats import CONTENT_TYPES, Format
from conferences.core.rules import Refused
from conferences.core.slides import OfferDocument
from conferences.models import Document
from conferences.views.asking import linked_room, read_body, refusal, seat_of
from conferences.views.serving import stored_download, stored_file


@require_POST
def document_upload(request: HttpRequest, slug: str) -> JsonResponse:
    """The body is the file. Who sends it says the seat in `X-Seat`, to which conference `X-Conference`; what
    it is called, percent-encoded, `X-Document-Name`. The conference decides whether they may."""
    try:
        seat = seat_of(request, linked_room(slug))
        conference = services.conference_current(
            seat.room, wanted=request.headers.get("X-Conference", "")[:22], now=now()
        )
        with tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as file:
            read_body(request, file, most=settings.UPLOAD_MAX_BYTES)
            return JsonResponse({"document": _document_offered(request, conference, seat, file)})
    except Refused as refused:
        return refusal(refused.reason)


def _document_offered(request: HttpRequest, conference: str, seat: Seat, file: IO[bytes]) -> str:
    name = unquote(request.headers.get("X-Document-Name", "")[:1000])
    format, document = documents.document_format(file), documents.document_id()
    original = reverse("conferences:document_original", args=[document, documents.document_key(document)])
    offer = OfferDocument(document=document, name=name, url=original.removesuffix("original"))
    conference_command(conference=conference, command=offer, by=seat.participant)
    documents.document_keep(
        document=document, conference=conference, name=name, format=format, file=file, now=now()
    )
    transaction.on_commit(lambda: tasks.convert_document.delay(document))
    return document


@require_safe
def document_page(request: HttpRequest, document: str, key: str, page: int, size: str = "") -> HttpResponse:
    return stored_file(_path(document, key, f"{page}{size}.webp"), "image/webp")


@require_safe
def document_text(request: HttpRequest, document: str, key: str) -> HttpResponse:
    return stored_file(_path(document, key, "text.json"), "application/json")


@require_safe
def document_original(request: HttpRequest, document: str, key: str) -> HttpResponse:
    row = Document.objects.filter(pk=document, released=True).first()
    if row is None:
        raise Http404
    return stored_download(_path(document, key, "original"), row.name, CONTENT_TYPES[Format(row.format)])


def _path(document: str, key: str, name: str) -> str:
    """Whoever has the key may have it."""
    if not constant_time_compare(key, documents.document_key(document)):
        raise Http404
    return f"{documents.FOLDER}/{document}/{name}"
