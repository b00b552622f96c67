"""Whose recordings are whose, and what they take."""

import pytest
from pytest_django import Settings

from auth_gateway.models import Account, User
from conferences.models import Room
from conferences.services import room_create
from recording.audit import recording_opened
from recording.models import Recorded, Recording, Status
from recording.selectors import (
    access_recordings,
    audit_of,
    minutes_recorded,
    recording_refusal,
    recordings_of,
    use_by_host,
    use_of,
)
from tests.conferences.meeting import BEGIN
from tests.recording.archive import recording_made

pytestmark = pytest.mark.django_db


def test_recordings_are_managed_by_their_owner_and_admins(
    recording: Recording, alice: User, mallory: User, admin: User
) -> None:
    assert list(access_recordings(alice)) == [recording]
    assert list(access_recordings(admin)) == [recording]
    assert list(access_recordings(mallory)) == []
    alice.is_active = False
    assert list(access_recordings(alice)) == []


def test_an_admins_list_is_of_the_admins_own_rooms(recording: Recording, admin: User, alice: User) -> None:
    assert list(recordings_of(admin)) == []
    assert list(recordings_of(alice)) == [recording]


def test_views_are_those_of_others(recording: Recording, alice: User, mallory: User) -> None:
    for by in (alice, mallory, mallory, None):
        recording_opened(recording=recording, by=by, now=BEGIN)
    assert vars(recordings_of(alice).get())["views"] == 3
    assert audit_of(recording).count() == 3


def test_a_host_whose_space_is_full_records_no_more(
    recording: Recording, room: Room, alice: User, mallory: User, settings: Settings
) -> None:
    assert recording_refusal(alice, at=BEGIN) is None
    settings.RECORDINGS_PER_HOST_GIGABYTES = 1
    assert recording_refusal(alice, at=BEGIN) is None
    assert use_of(alice).percent == 0
    recording_made(room, number=30, size_bytes=1024**3)
    assert recording_refusal(alice, at=BEGIN) == "quota"
    assert (use_of(alice).recordings, use_of(alice).percent) == (2, 100)
    assert recording_refusal(mallory, at=BEGIN) is None


def test_hosts_are_listed_by_what_they_take(recording: Recording, alice: User, mallory: User) -> None:
    hers = room_create(owner=mallory, wishes={"name": "Moss"})[0]
    recording_made(hers, number=30, size_bytes=9_000_000)
    recording_made(hers, number=40, size_bytes=1_000_000)
    hosts = [
        (host.username, vars(host)["recordings"], vars(host)["recorded_bytes"]) for host in use_by_host()
    ]
    assert hosts == [("mallory", 2, 10_000_000), ("alice", 1, 5_000_000)]


def test_a_customer_has_so_many_minutes_in_a_month(room: Room, alice: User, mallory: User) -> None:
    Account.objects.create(code="ACME", recording_minutes=2)
    User.objects.update(account="ACME")
    for user in (alice, mallory):
        user.refresh_from_db()
    Recorded.objects.create(recording="gone-1", account="ACME", started_at=BEGIN, length_ms=50_000)
    assert minutes_recorded("ACME", at=BEGIN) == 1
    assert recording_refusal(alice, at=BEGIN) is None
    spans = [[BEGIN, BEGIN + 5_000], [BEGIN + 60_000, 0]]
    recording_made(room, number=30, status=Status.RECORDING, spans=spans, bundle=False)
    assert minutes_recorded("ACME", at=BEGIN + 65_000) == 1, "pauses are not recorded"
    assert minutes_recorded("ACME", at=BEGIN + 66_000) == 2
    for user in (alice, mallory):
        assert recording_refusal(user, at=BEGIN + 66_000) == "minutes", "the minutes are the customer's"
    month_ms = 31 * 86_400_000
    assert minutes_recorded("ACME", at=BEGIN + month_ms) == 0
    assert recording_refusal(alice, at=BEGIN + month_ms) is None
