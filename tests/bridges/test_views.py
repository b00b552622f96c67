"""What pages are given of phones."""

import pytest
from django.test import Client
from django.urls import reverse

from bridges import services
from bridges.spoken_names import wav_of
from conferences.models import Conference, Room
from conferences.services import conference_current

pytestmark = pytest.mark.django_db


def test_a_name_is_heard_by_its_key_until_the_conference_ends(client: Client, room: Room) -> None:
    conference = conference_current(room.pk, now=1)
    key = services.name_keep(call="a", conference=conference, participant="tel-1", sound=b"name")
    address = reverse("bridges:spoken_name", kwargs={"key": key})
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (wav_of(b"name"), "audio/wav")
    assert answer["Cache-Control"] == "no-store"
    assert client.get(address.replace(key, "another")).status_code == 404
    assert client.post(address).status_code == 405
    Conference.objects.update(ended_at=2)
    assert client.get(address).status_code == 404
