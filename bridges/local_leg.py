"""Media legs in memory: for the simulator, and for bridges of ours in the same process."""

from collections import deque

from bridges.base import MediaLeg

_MOST_HELD = 2
"""Frames (40 ms): who does not pull hears nothing old afterwards."""


class LocalMediaLeg(MediaLeg):
    """One end of a pair. The other may be used by another thread."""

    def __init__(self, coming: "deque[bytes]", going: "deque[bytes]") -> None:
        self._coming, self._going = coming, going
        self._is_open = True
        self._sent = self._received = self._dropped = 0

    @classmethod
    def pair(cls) -> "tuple[LocalMediaLeg, LocalMediaLeg]":
        """What is pushed at one is pulled at the other."""
        one: deque[bytes] = deque(maxlen=_MOST_HELD)
        other: deque[bytes] = deque(maxlen=_MOST_HELD)
        return cls(one, other), cls(other, one)

    def push(self, frame: bytes) -> None:
        if not self._is_open:
            return
        self._sent += 1
        self._dropped += len(self._going) == _MOST_HELD
        self._going.append(frame)

    def pull(self) -> bytes | None:
        try:
            frame = self._coming.popleft()
        except IndexError:
            return None
        self._received += 1
        return frame

    @property
    def stats(self) -> dict[str, int]:
        counted = {"received": self._received, "sent": self._sent, "dropped": self._dropped}
        return counted | {"lost": 0, "late": 0, "concealed": 0}

    def close(self) -> None:
        self._is_open = False
        self._coming.clear()
        self._going.clear()
