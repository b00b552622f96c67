"""Tests of recording/spools.py: what several machines captured is made ready when all of it is there."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from conferences.models import Room
from recording.bundle import Bundle
from recording.making import LEASE_MS, recording_advance
from recording.models import Recording, Spool, Status, Step
from recording.shipping import fetch
from recording.spools import (
    SEALED_MS,
    WAIT_MS,
    ChunksMissing,
    check_arrived,
    machine,
    spool_open,
    spool_ship,
    spools_awaited,
    spools_ship,
)
from recording.storage import desk_folder, names_in, recordings_storage, spool_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("elsewhere")]
SECONDS = 10

Moves = Callable[[str], None]


@pytest.fixture
def at(settings: Settings, tmp_path: Path) -> Moves:
    """What happens from now on happens at this machine."""

    def move(name: str) -> None:
        settings.DATA_DIR = tmp_path / name

    move("studio")
    return move


@pytest.fixture
def taken(room: Room, at: Moves) -> Recording:
    """At the studio Alice sounds at 440 Hz, at another place Bob at 700 Hz; then it has stopped."""
    meeting = Meeting()
    meeting.joins("alice")
    meeting.joins("bob")
    taken = takes.recording_of(meeting, room, begin=meeting.now, end=meeting.now + 1_000 * SECONDS)
    for place, who, hertz in (("studio", "alice", 440), ("attic", "bob", 700)):
        at(place)
        spool_open(taken.pk)
        takes.sound(raw(taken), who, hertz, begin=taken.started_at, seconds=SECONDS)
    at("studio")
    return taken


def raw(taken: Recording) -> Path:
    return spool_folder(taken.pk) / "raw"


def later(taken: Recording, ms: int = 0) -> int:
    return (taken.stopped_at or 0) + ms


def made(taken: Recording, now: int) -> bool:
    while recording_advance(recording=taken.pk, now=lambda: now):
        pass
    taken.refresh_from_db()
    return taken.status == Status.READY


def masters(taken: Recording) -> set[str]:
    """Whose there are."""
    names = [Path(name).name for name in names_in(f"{taken.pk}/masters")]
    return {name.split(".")[0] for name in names if name.endswith(".webm")}


def test_each_machine_has_its_own_name(at: Moves) -> None:
    names = []
    for place in ("studio", "attic", "studio"):
        at(place)
        names.append(machine())
    assert names[0] == names[2] != names[1]


def test_a_worker_elsewhere_waits_until_all_chunks_are_there(taken: Recording, at: Moves) -> None:
    at("elsewhere")
    assert not made(taken, later(taken))
    assert (taken.status, taken.step) == (Status.MAKING, Step.VERIFY)
    for place in ("studio", "attic"):
        at(place)
        assert list(spools_ship(now=later(taken))) == [taken.pk]
        assert not spool_folder(taken.pk).exists()
        assert list(spools_ship(now=later(taken))) == []
    at("elsewhere")
    assert made(taken, later(taken))
    assert masters(taken) == {"alice", "bob"}


def test_a_machine_that_never_comes_back_is_not_waited_for_for_ever(taken: Recording, at: Moves) -> None:
    spool_ship(taken.pk, now=later(taken))
    at("elsewhere")
    assert not made(taken, later(taken, WAIT_MS - 1))
    assert len(spools_awaited(taken, now=later(taken, WAIT_MS - 1))) == 1
    assert made(taken, later(taken, WAIT_MS))


def test_what_a_killed_process_left_open_is_carried_too(taken: Recording) -> None:
    (chunk,) = raw(taken).glob("*/*.rtpd")
    chunk.rename(chunk.with_name(f"{chunk.name}.open"))
    assert not spool_ship(taken.pk, now=later(taken, SEALED_MS - 1))
    assert spool_ship(taken.pk, now=later(taken, SEALED_MS))
    assert len(list(names_in(f"{taken.pk}/raw"))) == 1


def test_while_it_is_recorded_nothing_is_complete(taken: Recording) -> None:
    Recording.objects.update(status=Status.RECORDING)
    assert list(spools_ship(now=later(taken))) == []
    assert len(list(names_in(f"{taken.pk}/raw"))) == 1
    assert set(Spool.objects.values_list("chunks", flat=True)) == {None}


def test_what_was_carried_and_is_not_there_is_missed(taken: Recording, at: Moves) -> None:
    for place in ("studio", "attic"):
        at(place)
        spool_ship(taken.pk, now=later(taken))
    at("elsewhere")
    list(fetch(taken.pk))
    check_arrived(taken)
    lost = next(names_in(f"{taken.pk}/raw"))
    recordings_storage.delete(lost)
    desk_folder(taken.pk).joinpath(*lost.split("/")[1:]).unlink()
    with pytest.raises(ChunksMissing):
        check_arrived(taken)


def test_where_the_storage_is_here_nobody_waits(settings: Settings, taken: Recording) -> None:
    Spool.objects.all().delete()
    here = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": raw(taken)}}
    settings.STORAGES = {**settings.STORAGES, "recordings": here}
    spool_open(taken.pk)
    assert not Spool.objects.exists()


def test_who_follows_a_worker_that_died_elsewhere_begins_anew(
    taken: Recording, at: Moves, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the other had made lies on its machine."""
    for place in ("studio", "attic"):
        at(place)
        spool_ship(taken.pk, now=later(taken))
    at("grave")
    with monkeypatch.context() as deadly:
        deadly.setattr(Bundle, "mix", _die)
        with pytest.raises(KeyboardInterrupt):
            recording_advance(recording=taken.pk, now=partial(later, taken))
    taken.refresh_from_db()
    assert taken.step == Step.MIX
    at("elsewhere")
    assert made(taken, later(taken, LEASE_MS))
    assert masters(taken) == {"alice", "bob"}


def _die(_bundle: Bundle, _voices: object) -> Iterator[int]:
    raise KeyboardInterrupt
