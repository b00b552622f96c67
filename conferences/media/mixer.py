"""The thread that mixes conferences with phones: all of them, every 20 ms."""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from conferences.media.mixing import FRAME_S
from conferences.media.priority import go_first
from conferences.media.space import AudioSpace
from conferences.media.speech import Utterance

logger = logging.getLogger(__name__)

_GIVES_UP_S = 0.2
"""Who is later than that leaves out what is over: the machine slept."""
_REMEMBERED = 3000
"""Turns (a minute) over which lateness is told."""
_SAID_EVERY = 500
"""Faults: it would be said fifty times a second."""

Said = Sequence[tuple[AudioSpace, Sequence[Utterance]]]


class Pace:
    """When each turn is due. Deadlines follow from the first, so nothing adds up. Pure."""

    def __init__(self, now: float) -> None:
        self.turn = 0
        self.skipped = 0
        self._began = now

    def wait(self, now: float) -> float:
        """Seconds until the next turn is due; not positive: it is."""
        return self._began + (self.turn + 1) * FRAME_S - now

    def begin(self, now: float) -> float:
        """Take the turn that is due; returns how many seconds late."""
        self.turn += 1
        late = now - self._began - self.turn * FRAME_S
        if late > _GIVES_UP_S:
            missed = int(late / FRAME_S)
            self.turn += missed
            self.skipped += missed
        return late


class Mixer:
    """One for a process. `add` and `remove` are called on an event loop, where spaces also speak."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.turns = self.skipped = 0
        self._faults = 0
        self._clock = clock
        self._late: deque[float] = deque(maxlen=_REMEMBERED)
        self._spaces: tuple[AudioSpace, ...] = ()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, space: AudioSpace) -> None:
        loop = asyncio.get_running_loop()
        with self._lock:
            self._spaces = (*self._spaces, space)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, args=(loop,), name="mixer", daemon=True)
                self._thread.start()

    def remove(self, space: AudioSpace) -> None:
        """It may be mixed for another turn, and is not heard any more."""
        with self._lock:
            self._spaces = tuple(other for other in self._spaces if other is not space)

    @property
    def spaces(self) -> int:
        return len(self._spaces)

    @property
    def late_p99_ms(self) -> float:
        """Of the last minute's turns 99 % began no later than that."""
        late = sorted(self._late)
        return 1000 * late[len(late) * 99 // 100] if late else 0.0

    # In the thread

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        go_first()
        pace, skipped = Pace(self._clock()), self.skipped
        while self._goes_on():
            wait = pace.wait(self._clock())
            if wait > 0:
                time.sleep(wait)
                continue
            self._late.append(pace.begin(self._clock()))
            self.turns, self.skipped = pace.turn, skipped + pace.skipped
            said = self.turn(pace.turn)
            try:
                loop.call_soon_threadsafe(self._deliver, said)
            except RuntimeError:  # the server is leaving
                return

    def _goes_on(self) -> bool:
        with self._lock:
            if not self._spaces:
                self._thread = None
            return bool(self._spaces)

    def turn(self, number: int) -> Said:
        """Mix 20 ms everywhere. What goes wrong in one conference is not heard in others."""
        said: list[tuple[AudioSpace, Sequence[Utterance]]] = []
        for space in self._spaces:
            try:
                utterances = space.mix(number)
            except Exception:
                self._faults += 1
                if self._faults % _SAID_EVERY == 1:
                    logger.exception("A conference could not be mixed (%d times by now).", self._faults)
                continue
            if utterances:
                said.append((space, utterances))
        return said

    # On the event loop

    def _deliver(self, said: Said) -> None:
        now = self._clock()
        for space, utterances in said:
            if space in self._spaces:
                space.speak(utterances, now)
