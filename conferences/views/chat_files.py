"""Files of the chat: taken in, and handed out so that no browser runs them in our name."""

import tempfile
from typing import IO
from urllib.parse import unquote

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST, require_safe

from auth_gateway.seats import Seat
from conferences import chat_files, services
from conferences.clock import now
from conferences.commander import conference_command
from conferences.core.chat import AttachFile, ChatFile
from conferences.core.rules import Reason, Refused
from conferences.core.rules.wording import clean_file_name
from conferences.models import ChatFile as Row
from conferences.views.asking import linked_room, read_body, refusal, seat_of
from conferences.views.serving import stored_download, stored_file


@require_POST
def chat_file_upload(request: HttpRequest, slug: str) -> JsonResponse:
    """The body is the file. Who sends it says the seat in `X-Seat`, in which conference `X-Conference`, to
    whom alone `X-To`, in answer to which line `X-Reply`; its name, percent-encoded, `X-File-Name`."""
    try:
        seat = seat_of(request, linked_room(slug))
        conference = services.conference_current(
            seat.room, wanted=request.headers.get("X-Conference", "")[:22], now=now()
        )
        wish = _wish(request)
        conference_command(conference=conference, command=wish, by=seat.participant)
        chat_files.chat_file_check(conference=conference, participant=seat.participant)
        with tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as file:
            read_body(request, file, most=settings.CHAT_FILE_MAX_BYTES)
            return JsonResponse({"file": _attached(request, conference, seat, wish, file)})
    except Refused as refused:
        return refusal(refused.reason)


def _wish(request: HttpRequest) -> AttachFile:
    """What is asked before anything is read or kept."""
    asked = {"to": request.headers.get("X-To", ""), "reply": request.headers.get("X-Reply", "0")}
    try:
        return msgspec.convert(asked, AttachFile, strict=False)
    except msgspec.ValidationError:
        raise Refused(Reason.MALFORMED) from None


def _attached(request: HttpRequest, conference: str, seat: Seat, wish: AttachFile, file: IO[bytes]) -> str:
    name = clean_file_name(unquote(request.headers.get("X-File-Name", "")[:2000]))
    kept = chat_files.chat_file_keep(
        conference=conference, participant=seat.participant, name=name, file=file
    )
    original = reverse("conferences:chat_file", args=[kept.file, chat_files.chat_file_key(kept.file)])
    told = ChatFile(
        id=kept.file,
        name=name,
        url=original.removesuffix("original"),
        size=kept.size,
        width=kept.preview.width,
        height=kept.preview.height,
    )
    try:
        attach = msgspec.structs.replace(wish, file=told)
        conference_command(conference=conference, command=attach, by=seat.participant)
    except Refused:
        chat_files.chat_file_delete(file=kept.file)
        raise
    return kept.file


@require_safe
def chat_file_copy(request: HttpRequest, file: str, key: str, copy: str) -> HttpResponse:
    """Of a picture, made by us."""
    return stored_file(_path(file, key, f"{copy}.webp"), "image/webp")


@require_safe
def chat_file(request: HttpRequest, file: str, key: str) -> HttpResponse:
    path = _path(file, key, "original")
    return stored_download(path, get_object_or_404(Row, pk=file).name)


def _path(file: str, key: str, name: str) -> str:
    if not constant_time_compare(key, chat_files.chat_file_key(file)):
        raise Http404
    return f"{chat_files.FOLDER}/{file}/{name}"
