"""Who was there when: for the room's owner after and during, for hosts during a conference."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conferences.clock import now
from conferences.core.attendance import Attendee, Stay
from conferences.core.rules import Reason, Refused
from conferences.core.words import Millis, Role
from conferences.models import Conference
from conferences.selectors import access_conference_of_host, access_conferences, conference_attendance
from conferences.views.asking import branded_room, linked_room, own_room, refusal, seat_of, subscriber
from meetingserver.moments import moment_of
from meetingserver.spreadsheets import csv_file

PER_PAGE = 20


@require_safe
@never_cache
@login_required
def past(request: HttpRequest, slug: str) -> HttpResponse:
    """The room's conferences, newest first."""
    room = own_room(request, slug)
    conferences = access_conferences(subscriber(request)).filter(room=room).order_by("-created_at")
    pages = Paginator(conferences.annotate(recorded=Count("recordings")), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    held = [_held(conference, now()) for conference in page]
    return render(request, "conferences/past.html", {"room": room, "page": page, "held": held})


@require_safe
@never_cache
@login_required
def attendance(request: HttpRequest, slug: str, conference: str) -> HttpResponse:
    found = _own_conference(request, slug, conference)
    return render(request, "conferences/attendance.html", _described(found, now()))


@require_safe
@never_cache
@login_required
def attendance_csv(request: HttpRequest, slug: str, conference: str) -> HttpResponse:
    return _as_csv(_own_conference(request, slug, conference), now())


@require_safe
@never_cache
def attendance_now(request: HttpRequest, slug: str) -> HttpResponse:
    """For a host of the running conference `X-Conference`, by the seat in `X-Seat`; with `?csv` as a file."""
    try:
        seat = seat_of(request, linked_room(slug))
    except Refused as refused:
        return refusal(refused.reason)
    found = access_conference_of_host(seat, request.headers.get("X-Conference", "")[:22])
    if found is None:
        return refusal(Reason.NOT_ALLOWED)
    if "csv" in request.GET:
        return _as_csv(found, now())
    return render(request, "conferences/_attendance.html", _described(found, now()))


def _own_conference(request: HttpRequest, slug: str, conference: str) -> Conference:
    found = get_object_or_404(access_conferences(subscriber(request)), pk=conference, room__slug=slug)
    branded_room(found.room)
    return found


def _held(conference: Conference, at: Millis) -> dict[str, object]:
    present = [attendee for attendee in conference_attendance(conference) if attendee.stays]
    return {
        "conference": conference,
        "began": _moment(conference.created_at),
        "length": _lasting((conference.ended_at or at) - conference.created_at),
        "people": len(present),
    }


def _described(conference: Conference, at: Millis) -> dict[str, object]:
    people = conference_attendance(conference)
    return {
        "room": conference.room,
        "conference": conference,
        "began": _moment(conference.created_at),
        "ended": _moment(conference.ended_at),
        "length": _lasting((conference.ended_at or at) - conference.created_at),
        "present": [_row(person, at) for person in people if person.stays],
        "waited": [_row(person, at) for person in people if not person.stays],
    }


def _row(person: Attendee, at: Millis) -> dict[str, object]:
    return {
        "name": person.name,
        "other_names": person.names[1:],
        "role": person.role.value,
        "account": person.account,
        "phone": person.phone,
        "is_present": person.is_present,
        "first": _moment(person.first_arrival),
        "last": _moment(person.last_leaving),
        "present": _lasting(person.present_ms(at)),
        "waited": _lasting(person.waited_ms(at)) if person.waits else "",
        "stays": [{"began": _moment(stay.began), "ended": _moment(stay.ended)} for stay in person.stays],
    }


# As a file


def _as_csv(conference: Conference, at: Millis) -> HttpResponse:
    heading = [
        _("Name"),
        _("Other names"),
        _("Role"),
        _("Account"),
        _("By phone"),
        _("First arrival"),
        _("Last leaving"),
        _("Time present"),
        _("Time in the lobby"),
        _("Stays"),
    ]
    rows = [_cells(person, at) for person in conference_attendance(conference)]
    response = HttpResponse(csv_file([heading, *rows]), content_type="text/csv; charset=utf-8")
    began = _moment(conference.created_at)
    name = f"{slugify(conference.room.name, allow_unicode=True)}-{began:%Y-%m-%d}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _cells(person: Attendee, at: Millis) -> list[str]:
    return [
        person.name,
        "; ".join(person.names[1:]),
        _roles()[person.role],
        person.account or _("Guest without account"),
        _("yes") if person.phone else _("no"),
        _iso(person.first_arrival),
        _iso(person.last_leaving),
        _lasting(person.present_ms(at)),
        _lasting(person.waited_ms(at)),
        "; ".join(_interval(stay) for stay in person.stays),
    ]


def _roles() -> dict[Role, str]:
    return {
        Role.WAITING: _("Waited only"),
        Role.GUEST: _("Guest"),
        Role.PRESENTER: _("Presenter"),
        Role.HOST: _("Host"),
    }


def _interval(stay: Stay) -> str:
    """ISO 8601; without an end it goes on."""
    return f"{_iso(stay.began)}/{_iso(stay.ended) or '..'}"


def _iso(at: Millis | None) -> str:
    moment = _moment(at)
    return moment.isoformat(timespec="seconds") if moment else ""


def _moment(at: Millis | None) -> datetime | None:
    return moment_of(at) if at else None


def _lasting(ms: int) -> str:
    """h:mm:ss"""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
