"""Follows the journal: lets the recorder capture what is recorded, and keeps the rows of recordings."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from conferences.clock import now
from conferences.core import recording as r
from conferences.core.messages import AnyCommand, AnyEvent
from conferences.core.rules import Reason, Refused
from conferences.core.slides import DocumentRemoved
from conferences.core.state import State
from conferences.core.words import Millis, Part, Seq
from conferences.journal import crossing
from conferences.live import Follower
from conferences.media.tap import Tap
from recording.capture import Recorder
from recording.removed import document_keep
from recording.sessions import recording_id, recording_settle, recordings_settle
from recording.spools import spool_open
from recording.take import Take, Trouble

logger = logging.getLogger(__name__)

SEALED_WITHIN_S = 10.0
RETRY_S = 1.0

Submit = Callable[[str, AnyCommand], Awaitable[None]]
"""Gives a command to a conference, as the server. Raises Refused."""


class Engine(Protocol):
    """Where media can be listened to."""

    def listen(self, conference: str, tap: Tap | None) -> None: ...


class Running(NamedTuple):
    seq: Seq
    take: Take


class RecordingFollower(Follower):
    """`raw_folder`: where the tracks of a recording are captured. `advance`: have a worker make one ready.
    `stream`: have one follow it, for those who watch. `refusal`: why another of this conference's cannot
    begin."""

    def __init__(
        self,
        recorder: Recorder,
        engine: Engine,
        *,
        raw_folder: Callable[[str], Path],
        submit: Submit,
        advance: Callable[[str], object],
        stream: Callable[[str], object] = lambda _recording: None,
        refusal: Callable[[str], r.StopReason | None] = lambda _conference: None,
    ) -> None:
        self._recorder = recorder
        self._engine = engine
        self._raw_folder = raw_folder
        self._submit = submit
        self._advance = advance
        self._stream = stream
        self._refusal = refusal
        self._running: dict[str, Running] = {}
        self._telling: set[asyncio.Task[None]] = set()

    async def begin(self, conference: str, state: State) -> None:
        """Go on with what the former server recorded; say of its rows what it had no time to say."""
        if recording := state.recording:
            take = self._begin(conference, recording.id, recording)
            if not recording.paused_at:
                self._engine.listen(conference, take)
            await self._settle(conference, recording.id)
            await crossing(spool_open)(recording_id(conference, recording.id))
        for id in await crossing(recordings_settle)(conference=conference, now=now()):
            await asyncio.to_thread(self._advance, id)

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        for seq, event in enumerate(events, start=first_seq):
            if isinstance(event, r.RecordingStarted):
                await self._start(conference, seq, event)
            elif running := self._running.get(conference):
                await self._follow_one(conference, running, event)

    async def _start(self, conference: str, seq: Seq, event: r.RecordingStarted) -> None:
        if (reason := await crossing(self._refusal)(conference)) is not None:
            failed = r.FailRecording(recording=seq, reason=reason)
            self._give(self._tell(conference, failed, matters=lambda: True))
            return
        started = r.Recording(id=seq, parts=event.parts, started_at=event.at)
        self._engine.listen(conference, self._begin(conference, seq, started))
        await self._settle(conference, seq)
        await crossing(spool_open)(recording_id(conference, seq))

    async def _follow_one(self, conference: str, running: Running, event: AnyEvent) -> None:
        match event:
            case r.RecordingPaused():
                self._engine.listen(conference, None)
                await self._sealed(conference, self._recorder.pause(running.take, at=event.at))
            case r.RecordingResumed():
                self._recorder.resume(running.take)
                self._engine.listen(conference, running.take)
            case r.RecordingStopped():
                await self._end(conference, at=event.at)
            case r.LiveStarted() | r.LiveEnded():
                self._recorder.watched(running.take, live=isinstance(event, r.LiveStarted))
            case DocumentRemoved():
                if Part.SLIDES in running.take.parts:
                    id = recording_id(conference, running.seq)
                    await crossing(document_keep)(recording=id, document=event.document)
                return
            case _:
                return
        await self._settle(conference, running.seq)
        if isinstance(event, r.LiveStarted):
            await asyncio.to_thread(self._stream, recording_id(conference, running.seq))

    async def leave(self, conference: str) -> None:
        await self._end(conference)

    async def _end(self, conference: str, *, at: Millis | None = None) -> None:
        if running := self._running.pop(conference, None):
            self._engine.listen(conference, None)
            await self._sealed(conference, self._recorder.end(running.take, at=at))

    def _begin(self, conference: str, seq: Seq, recording: r.Recording) -> Take:
        loop = asyncio.get_running_loop()
        take = self._recorder.begin(
            self._raw_folder(recording_id(conference, seq)),
            recording.parts,
            reduced=recording.reduced,
            troubled=lambda trouble: _call(loop, partial(self._troubled, conference, seq, trouble)),
        )
        if recording.live:
            self._recorder.watched(take, live=True)
        self._running[conference] = Running(seq, take)
        return take

    async def _settle(self, conference: str, seq: Seq) -> None:
        if await crossing(recording_settle)(conference=conference, seq=seq, now=now()):
            await asyncio.to_thread(self._advance, recording_id(conference, seq))

    async def _sealed(self, conference: str, done: "Future[None]") -> None:
        """A disk that hangs must not keep the conference waiting."""
        try:
            await asyncio.wait_for(asyncio.wrap_future(done), SEALED_WITHIN_S)
        except TimeoutError:
            logger.error("What was recorded of conference %s is not on the disk yet.", conference)

    def _troubled(self, conference: str, seq: Seq, trouble: Trouble) -> None:
        def matters() -> bool:
            running = self._running.get(conference)
            return running is not None and running.seq == seq

        command = (r.FailRecording if trouble is Trouble.FAILED else r.ReduceRecording)(recording=seq)
        self._give(self._tell(conference, command, matters=matters))

    def _give(self, telling: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, conference: str, command: AnyCommand, *, matters: Callable[[], bool]) -> None:
        """Until it is understood, the conference is over, or it no longer matters."""
        while matters():
            try:
                return await self._submit(conference, command)
            except Refused as refused:
                if refused.reason is not Reason.BUSY:
                    return None
            await asyncio.sleep(RETRY_S)
        return None


def _call(loop: asyncio.AbstractEventLoop, what: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(what)
    except RuntimeError:  # the server is leaving
        logger.warning("Nobody could be told what became of a recording.")
