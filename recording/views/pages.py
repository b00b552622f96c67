"""The list of one's recordings, and the page of each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conferences.clock import now
from conferences.core.words import Millis
from conferences.models import Viewers
from conferences.selectors import access_rooms
from recording import storage
from recording.contents import recording_lines, recording_people
from recording.manifest import Download
from recording.manifest import decode as manifest_decode
from recording.models import ProgramStatus, Recording, Status
from recording.retention import WARNED_BEFORE_MS
from recording.selectors import audit_of, recordings_of, use_of
from recording.trimming import trimmed
from recording.views.asking import managed, subscriber

PER_PAGE = 24
AUDIT_LINES = 100
ASKED_AT_ONCE = 100


@require_safe
@never_cache
@login_required
def recordings(request: HttpRequest) -> HttpResponse:
    """All of one's own rooms, newest first; with `?room=` of one, with `?q=` those with such words."""
    user = subscriber(request)
    found = _searched(recordings_of(user), request)
    rooms = access_rooms(user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    soon = recordings_of(user).filter(kept_until__lte=now() + WARNED_BEFORE_MS)
    described = {
        "page": page,
        "rooms": rooms,
        "room": request.GET.get("room", ""),
        "q": request.GET.get("q", "")[:100],
        "use": use_of(user),
        "soon": soon.order_by("kept_until"),
    }
    return render(request, "recording/list.html", described)


def _searched(found: QuerySet[Recording], request: HttpRequest) -> QuerySet[Recording]:
    room, words = request.GET.get("room", "")[:60], request.GET.get("q", "")[:100].split()
    conference = request.GET.get("conference", "")[:22]
    if room:
        found = found.filter(conference__room__slug=room)
    if conference:
        found = found.filter(conference=conference)
    for word in words:
        found = found.filter(title__icontains=word)
    return found


@require_safe
@never_cache
@login_required
def state(request: HttpRequest) -> JsonResponse:
    """How far those of `?of=` are that are one's own: their part of the page, and whether to ask again."""
    asked = request.GET.get("of", "").split(",")[:ASKED_AT_ONCE]
    found = recordings_of(subscriber(request)).filter(pk__in=asked)
    return JsonResponse({"recordings": [_told(recording, request) for recording in found]})


def _told(recording: Recording, request: HttpRequest) -> dict[str, Any]:
    words = {"recording": recording}
    return {
        "id": recording.pk,
        "state": render_to_string("recording/_state.html", words, request),
        "card": render_to_string("recording/_card.html", words, request),
        "settled": is_settled(recording),
    }


def is_settled(recording: Recording) -> bool:
    """Nothing of it changes by itself."""
    ready = recording.status in (Status.READY, Status.FAILED)
    return ready and recording.program != ProgramStatus.MAKING


@require_safe
@never_cache
@login_required
def one(request: HttpRequest, recording: str) -> HttpResponse:
    found = managed(request, recording)
    return render(request, "recording/one.html", _described(found, now()))


def _described(recording: Recording, at: Millis) -> dict[str, Any]:
    people = recording_people(recording)
    lines = recording_lines(recording, now=at)
    taken_out = [*recording.hidden_participants, *recording.hidden_lines]
    return {
        "recording": recording,
        "settled": is_settled(recording),
        "changeable": recording.status in (Status.READY, Status.FAILED),
        "room": recording.conference.room,
        "viewers": Viewers,
        "trim": trimmed(recording, now=at),
        "people": people,
        "lines": lines,
        "forgettable": recording.status == Status.READY and set(taken_out) - set(recording.forgotten),
        "downloads": _downloads(recording),
        "audit": audit_of(recording)[:AUDIT_LINES],
        "now": at,
    }


def _downloads(recording: Recording) -> tuple[Download, ...]:
    if recording.status != Status.READY:
        return ()
    content = _stored(recording, "manifest.json")
    return manifest_decode(content).downloads if content else ()


@require_safe
@login_required
def poster(request: HttpRequest, recording: str) -> HttpResponse:
    """A picture of it, in the newest version; no content where there was nothing to see."""
    content = _stored(managed(request, recording), "poster.webp")
    if content is None:
        return HttpResponse(status=204)
    response = HttpResponse(content, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _stored(recording: Recording, name: str) -> bytes | None:
    folder = storage.bundle_folder(recording.pk, recording.version)
    try:
        with storage.recordings_storage.open(f"{folder}/{name}") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None
