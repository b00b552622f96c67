"""Nobody finds what they do not manage, by any address."""

import pytest
from django.test import Client
from django.urls import reverse

from recording.models import Recording, RecordingAudit
from recording.urls import urlpatterns
from tests.recording.archive import files_of

pytestmark = pytest.mark.django_db

OF_ONE = [str(pattern.name) for pattern in urlpatterns if "<" in str(pattern.pattern)]
WISH = {"title": "Mine", "viewers": "public", "begin": "0", "end": "5", "published": "on"}


def addresses(recording: Recording) -> list[str]:
    return [reverse(f"recording:{name}", args=[recording.pk]) for name in OF_ONE]


def test_there_are_addresses_to_try() -> None:
    assert {"one", "poster", "delete", "trim", "forget"} <= set(OF_ONE)


def test_mallory_finds_nothing_anywhere(recording: Recording, mallorys: Client) -> None:
    files = files_of(recording.pk)
    before = Recording.objects.values().get()
    for address in addresses(recording):
        assert {mallorys.get(address).status_code, mallorys.post(address, WISH).status_code} <= {404, 405}
    assert "Archery" not in mallorys.get("/recordings").content.decode()
    assert mallorys.get(f"/recordings/state?of={recording.pk}").json() == {"recordings": []}
    assert Recording.objects.values().get() == before
    assert files_of(recording.pk) == files
    assert not RecordingAudit.objects.exists()


def test_who_is_not_signed_in_is_asked_to_sign_in(recording: Recording, client: Client) -> None:
    for address in ["/recordings", "/recordings/state", *addresses(recording)]:
        answers = {client.get(address).status_code, client.post(address, WISH).status_code}
        assert answers <= {302, 405}
    assert not RecordingAudit.objects.exists()


def test_an_admin_finds_the_page_of_each(recording: Recording, adas: Client) -> None:
    assert adas.get(f"/recordings/{recording.pk}").status_code == 200
    assert "Archery" not in adas.get("/recordings").content.decode()


@pytest.mark.parametrize("id", ["nothing-1", "..", "held0-12%2Fraw", "x" * 200])
def test_made_up_ids_lead_nowhere(hers: Client, id: str) -> None:
    assert hers.get(f"/recordings/{id}").status_code == 404
    assert hers.get(f"/recordings/{id}/poster.webp").status_code == 404
