"""The page on which a recording is watched, live or later."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from auth_gateway.callers import caller_of
from conferences.clock import now
from conferences.models import Room
from conferences.views.asking import account, branded_room, caller
from meetingserver.speaking import speak
from recording.audit import recording_opened
from recording.models import Recording, Status, Step
from recording.refusals import RecordingRefused
from recording.services import program_request
from streaming.forms import PasscodeForm
from streaming.pages import player_context
from streaming.selectors import Asker, access_recording, is_own, recording_behind_passcode
from streaming.services import media_address, passcode_try

PASSED = "recordings_passed"
"""In the session: marks of passcodes, by recording."""
PASSED_KEPT = 50


@require_safe
@never_cache
@ensure_csrf_cookie
def watch(request: HttpRequest, recording: str) -> HttpResponse:
    """One page for live and replay; it asks by itself whether there is something to watch yet."""
    found = _found(request, recording)
    _tell_opened(request, found)
    if found is None:
        return _asking_for_passcode(request, recording) or _nothing(request)
    own = is_own(found, account(request))
    page = {
        "id": found.pk,
        "title": found.title,
        "began_at": found.started_at,
        "renew_url": reverse("streaming:renew", args=[found.pk]),
        "zip_url": reverse("streaming:offline", args=[found.pk]),
        "film_url": reverse("streaming:film", args=[found.pk]) if own else "",
        "state": _state(request, found),
    }
    response = render(request, "streaming/watch.html", player_context(recording=found, page=page, own=own))
    return _quiet(response)


@require_POST
@never_cache
def renew(request: HttpRequest, recording: str) -> HttpResponse:
    """Where the bundle lies for the next minutes, and how far it is. Who may no longer watch gets 404."""
    found = _found(request, recording)
    return JsonResponse(_state(request, found)) if found else _gone()


@require_POST
@never_cache
def passcode(request: HttpRequest, recording: str) -> HttpResponse:
    """Right ones are remembered until the session ends or the passcode is changed."""
    form = PasscodeForm(request.POST)
    mark = None
    if form.is_valid():
        given = form.cleaned_data["passcode"]
        mark = passcode_try(recording=recording, passcode=given, caller=caller(request))
    if mark is None:
        return _asking_for_passcode(request, recording, wrong=True) or _nothing(request)
    passed = {**_passed(request), recording: mark}
    request.session[PASSED] = dict(list(passed.items())[-PASSED_KEPT:])
    return redirect("streaming:watch", recording)


@require_POST
@never_cache
def film(request: HttpRequest, recording: str) -> HttpResponse:
    """The owner may ask for the one film to download."""
    found, user = _found(request, recording), account(request)
    if found is None or user is None or not is_own(found, user):
        return _gone()
    with suppress(RecordingRefused):  # it is on its way already, as the state says
        program_request(recording=found, by=user, now=now())
    found.refresh_from_db()
    return JsonResponse(_state(request, found))


def _found(request: HttpRequest, recording: str) -> Recording | None:
    found = access_recording(recording, asker_of(request))
    if found is not None:
        _as_in(found.conference.room, request)
    return found


def _as_in(room: Room, request: HttpRequest) -> None:
    """From here on this request has the room's brand, and speaks its language."""
    branded_room(room)
    speak(request, room=room.language)


def _state(request: HttpRequest, recording: Recording) -> dict[str, Any]:
    """`media`: where the bundle lies; empty while there is none."""
    watchable = recording.status == Status.READY or (recording.status == Status.RECORDING and recording.live)
    user = account(request)
    return {
        "status": recording.status,
        "live": recording.live and recording.status == Status.RECORDING,
        "version": recording.version,
        "media": media_address(recording=recording, user=user, now=now()) if watchable else "",
        "step": Step(recording.step).label if recording.step else "",
        "percent": recording.percent,
        "program": recording.program,
        "program_percent": recording.program_percent,
    }


def _tell_opened(request: HttpRequest, recording: Recording | None) -> None:
    """So that its owner learns who watches."""
    if recording is not None:
        recording_opened(recording=recording, by=account(request), now=now())


def asker_of(request: HttpRequest) -> Asker:
    return Asker(account(request), _passed(request), caller_of(request))


def _passed(request: HttpRequest) -> dict[str, str]:
    kept = request.session.get(PASSED, {})
    return kept if isinstance(kept, dict) else {}


def _asking_for_passcode(request: HttpRequest, recording: str, *, wrong: bool = False) -> HttpResponse | None:
    found = recording_behind_passcode(recording)
    if found is None:
        return None
    _as_in(found.conference.room, request)
    context = {"recording": found, "form": PasscodeForm(), "wrong": wrong}
    return _quiet(render(request, "streaming/passcode.html", context, status=403))


def _nothing(request: HttpRequest) -> HttpResponse:
    """The same for what is not there and for what this person may not watch."""
    return _quiet(render(request, "streaming/nothing.html", {"next": request.path}, status=404))


def _gone() -> JsonResponse:
    return JsonResponse({"status": "gone"}, status=404)


def _quiet(response: HttpResponse) -> HttpResponse:
    """Addresses with tokens go nowhere."""
    response["Referrer-Policy"] = "no-referrer"
    return response
