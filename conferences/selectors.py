"""Reads. What somebody may not see they do not get: `access_*` are the only way to such rows."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from auth_gateway.models import User
from auth_gateway.seats import Seat
from conferences.core.attendance import TOLD_BY, Attendee, attendance
from conferences.core.words import Role
from conferences.journal import read_events, read_state
from conferences.models import Conference, Room


def access_rooms(user: User) -> QuerySet[Room]:
    """The rooms that are this subscriber's, each with `running`: whether a conference is held there now."""
    running = Conference.objects.filter(room=OuterRef("pk"), ended_at=None)
    return user.rooms.annotate(running=Exists(running))


def access_room_of_link(slug: str) -> Room | None:
    """Whoever has the link may see the room's name and ask for a seat."""
    return Room.objects.select_related("owner").filter(slug=slug).first()


def access_room_by_name(name: str) -> Room | None:
    """By its link or its access code: for who was vouched for, about this very room."""
    return Room.objects.select_related("owner").filter(Q(slug=name) | Q(code=name)).first()


def conferences_running() -> QuerySet[Conference]:
    return Conference.objects.filter(ended_at=None).select_related("room", "room__owner")


# Attendance


def access_conferences(user: User) -> QuerySet[Conference]:
    """The conferences, past and running, of the rooms that are this subscriber's."""
    return Conference.objects.filter(room__owner=user).select_related("room__owner")


def access_conference_of_host(seat: Seat, conference: str) -> Conference | None:
    """The running conference in which the holder of this seat is a host now."""
    found = Conference.objects.filter(pk=conference, room=seat.room, ended_at=None).first()
    if found is None:
        return None
    holder = read_state(conference).participants.get(seat.participant)
    return found if holder is not None and holder.role is Role.HOST else None


def conference_attendance(conference: Conference) -> list[Attendee]:
    """Of a conference that somebody got by `access_*`."""
    return attendance(read_events(conference.pk, TOLD_BY))
