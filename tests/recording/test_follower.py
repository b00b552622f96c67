"""What is recorded is captured, its row says so, and both go on after a server was killed."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from conferences import doors
from conferences.core import commands as c
from conferences.core import recording as r
from conferences.core import slides as s
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM, Part
from conferences.journal import crossing
from conferences.media.contract import Source
from conferences.media.tap import Tap
from conferences.models import Room
from recording import follower as module
from recording.capture import Recorder
from recording.desk import Desk
from recording.follower import RecordingFollower
from recording.models import Recording, Status
from recording.removed import kept_document
from recording.storage import spool_folder
from recording.take import Take, Trouble
from tests.conferences.doubles import PATIENCE_S
from tests.conferences.site import Site
from tests.recording.feed import Talker, chunks, names, numbers

MICROPHONE = "bob.microphone.00000007.1"


class Engine:
    """Says who listens to what."""

    def __init__(self) -> None:
        self.taps: dict[str, Tap] = {}

    def listen(self, conference: str, tap: Tap | None) -> None:
        if tap:
            self.taps[conference] = tap
        else:
            self.taps.pop(conference, None)


class Studio:
    """A site whose conferences are recorded, and Bob's microphone in the one there is."""

    def __init__(self, room: Room, folder: Path) -> None:
        self.folder = folder
        self.engine = Engine()
        self.recorder = Recorder(offset_us=lambda: 0)
        self.advanced: list[str] = []
        self.refusal: r.StopReason | None = None
        self.follower = RecordingFollower(
            self.recorder,
            self.engine,
            raw_folder=lambda id: folder / id / "raw",
            submit=doors.submit,
            advance=self.advanced.append,
            refusal=lambda _conference: self.refusal,
        )
        self.site = Site(room, followers=[self.follower])

    async def opens(self) -> None:
        doors.install(self.site.doors)
        self.recorder.start()
        await self.site.opens()

    async def closes(self) -> None:
        await self.site.closes()
        self.recorder.stop()

    @property
    def conference(self) -> str:
        (live,) = self.site.doors.running()
        return live.id

    async def does(self, command: AnyCommand, by: str = "alice") -> None:
        door = await self.site.doors.open(self.conference)
        await door.submit(command, by=by)

    def tap(self) -> Tap | None:
        return self.engine.taps.get(self.conference)

    def says(self, count: int = 1) -> None:
        tap = self.tap()
        assert tap is not None
        Talker("bob", Source.MICROPHONE, 7).heard_by(tap).sends(count, at=0.0)

    @property
    def raw(self) -> Path:
        (found,) = self.folder.glob("*/raw")
        return found

    async def row(self) -> Recording:
        return await crossing(Recording.objects.get)()


@pytest.fixture
async def studio(aroom: Room, tmp_path: Path) -> AsyncIterator[Studio]:
    studio = Studio(aroom, tmp_path)
    await studio.opens()
    yield studio
    await studio.closes()


@pytest.mark.parametrize("refusal", [r.StopReason.QUOTA, r.StopReason.MINUTES])
async def test_who_has_no_space_or_no_minutes_left_is_told_and_not_recorded(
    studio: Studio, refusal: r.StopReason
) -> None:
    alice = await studio.site.joins("alice")
    studio.refusal = refusal
    await studio.does(r.StartRecording())
    assert (await alice.screen.shows("recording.stopped"))["reason"] == refusal
    assert studio.tap() is None
    assert not await crossing(Recording.objects.exists)()


async def test_what_is_said_between_start_and_stop_is_captured(studio: Studio) -> None:
    alice = await studio.site.joins("alice")
    assert studio.tap() is None
    await studio.does(r.StartRecording())
    started = await alice.screen.shows("recording.started")
    studio.says(3)
    row = await studio.row()
    assert (row.pk.startswith(f"{studio.conference}-"), row.status) == (True, Status.RECORDING)
    assert row.spans == [[started["at"], 0]]
    await studio.does(r.StopRecording())
    assert studio.tap() is None
    assert names(studio.raw) == [f"{MICROPHONE}/00001.rtpd"]
    assert numbers(chunks(studio.raw, MICROPHONE)) == [1, 2, 3]
    assert (await studio.row()).status == Status.MAKING
    assert studio.advanced == [row.pk]


async def test_while_it_is_paused_nobody_listens_and_everything_is_sealed(studio: Studio) -> None:
    await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    studio.says()
    await studio.does(r.PauseRecording())
    assert studio.tap() is None
    assert names(studio.raw) == [f"{MICROPHONE}/00001.rtpd"]
    await studio.does(r.ResumeRecording())
    studio.says()
    await studio.does(r.StopRecording())
    assert names(studio.raw) == [f"bob.microphone.00000007.{n}/00001.rtpd" for n in (1, 2)]
    assert len((await studio.row()).spans) == 2


async def test_a_conference_that_ends_closes_its_recording(studio: Studio) -> None:
    await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    studio.says()
    await studio.does(c.EndConference())
    assert names(studio.raw) == [f"{MICROPHONE}/00001.rtpd"]
    assert (await studio.row()).status == Status.MAKING
    assert studio.engine.taps == {}


