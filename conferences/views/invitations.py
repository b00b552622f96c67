"""Invitations to a room, for whoever has its link: a text to send, an appointment for calendars."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conferences.clock import now
from conferences.forms import AppointmentForm
from conferences.invitations import Appointment, Organizer, appointment_file, dial_in_numbers, ways_in
from conferences.models import Room
from conferences.views.asking import account, linked_room
from meetingserver.speaking import first_spoken


@require_safe
@never_cache
def invitation_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Without a date, or with one that is asked for like an appointment."""
    room = linked_room(slug)
    form = AppointmentForm(request.GET)
    if request.GET and not form.is_valid():
        return _refused(request, form)
    starts_at = form.cleaned_data["starts_at"] if request.GET else None
    return HttpResponse(_text(request, room, starts_at), content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def invitation_ics(request: HttpRequest, slug: str) -> HttpResponse:
    room = linked_room(slug)
    form = AppointmentForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    starts_at = form.cleaned_data["starts_at"]
    appointment = Appointment(
        room=room.name,
        link=_link(request, room),
        text=_text(request, room, starts_at),
        starts_at=starts_at,
        minutes=form.cleaned_data["minutes"],
        organizer=_organizer(request, room),
        reminder=form.cleaned_data["reminder"],
    )
    file = appointment_file(appointment, now=datetime.fromtimestamp(now() / 1000, UTC))
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    name = f"{slugify(room.name, allow_unicode=True) or room.slug}.ics"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _refused(request: HttpRequest, form: AppointmentForm) -> HttpResponse:
    """What is wrong, to be shown beside the form."""
    response = render(request, "conferences/invitation_errors.txt", {"form": form}, status=400)
    response["Content-Type"] = "text/plain; charset=utf-8"
    return response


def _text(request: HttpRequest, room: Room, starts_at: datetime | None) -> str:
    ways = ways_in(link=_link(request, room), code=room.code_spaced, numbers=dial_in_numbers(room))
    zone, language = starts_at.tzinfo if starts_at else None, first_spoken(room.language, get_language())
    with timezone.override(zone), override(language):
        text = render_to_string(
            "conferences/invitation.txt",
            {"room": room, "ways": ways, "starts_at": starts_at, "by_phone": ways[-1].kind == "phone"},
            request,
        )
    return text.strip()


def _link(request: HttpRequest, room: Room) -> str:
    return request.build_absolute_uri(room.get_absolute_url())


def _organizer(request: HttpRequest, room: Room) -> Organizer | None:
    """The owner, when they make it themselves: nobody else learns their address."""
    user = account(request)
    if user is None or user.pk != room.owner_id or not user.email:
        return None
    return Organizer(user.get_full_name(), user.email)
