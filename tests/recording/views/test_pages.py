"""The list of one's recordings, and the page of each."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from conferences.clock import now
from conferences.models import Room
from conferences.services import room_create
from recording.models import Recording, Status
from recording.retention import DAY_MS
from recording.views.pages import PER_PAGE, is_settled
from tests.recording.archive import recording_made

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/recordings") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_list_without_recordings_says_so(hers: Client) -> None:
    assert "Nothing is recorded yet" in page(hers)
    assert "No recording is called so" in page(hers, "/recordings?q=arrows")


def test_the_list_says_what_each_is(hers: Client, recording: Recording, room: Room) -> None:
    recording_made(room, number=30, title="Bows", status=Status.MAKING, step="mix", percent=42, bundle=False)
    recording_made(room, number=40, title="Lost", status=Status.FAILED, failure="disk_full", bundle=False)
    text = page(hers)
    for told in (
        "Archery",
        "0:50",
        "4.8",
        "Only you",
        "Mixing the sound",
        "42 %",
        "no space left",
        "Try again",
    ):
        assert told in text, told
    assert text.count(f'href="/recordings/{recording.pk}"') == 2


def test_recordings_are_found_by_room_conference_and_words(hers: Client, recording: Recording) -> None:
    other = room_create(owner=recording.conference.room.owner, wishes={"name": "Cellar"})[0]
    bows = recording_made(other, number=30, title="Bows and strings")
    for query, found in [
        (f"room={other.slug}", "Bows"),
        (f"conference={bows.conference_id}", "Bows"),
        ("q=strings+bows", "Bows"),
        ("q=ARCH", "Archery<"),
    ]:
        cards = page(hers, f"/recordings?{query}").split('class="recordings"')[1]
        assert cards.count("data-recording=") == 1, query
        assert found in cards


def test_long_lists_have_pages_that_keep_the_search(hers: Client, room: Room) -> None:
    for number in range(PER_PAGE + 1):
        recording_made(room, number=number, bundle=False)
    first = page(hers, "/recordings?q=Archery")
    assert first.count("data-recording=") == PER_PAGE
    assert "?q=Archery&amp;page=2" in first
    assert page(hers, "/recordings?page=2").count("data-recording=") == 1


def test_the_list_asks_as_often_for_many_as_for_few(
    hers: Client, room: Room, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        recording_made(room, number=number, bundle=False)
    with django_assert_max_num_queries(9):
        hers.get("/recordings")


def test_what_will_be_deleted_soon_stands_above(hers: Client, recording: Recording) -> None:
    assert "Deleted soon" not in page(hers)
    Recording.objects.update(kept_until=now() + 3 * DAY_MS)
    assert "Deleted soon" in page(hers)


def test_a_full_space_is_told(hers: Client, recording: Recording, settings: Settings) -> None:
    assert "1 recording, 4.8" in page(hers)
    settings.RECORDINGS_PER_HOST_GIGABYTES = 1
    assert "used" in page(hers)
    Recording.objects.update(size_bytes=2 * 1024**3)
    assert "Your space is full" in page(hers)


def test_progress_is_told_until_it_is_settled(hers: Client, recording: Recording, mallorys: Client) -> None:
    Recording.objects.update(status=Status.MAKING, step="remux", percent=7)
    (told,) = hers.get(f"/recordings/state?of={recording.pk},unknown-1").json()["recordings"]
    assert (told["id"], told["settled"]) == (recording.pk, False)
    assert "Packing the pictures" in told["state"]
    Recording.objects.update(status=Status.READY, program="making")
    assert not hers.get(f"/recordings/state?of={recording.pk}").json()["recordings"][0]["settled"]
    Recording.objects.update(program="ready")
    (told,) = hers.get(f"/recordings/state?of={recording.pk}").json()["recordings"]
    assert told["settled"]
    assert "poster.webp" in told["card"]


def test_what_is_recorded_or_made_is_not_settled() -> None:
    settled = {status for status in Status if is_settled(Recording(status=status))}
    assert settled == {Status.READY, Status.FAILED}


def test_the_page_of_one_has_all_that_may_be_done(hers: Client, recording: Recording) -> None:
    text = page(hers, f"/recordings/{recording.pk}")
    for told in ("Who has the arrows?", "Bob", "Sound", "Make the film", "Delete for good", "0:50"):
        assert told in text, told
    assert "psst" not in text, "private lines are nobody's business"
    assert "Take out for good" not in text, "nothing is taken out"


@pytest.mark.parametrize("status", [Status.RECORDING, Status.MAKING])
def test_what_is_in_it_is_changed_when_it_is_ready(
    hers: Client, recording: Recording, status: Status
) -> None:
    Recording.objects.update(status=status)
    text = page(hers, f"/recordings/{recording.pk}")
    assert "It can be trimmed as soon as it is ready" in text
    assert 'action="/recordings/{recording.pk}/trim"' not in text


def test_the_picture_is_that_of_the_newest_version(hers: Client, recording: Recording) -> None:
    answer = hers.get(f"/recordings/{recording.pk}/poster.webp")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "private" in answer["Cache-Control"]
    Recording.objects.update(version=2)
    assert hers.get(f"/recordings/{recording.pk}/poster.webp").status_code == 204