async def test_what_is_watched_live_is_said_in_the_row(studio: Studio) -> None:
    await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    await studio.does(r.GoLive())
    assert (await studio.row()).live
    await studio.does(r.EndLive())
    assert not (await studio.row()).live


@pytest.mark.parametrize("paused", [False, True])
async def test_another_server_goes_on_with_the_same_recording(studio: Studio, paused: bool) -> None:
    await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    await studio.does(r.GoLive())
    studio.says()
    if paused:
        await studio.does(r.PauseRecording())
    await studio.closes()
    heir = Studio(studio.site.room, studio.folder)
    await heir.opens()
    assert (heir.tap() is None) == paused
    if paused:
        await heir.does(r.ResumeRecording(), by=SYSTEM)
    heir.says()
    await heir.does(r.StopRecording(), by=SYSTEM)
    assert names(heir.raw) == [f"bob.microphone.00000007.{n}/00001.rtpd" for n in (1, 2)]
    assert heir.advanced == [(await heir.row()).pk]
    await heir.closes()
    studio.recorder.start()  # for who closes it
    await studio.site.opens()


async def test_a_row_that_a_killed_server_did_not_write_is_written_by_the_next(studio: Studio) -> None:
    await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    await crossing(Recording.objects.all().delete)()
    (live,) = studio.site.doors.running()
    await studio.follower.begin(live.id, live.state)
    assert (await studio.row()).status == Status.RECORDING


async def test_a_stop_that_a_killed_server_did_not_write_is_written_by_the_next(studio: Studio) -> None:
    await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    await studio.does(r.StopRecording())
    studio.advanced.clear()
    await crossing(Recording.objects.update)(status=Status.RECORDING)
    (live,) = studio.site.doors.running()
    await studio.follower.begin(live.id, live.state)
    assert (await studio.row()).status == Status.MAKING
    assert len(studio.advanced) == 1


# Trouble


async def test_hosts_are_told_what_the_disk_does(studio: Studio) -> None:
    alice = await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    take = studio.tap()
    assert isinstance(take, Take)
    await asyncio.to_thread(take.troubled, Trouble.REDUCED)
    await alice.screen.shows("recording.reduced")
    await asyncio.to_thread(take.troubled, Trouble.FAILED)
    assert (await alice.screen.shows("recording.stopped"))["reason"] == "disk"
    await studio.does(c.RaiseHand())  # the next is done when followers were told of the one before
    assert studio.tap() is None
    assert len(studio.advanced) == 1


class Busy:
    """A conference that cannot listen just now. Dial: how often it says so."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.heard: asyncio.Future[AnyCommand] = asyncio.get_running_loop().create_future()

    async def submit(self, conference: str, command: AnyCommand) -> None:
        self.times -= 1
        if self.times >= 0:
            raise Refused(Reason.BUSY)
        self.heard.set_result(command)


async def test_who_is_busy_is_told_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "RETRY_S", 0)
    busy = Busy(2)
    take = await begun(busy, tmp_path)
    take.troubled(Trouble.REDUCED)
    async with asyncio.timeout(PATIENCE_S):
        assert await busy.heard == r.ReduceRecording(recording=9)


async def begun(busy: Busy, folder: Path) -> Take:
    """A recording that a follower goes on with, whose row nobody asks for."""
    engine = Engine()
    follower = RecordingFollower(
        Recorder(),
        engine,
        raw_folder=lambda id: folder / id,
        submit=busy.submit,
        advance=print,
    )
    started = r.RecordingStarted(parts=(), by="alice", at=1)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        await follower.follow("c1", 9, [started])
    take = engine.taps["c1"]
    assert isinstance(take, Take)
    return take


async def test_a_disk_that_hangs_keeps_nobody_waiting(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SEALED_WITHIN_S", 0)
    await studio.site.joins("alice")
    await studio.does(r.StartRecording())
    never: Future[None] = Future()
    monkeypatch.setattr(studio.recorder, "end", lambda take, at: never)
    await studio.does(r.StopRecording())
    assert "not on the disk yet" in caplog.text
    assert (await studio.row()).status == Status.MAKING


async def test_nobody_is_told_when_the_server_is_leaving(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    module._call(loop, partial(pytest.fail, "it was called"))  # noqa: SLF001 - what a thread does
    assert "Nobody could be told" in caplog.text


@pytest.mark.parametrize("parts", [(Part.SLIDES,), (Part.CHAT,)], ids=["slides", "chat"])
async def test_what_somebody_removes_is_left_to_a_recording_of_slides(
    studio: Studio, parts: tuple[Part, ...]
) -> None:
    await crossing(default_storage.save)("documents/plans/1.webp", ContentFile(b"page"))
    await studio.site.joins("alice")
    await studio.does(s.OfferDocument(document="plans", name="Plans.pdf", url="/documents/plans/key/"))
    await studio.does(s.AddDocument(document="plans", pages=1), by=SYSTEM)
    await studio.does(r.StartRecording(parts=parts))
    await studio.does(s.RemoveDocument(document="plans"))
    kept = kept_document(Desk(spool_folder((await studio.row()).pk)), "plans")
    assert [path.name for path in kept.glob("*")] == (["1.webp"] if Part.SLIDES in parts else [])
    assert not await crossing(default_storage.exists)("documents/plans")
