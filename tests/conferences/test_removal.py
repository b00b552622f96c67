"""A room goes as a whole, whoever deletes it."""

import pytest
from django.test import Client

from auth_gateway.models import AuditEntry, User
from conferences import services
from conferences.models import Conference, Document, Room
from conferences.removal import room_remove
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_what_runs_and_cannot_be_reached_is_no_reason_to_keep_a_room(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(services, "_before_deletion", [lambda room: told.append(room.code)])
    services.conference_current(room.pk, now=BEGIN)
    room_remove(room=room)
    assert (told, Room.objects.count(), Conference.objects.count()) == ([room.code], 0, 0)


@pytest.mark.parametrize("way", ["one", "selected"])
def test_an_admin_deletes_a_room_in_which_something_was(client: Client, room: Room, way: str) -> None:
    conference = services.conference_current(room.pk, now=BEGIN)
    Conference.objects.update(ended_at=BEGIN)
    Document.objects.create(id="plans", conference_id=conference, seen_at=BEGIN)
    client.force_login(User.objects.create_superuser("root", "secret"))
    if way == "one":
        url, given = f"/admin/conferences/room/{room.pk}/delete/", {"post": "yes"}
    else:
        url = "/admin/conferences/room/"
        given = {"action": "delete_selected", "_selected_action": str(room.pk), "post": "yes"}
    assert client.post(url, given).status_code == 302
    assert not Room.objects.exists()
    assert AuditEntry.objects.filter(action="admin delete", who="root").exists()


def test_who_may_not_delete_rooms_deletes_none(client: Client, room: Room) -> None:
    clerk = User.objects.create_user("clerk", "secret", is_staff=True)
    client.force_login(clerk)
    client.post(f"/admin/conferences/room/{room.pk}/delete/", {"post": "yes"})
    assert Room.objects.exists()
