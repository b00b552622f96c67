"""The sequence numbers of what is forwarded: padding is left out, and leaves no hole. Pure."""

from bisect import bisect_right

from conferences.media.rtp import SEQUENCE_MASK

#: Late packets come within a second or two; nobody pads more than this meanwhile.
_REMEMBERED = 2048


class Numbering:
    """Takes numbers as they come, counted on over wraps; gives those that are left, counted on as well."""

    def __init__(self) -> None:
        self.highest = -1
        self._left_out = 0
        self._recently: list[int] = []

    def leave_out(self, number: int) -> None:
        """This one, the highest so far, is not forwarded. A late one must be: its hole is known."""
        self._left_out += 1
        self._recently.append(number)
        if len(self._recently) > 2 * _REMEMBERED:
            del self._recently[:_REMEMBERED]

    def number(self, number: int) -> int:
        """What this one is called when it is forwarded."""
        later = len(self._recently) - bisect_right(self._recently, number) if self._recently else 0
        given = number - self._left_out + later
        self.highest = max(self.highest, given)
        return given

    def unwrap(self, sequence: int) -> int:
        """The number of a packet up to the highest, by its lowest 16 bits."""
        return self.highest - (self.highest - sequence & SEQUENCE_MASK)
