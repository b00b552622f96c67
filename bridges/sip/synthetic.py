"""A stack without phones: callers that exist only in memory. For measurements, and for tests of all that is
not SIP."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable

import numpy as np

from bridges.sip.stack import Arrived, Closed, Established, Sound, StackEvent, StackFailed
from bridges.types import EndCause, Quality

NARROW = Sound(8_000, 1)
SECOND_OF_FRAMES = 50
AGAIN_S = 0.1


class SyntheticLine:
    """Says the same second over and over, a frame at each `read`; keeps the last second that was said to
    it."""

    def __init__(
        self, name: str, sound: Sound = NARROW, *, hz: float = 0.0, amplitude: float = 8_000.0
    ) -> None:
        self._name = name
        self.sound = sound
        self.tell: Callable[[StackEvent], None] = lambda _event: None
        self.said: deque[bytes] = deque(maxlen=SECOND_OF_FRAMES)
        self.is_open = True
        self.refused = False
        self._size = sound.rate * sound.channels * 2 // SECOND_OF_FRAMES
        self._second = tone(sound, hz, amplitude)
        self._at = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def codec(self) -> str:
        return "L16"

    async def answer(self) -> None:
        self.tell(Established(self))

    async def refuse(self) -> None:
        self.refused = True
        self.close(EndCause.BUSY, 486)

    async def hang_up(self) -> None:
        self.close(EndCause.NORMAL)

    def close(self, cause: EndCause, sip_code: int = 0) -> None:
        if self.is_open:
            self.is_open = False
            self.tell(Closed(self, cause, sip_code, Quality(codec=self.codec)))

    def formats(self) -> tuple[Sound, Sound] | None:
        return (self.sound, self.sound) if self.is_open else None

    def read(self) -> bytes:
        start = self._at
        self._at = (start + self._size) % len(self._second)
        return self._second[start : start + self._size]

    def write(self, pcm: bytes) -> None:
        self.said.append(pcm)


class SyntheticStack:
    """`callers` call as soon as it starts; `dialled` are the lines of calls that were placed, which ring
    until a test says more."""

    def __init__(self, callers: int = 0, *, has_trunk: bool = True) -> None:
        self.dialled: list[SyntheticLine] = []
        self._callers = callers
        self._has_trunk = has_trunk
        self._tell: Callable[[StackEvent], None] = lambda _event: None
        self._names = itertools.count(1)
        self._placed: dict[int, SyntheticLine] = {}
        self._calling: asyncio.TimerHandle | None = None

    async def start(self, tell: Callable[[StackEvent], None]) -> None:
        self._tell = tell
        if self._callers:
            self._call_again()

    async def stop(self) -> None:
        if self._calling:
            self._calling.cancel()

    async def dial(self, number: str, caller_id: str) -> SyntheticLine:
        if not self._has_trunk:
            raise StackFailed("There is no trunk to place calls with.")
        line = self._line(NARROW, hz=0.0)
        self.dialled.append(line)
        return line

    def call(
        self, caller: str, sound: Sound = NARROW, *, hz: float = 0.0, dialled: str = "100"
    ) -> SyntheticLine:
        """Somebody calls, and says a tone."""
        line = self._line(sound, hz=hz)
        self._tell(Arrived(line, caller, "", dialled))
        return line

    def _line(self, sound: Sound, *, hz: float) -> SyntheticLine:
        line = SyntheticLine(f"synthetic-{next(self._names)}", sound, hz=hz)
        line.tell = self._tell
        return line

    def _call_again(self) -> None:
        """All at first; then whoever was refused, for nobody led calls yet."""
        again = [number for number, line in self._placed.items() if line.refused] or (
            [] if self._placed else range(self._callers)
        )
        for number in again:
            self._placed[number] = self.call(str(1000 + number), hz=200 + number % 900)
        self._calling = asyncio.get_running_loop().call_later(AGAIN_S, self._call_again)


def tone(sound: Sound, hz: float, amplitude: float) -> bytes:
    """A second of it. 0 Hz: silence."""
    wave = amplitude * np.sin(2 * np.pi * hz * np.arange(sound.rate) / sound.rate)
    return wave.astype(np.int16).repeat(sound.channels).tobytes()
