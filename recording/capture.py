"""The recorder: takes from the media engine what is recorded, and writes it to chunk files in a thread of its
own. It never keeps a conference waiting: what the disk does not take is left out, cameras first, sound last.
"""

import logging
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path

from conferences.core.words import Millis, Part
from recording.take import Captured, Take, TakeTrack, Trouble
from recording.track_files import seal_leftovers

logger = logging.getLogger(__name__)

TURN_S = 0.05
"""How often the thread writes what has come in."""
LOOK_S = 2.0
"""How often it looks how much space is left."""
MOST_WAITING = 80_000
"""Packets; beyond half of it pictures are left out."""

Order = Callable[[], None]


def server_us() -> int:
    """What must be added to the engine's clock (monotonic) for the server's, in µs."""
    return (time.time_ns() - time.monotonic_ns()) // 1000


class Recorder:
    """One for a process. `begin` a take, let the engine feed it, `end` it: all on one event loop.

    `floor` is how many bytes are to stay free: below it pictures are left out, below a quarter everything.
    """

    def __init__(
        self,
        *,
        floor: int = 0,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        offset_us: Callable[[], int] = server_us,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._floor = floor
        self._free = free
        self._offset_us = offset_us
        self._clock = clock
        self._queue: queue.SimpleQueue[Captured | Order] = queue.SimpleQueue()
        self._takes: list[Take] = []
        self._wakes = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None
        self._looked_at = 0.0
        self._fed = 0
        """Packets, counted by the event loop alone; `written` by the thread alone."""
        self.written = 0
        self.dropped = 0

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Everything that was given before is sealed when this returns."""
        self._ending = True
        self._wakes.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def works(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    # On the event loop

    def begin(
        self,
        raw: Path,
        parts: Iterable[Part],
        *,
        reduced: bool = False,
        troubled: Callable[[Trouble], None] = lambda _: None,
    ) -> Take:
        """What is to be given to `Router.tap`. `raw` is the folder of its tracks; `troubled` is called by the
        recorder's thread."""
        take = Take(raw, parts, self._feed, troubled)
        take.reduced = reduced
        self._order(lambda: self._opened(take))
        return take

    def watched(self, take: Take, *, live: bool) -> None:
        """While it is watched, complete chunks come every two seconds."""
        self._order(lambda: take.set_live(live=live))

    def pause(self, take: Take, *, at: Millis | None = None) -> "Future[None]":
        """Done when all that was fed is sealed. What came at this time of the server's clock or later is left
        out, as far as it is not written yet."""
        done: Future[None] = Future()
        if at is not None:
            take.until_us = at * 1000
        self._order(lambda: self._sealed(take, done))
        return done

    def resume(self, take: Take) -> None:
        """It may be fed again."""
        self._order(take.go_on)

    def end(self, take: Take, *, at: Millis | None = None) -> "Future[None]":
        """A pause for good."""
        done = self.pause(take, at=at)
        self._order(lambda: self._closed(take))
        return done

    def _order(self, order: Order) -> None:
        self._queue.put(order)
        self._wakes.set()

    def _feed(self, captured: Captured) -> None:
        waiting = self._fed - self.written
        if waiting > (MOST_WAITING // 2 if captured.track.is_picture else MOST_WAITING):
            self.dropped += captured.packets
            return
        self._fed += captured.packets
        self._queue.put(captured)

    # In the thread

    def _run(self) -> None:
        while not self._ending:
            self._wakes.wait(TURN_S if self._takes else None)
            self._wakes.clear()
            self._turn_whatever_comes()
        self._turn_whatever_comes()
        for take in self._takes:
            take.seal(self._fault)

    def _turn_whatever_comes(self) -> None:
        try:
            self.turn(self._clock())
        except Exception:  # the other recordings go on
            logger.exception("The recorder stumbled.")

    def turn(self, now: float) -> None:
        """Write what has come in, and do what is due."""
        self._write_all(now)
        for take in self._takes:
            take.care(now, self._fault)
        if self._takes and now - self._looked_at >= LOOK_S:
            self._looked_at = now
            for take in self._takes:
                self._look(take)

    def _write_all(self, now: float) -> None:
        offset = self._offset_us()
        for _ in range(self._queue.qsize()):
            match self._queue.get():
                case Captured() as captured:
                    self._write(captured, offset, now)
                case order:
                    order()

    def _write(self, captured: Captured, offset: int, now: float) -> None:
        arrived = int(captured.at * 1_000_000) + offset
        try:
            captured.track.write(captured.what, arrived, now)
        except OSError as fault:
            self._fault(captured.track, fault)
        self.written += captured.packets

    def _fault(self, track: TakeTrack, fault: OSError) -> None:
        """The disk did not take it: without pictures it may take the rest."""
        logger.error("The disk does not take what is recorded: %s", track.take.raw, exc_info=fault)
        track.files.abandon()
        self._tell(track.take, Trouble.FAILED if track.take.reduced else Trouble.REDUCED)

    def _look(self, take: Take) -> None:
        try:
            free = self._free(take.raw)
        except OSError:
            logger.exception("How much space is left cannot be said: %s", take.raw)
            return
        if free < self._floor // 4:
            self._tell(take, Trouble.FAILED)
        elif free < self._floor:
            self._tell(take, Trouble.REDUCED)

    def _tell(self, take: Take, trouble: Trouble) -> None:
        if take.failed or (trouble is Trouble.REDUCED and take.reduced):
            return
        logger.error("Recording is %s for want of space: %s", trouble.value, take.raw)
        take.reduced, take.failed = True, trouble is Trouble.FAILED
        for track in take.tracks():
            if take.failed or track.is_picture:
                track.close()
        take.troubled(trouble)

    def _opened(self, take: Take) -> None:
        seal_leftovers(take.raw)
        self._takes.append(take)
        try:
            take.raw.mkdir(parents=True, exist_ok=True)
        except OSError:
            logger.exception("There is no folder to record into: %s", take.raw)
            self._tell(take, Trouble.FAILED)

    def _sealed(self, take: Take, done: "Future[None]") -> None:
        take.seal(self._fault)
        done.set_result(None)

    def _closed(self, take: Take) -> None:
        self._takes.remove(take)
