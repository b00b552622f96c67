"""Users in the administration, who have rooms."""

from typing import Any

import pytest
from django.test import Client

from auth_gateway.models import AuditEntry, User
from auth_gateway.services import user_create
from conferences import services
from conferences.models import Conference, Errand, Port, Room
from tests.conferences.meeting import BEGIN
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
USERS = "/admin/auth_gateway/user/"


@pytest.fixture
def office(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


@pytest.fixture
def used(room: Room) -> Room:
    """A meeting was held in it."""
    services.conference_current(room.pk, now=BEGIN)
    Conference.objects.update(ended_at=BEGIN)
    return room


def acts(office: Client, action: str, *users: User, **more: str) -> str:
    chosen: dict[str, Any] = {"action": action, "_selected_action": [str(user.pk) for user in users], **more}
    return office.post(USERS, chosen, follow=True).content.decode()


def test_who_has_held_meetings_is_not_deleted_and_one_reads_why(
    office: Client, used: Room, alice: User, mallory: User
) -> None:
    pages = [
        office.get(f"{USERS}{alice.pk}/delete/").content.decode(),
        office.post(f"{USERS}{alice.pk}/delete/", {"post": "yes"}).content.decode(),
        acts(office, "delete_selected", alice, mallory),
        acts(office, "delete_selected", alice, mallory, post="yes"),
    ]
    for page in pages:
        assert "Deactivate the user instead" in page
        assert f'Room: <a href="/admin/conferences/room/{used.pk}/change/">Archery</a>' in page
        assert "permission" not in page
    assert User.objects.filter(pk__in=[alice.pk, mallory.pk]).count() == 2


@pytest.mark.parametrize("way", ["one", "selected"])
def test_rooms_in_which_nothing_was_go_along(
    office: Client, room: Room, alice: User, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(services, "_before_deletion", [lambda room: told.append(room.code)])
    page = office.get(f"{USERS}{alice.pk}/delete/").content.decode()
    assert "Archery" in page
    assert "Are you sure" in page
    if way == "one":
        office.post(f"{USERS}{alice.pk}/delete/", {"post": "yes"})
    else:
        acts(office, "delete_selected", alice, post="yes")
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not Room.objects.exists()
    assert told == [room.code]
    assert AuditEntry.objects.filter(action="admin delete", who="ada").exists()


def is_in_a_meeting(user: User, room: Room) -> None:
    conference = services.conference_current(room.pk, now=BEGIN)
    Port.objects.create(conference_id=conference, participant="p1", username=user.username)


def test_who_is_deactivated_is_out_of_everything(
    office: Client, room: Room, alice: User, admin: User
) -> None:
    bob = user_create(username="bob", password=PASSWORD)
    hers = Client()
    hers.force_login(alice)
    is_in_a_meeting(alice, room)
    page = acts(office, "deactivate", alice, bob, admin)
    assert "2 users were signed out" in page
    assert list(User.objects.filter(is_active=True)) == [admin], "nobody locks themselves out"
    assert hers.get("/rooms/new").status_code == 302
    assert "account.revoke" in Errand.objects.get().command
    assert AuditEntry.objects.filter(action="revoke", who="alice", reason="deactivated").exists()
    assert AuditEntry.objects.filter(action="admin change", details="is_active").count() == 2


def test_so_is_who_is_made_inactive_in_the_form(office: Client, room: Room, alice: User) -> None:
    is_in_a_meeting(alice, room)
    fields = {
        "username": "alice",
        "role": "host",
        "features": "{}",
        "max_participants": "0",
        "is_active": "on",
    }
    office.post(f"{USERS}{alice.pk}/change/", {**fields, "display_name": "Alice A"})
    assert User.objects.get(pk=alice.pk).display_name == "Alice A"
    assert not Errand.objects.exists()
    office.post(f"{USERS}{alice.pk}/change/", {**fields, "is_active": ""})
    assert not User.objects.get(pk=alice.pk).is_active
    assert "account.revoke" in Errand.objects.get().command


def test_who_may_only_look_deactivates_nobody(client: Client, alice: User) -> None:
    client.force_login(user_create(username="clerk", password=PASSWORD))
    acts(client, "deactivate", alice)
    assert User.objects.get(pk=alice.pk).is_active
