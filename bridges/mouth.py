"""Whether a phone is muted on its bridge, by us or by the caller with the vendor's own menu. PURE.

What we ask the bridge comes back as an event like all others: without telling the two apart, each would be
taken for a wish and undone.
"""

from collections import deque


class Mouth:
    """`ask` before telling the bridge, `is_ours` after every `LegMuted`."""

    def __init__(self) -> None:
        self._last: bool | None = None
        self._asked: deque[bool] = deque()

    def joins(self, *, muted: bool) -> None:
        """As it came into a room."""
        self._last = muted
        self._asked.clear()

    def ask(self, *, muted: bool) -> bool:
        """Whether there is anything to tell the bridge."""
        if self._last == muted:
            return False
        self._last = muted
        self._asked.append(muted)
        return True

    def is_ours(self, *, muted: bool) -> bool:
        """Whether this is what we asked for, not what the caller did."""
        while self._asked:
            if self._asked.popleft() == muted:
                return True
        self._last = muted
        return False

    def forget(self) -> None:
        """The bridge could not be told, or was away: whatever comes is news, and we ask again."""
        self._last = None
        self._asked.clear()
