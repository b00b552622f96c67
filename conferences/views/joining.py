"""The way in from other sites: `/join/<room>?ticket=…` and `?token=…`. What was shown leaves the address
before any page is seen."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from auth_gateway import flows
from auth_gateway.audit import audit_write
from auth_gateway.callers import caller_of
from auth_gateway.contract import Allowed, Answer, Denied, Unavailable
from auth_gateway.identity import Identity
from auth_gateway.services import SESSION_BACKEND, user_vouched_for
from conferences.clock import now
from conferences.models import Room
from conferences.selectors import access_room_by_name
from meetingserver.speaking import keep_language

PASSES = "passes"
"""In the session: what a sign-in service said of somebody about one room, by the room's key."""
PASSES_KEPT = 20
LONGEST_TICKET = 8000


@require_safe
@never_cache
def join(request: HttpRequest, name: str) -> HttpResponseBase:
    """`name`: link or access code of a room. Whether there is such a room, an answer does not tell."""
    shown, signed = request.GET.get("ticket", ""), request.GET.get("token", "")
    room = access_room_by_name(name)
    if not shown and not signed:
        return redirect(room) if room else _quiet(_refused(request, ""))
    if request.method == "HEAD" or len(shown) + len(signed) > LONGEST_TICKET:
        return _quiet(_refused(request, ""))  # whoever looks at links does not use them up
    match _answer(request, room, name, shown, signed):
        case Allowed(identity) if room is not None:
            return _quiet(_let_in(request, room, identity))
        case Unavailable():
            return _quiet(_unavailable(request))
        case Denied(message=message):
            return _quiet(_refused(request, message))
        case _:
            return _quiet(_refused(request, ""))


def _answer(request: HttpRequest, room: Room | None, name: str, shown: str, signed: str) -> Answer:
    caller, conference = caller_of(request), room.code if room else name
    if shown:
        return flows.ticket(ticket=shown, conference=conference, caller=caller)
    return flows.link(token=signed, conference=conference, slug=room.slug if room else "", caller=caller)


def _let_in(request: HttpRequest, room: Room, identity: Identity) -> HttpResponseBase:
    if identity.user_id:
        user = user_vouched_for(identity=identity, about_one_room=True)
        if not user.is_active:
            caller = caller_of(request)
            audit_write(action="sign-in", outcome="denied", who=user.username, reason="locked", caller=caller)
            return _refused(request, "")
        login(request, user, backend=SESSION_BACKEND)
    else:
        request.session.cycle_key()
    passes = {**passes_of(request), str(room.pk): msgspec.to_builtins(identity)}
    request.session[PASSES] = dict(list(passes.items())[-PASSES_KEPT:])
    response = redirect(room)
    keep_language(response, identity.language)
    return response


def given_identity(request: HttpRequest, room: Room) -> Identity | None:
    """What a sign-in service said of this person about this room, while it holds."""
    kept = passes_of(request).get(str(room.pk))
    if not isinstance(kept, dict):
        return None
    try:
        identity = msgspec.convert(kept, Identity)
    except msgspec.ValidationError:  # of another version of ours
        return None
    return None if identity.expires_at and now() > identity.expires_at * 1000 else identity


def passes_of(request: HttpRequest) -> Mapping[str, Any]:
    kept = request.session.get(PASSES, {})
    return kept if isinstance(kept, dict) else {}


def _refused(request: HttpRequest, message: str) -> HttpResponse:
    return render(request, "auth_gateway/refused.html", {"message": message, "back_to": "/"}, status=403)


def _unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "auth_gateway/unavailable.html", {"back_to": "/"}, status=503)
    response["Retry-After"] = "10"
    return response


def _quiet(response: HttpResponseBase) -> HttpResponseBase:
    """Addresses with tickets go nowhere."""
    response["Referrer-Policy"] = "no-referrer"
    return response
