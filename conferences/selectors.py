"""Reads. What somebody may not see they do not get: `access_*` are the only way to such rows."""

from django.db.models import Exists, OuterRef, QuerySet

from auth_gateway.models import User
from conferences.models import Conference, Room


def access_rooms(user: User) -> QuerySet[Room]:
    """The rooms that are this subscriber's, each with `running`: whether a conference is held there now."""
    running = Conference.objects.filter(room=OuterRef("pk"), ended_at=None)
    return user.rooms.annotate(running=Exists(running))


def access_room_of_link(slug: str) -> Room | None:
    """Whoever has the link may see the room's name and ask for a seat."""
    return Room.objects.filter(slug=slug).first()


def conferences_running() -> QuerySet[Conference]:
    return Conference.objects.filter(ended_at=None).select_related("room", "room__owner")
