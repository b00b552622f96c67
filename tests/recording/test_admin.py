"""Recordings in the administration."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from auth_gateway.models import User
from recording.audit import recording_opened
from recording.models import Deed, Recording, RecordingAudit, Status
from tests.conferences.meeting import BEGIN
from tests.recording.archive import files_of

pytestmark = pytest.mark.django_db

LIST = "/admin/recording/recording/"


def does(client: Client, action: str, recording: Recording, **more: str) -> str:
    chosen = {"action": action, "_selected_action": recording.pk, **more}
    answer = client.post(LIST, chosen, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_how_far_each_is(adas: Client, recording: Recording) -> None:
    Recording.objects.update(status=Status.MAKING, step="mix", percent=42)
    text = adas.get(LIST).content.decode()
    for told in ("Archery", "alice", "mixing the sound (42 %)", "0:50", "4.8"):
        assert told in text, told
    one = adas.get(f"{LIST}{recording.pk}/change/").content.decode()
    assert f"/recordings/{recording.pk}" in one


def test_a_failed_one_is_tried_again(adas: Client, recording: Recording) -> None:
    assert "There is nothing to be done again" in does(adas, "try_again", recording)
    Recording.objects.update(status=Status.FAILED)
    assert "Done for 1 recording." in does(adas, "try_again", recording)
    assert Recording.objects.get().status == Status.MAKING


def test_a_film_is_made_and_a_recording_is_unpublished(adas: Client, recording: Recording) -> None:
    does(adas, "make_film", recording)
    does(adas, "unpublish", recording)
    recording.refresh_from_db()
    assert (recording.program, recording.published) == ("making", False)


def test_it_is_deleted_after_a_second_question(adas: Client, recording: Recording) -> None:
    assert "Nobody can bring them back" in does(adas, "delete_for_good", recording)
    assert files_of(recording.pk)
    does(adas, "delete_for_good", recording, sure="yes")
    assert files_of(recording.pk) == set()
    assert RecordingAudit.objects.get().deed == Deed.DELETED


def test_what_each_host_takes_is_listed(adas: Client, recording: Recording) -> None:
    text = adas.get(f"{LIST}use/").content.decode()
    assert "alice" in text
    assert "4.8" in text


def test_who_did_what_is_read_only(adas: Client, recording: Recording, admin: User) -> None:
    recording_opened(recording=recording, by=admin, now=BEGIN)
    address = "/admin/recording/recordingaudit/"
    assert "ada" in adas.get(f"{address}?recording={recording.pk}").content.decode()
    line = RecordingAudit.objects.get()
    assert adas.post(f"{address}{line.pk}/delete/", {"post": "yes"}).status_code == 403
    assert adas.post(f"{address}add/").status_code == 403


def test_staff_who_may_only_look_do_nothing(recording: Recording, mallory: User, client: Client) -> None:
    mallory.is_staff = True
    mallory.save()
    mallory.user_permissions.add(Permission.objects.get(codename="view_recording"))
    client.force_login(mallory)
    assert "Archery" in client.get(LIST).content.decode()
    client.post(LIST, {"action": "delete_for_good", "_selected_action": recording.pk, "sure": "yes"})
    assert Recording.objects.exists()
