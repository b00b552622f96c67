"""What owners ask for, and what the page then says."""

import pytest
from django.test import Client

from recording.models import ProgramStatus, Recording, Status
from tests.conferences.meeting import BEGIN
from tests.recording.archive import files_of

pytestmark = pytest.mark.django_db


def asks(client: Client, recording: Recording, wish: str, **fields: object) -> str:
    """Gives the page that follows."""
    answer = client.post(f"/recordings/{recording.pk}/{wish}", fields, follow=True)
    recording.refresh_from_db()
    return answer.content.decode()


def test_a_title_is_changed(hers: Client, recording: Recording) -> None:
    assert "Renamed." in asks(hers, recording, "rename", title="Bows")
    assert recording.title == "Bows"
    assert "Please write a title" in asks(hers, recording, "rename")


def test_viewers_are_chosen(hers: Client, recording: Recording) -> None:
    assert "Please set a passcode" in asks(hers, recording, "viewers", viewers="passcode")
    assert "Saved who may watch" in asks(hers, recording, "viewers", viewers="passcode", passcode="sesame")
    assert recording.is_passcode("sesame")
    assert "Select a valid choice" in asks(hers, recording, "viewers", viewers="the world")


def test_it_is_published_and_unpublished(hers: Client, recording: Recording) -> None:
    assert "no longer published" in asks(hers, recording, "publish")
    assert not recording.published
    assert "It is published." in asks(hers, recording, "publish", published="on")
    assert recording.published


def test_it_is_trimmed_and_restored(hers: Client, recording: Recording) -> None:
    told = asks(hers, recording, "trim", begin="0:05", end="0:50", cut_begin=["0:10"], cut_end=["0:12"])
    assert "made anew without what you cut" in told
    assert recording.cuts == [[BEGIN, BEGIN + 5_000], [BEGIN + 10_000, BEGIN + 12_000]]
    assert "being made ready just now" in asks(hers, recording, "restore")
    Recording.objects.update(status=Status.READY)
    asks(hers, recording, "restore")
    assert recording.cuts == []


def test_wrong_times_change_nothing(hers: Client, recording: Recording) -> None:
    assert "Please write times like 1:02:03." in asks(hers, recording, "trim", begin="soon", end="0:50")
    assert "Nothing would be left" in asks(hers, recording, "trim", begin="0:40", end="0:10")
    assert (recording.cuts, recording.status) == ([], Status.READY)


def test_people_are_taken_out_and_forgotten(hers: Client, recording: Recording) -> None:
    assert "without what you took out" in asks(hers, recording, "redact", participants=["bob"])
    assert recording.hidden_participants == ["bob"]
    assert "Select a valid choice" in asks(hers, recording, "redact", participants=["nobody"])
    Recording.objects.update(status=Status.READY)
    assert "deleted for good" in asks(hers, recording, "forget")
    assert not {name for name in files_of(recording.pk) if "bob" in name}


def test_it_is_kept_until_a_day(hers: Client, recording: Recording) -> None:
    assert "Saved how long" in asks(hers, recording, "keep", until="2099-12-31")
    assert recording.kept_until
    assert "This day is over" in asks(hers, recording, "keep", until="2020-01-01")
    asks(hers, recording, "keep", until="")
    assert recording.kept_until is None


def test_a_film_is_asked_for(hers: Client, recording: Recording) -> None:
    assert "The film is being made" in asks(hers, recording, "film")
    assert recording.program == ProgramStatus.MAKING


def test_it_is_tried_again_and_the_list_comes_back(hers: Client, recording: Recording) -> None:
    Recording.objects.update(status=Status.FAILED, step="mix")
    told = asks(hers, recording, "retry", back="list")
    assert "It is tried again." in told
    assert 'data-part="recordings"' in told
    assert recording.status == Status.MAKING


def test_it_is_deleted(hers: Client, recording: Recording) -> None:
    answer = hers.post(f"/recordings/{recording.pk}/delete", follow=True)
    assert answer.redirect_chain[-1][0] == "/recordings"
    assert "The recording is deleted." in answer.content.decode()
    assert files_of(recording.pk) == set()


def test_nothing_happens_by_looking(hers: Client, recording: Recording) -> None:
    assert hers.get(f"/recordings/{recording.pk}/delete").status_code == 405
    assert files_of(recording.pk)
