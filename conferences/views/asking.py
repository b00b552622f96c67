"""Who asks, for what, with which file: what views read from a request, and how they refuse."""

from typing import IO

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from auth_gateway.models import User
from auth_gateway.seats import Seat, SeatRefused, seat_read
from conferences.clock import now
from conferences.core.rules import Reason, Refused
from conferences.models import Room
from conferences.selectors import access_room_of_link, access_rooms
from meetingserver.branding.choosing import about


def account(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def subscriber(request: HttpRequest) -> User:
    """Behind `login_required`."""
    user = account(request)
    if user is None:
        raise Http404
    return user


def own_room(request: HttpRequest, slug: str) -> Room:
    room = get_object_or_404(access_rooms(subscriber(request)), slug=slug)
    branded_room(room)
    return room


def linked_room(slug: str) -> Room:
    room = access_room_of_link(slug)
    if room is None:
        raise Http404
    branded_room(room)
    return room


def branded_room(room: Room) -> None:
    """From here on this request's pages are the room's."""
    own, owners = room.brands
    about(room=own, owner=owners)


def caller(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def seat_of(request: HttpRequest, room: Room) -> Seat:
    try:
        seat = seat_read(request.headers.get("X-Seat", ""), settings.SECRET_KEY.encode(), now())
    except SeatRefused:
        raise Refused(Reason.SEAT_INVALID) from None
    if seat.room != room.pk:
        raise Refused(Reason.SEAT_INVALID)
    return seat


def read_body(request: HttpRequest, file: IO[bytes], *, most: int) -> None:
    """Refused when it has more than `most` bytes, or was cut on its way."""
    while chunk := request.read(64 * 1024):
        file.write(chunk)
        if file.tell() > most:
            raise Refused(Reason.TOO_LARGE)
    if str(file.tell()) != request.headers.get("Content-Length", str(file.tell())):
        raise Refused(Reason.MALFORMED)


def refusal(reason: Reason) -> JsonResponse:
    return JsonResponse({"refused": reason}, status=403)
