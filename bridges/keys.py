"""The keys inside: a star, then a digit. PURE.

*6 mute   *5 hand   *4 volume   *0 help   *8 leave          everybody's
*1 lock   *2 record   *3 mute all   *7 admit all   *9 how many are there   *# who   hosts'
"""

from enum import StrEnum

STAR_S = 1.5
"""A star that nothing follows within this time was a slip."""


class Key(StrEnum):
    MUTE = "6"
    HAND = "5"
    VOLUME = "4"
    HELP = "0"
    LEAVE = "8"
    LOCK = "1"
    RECORD = "2"
    MUTE_ALL = "3"
    ADMIT_ALL = "7"
    COUNT = "9"
    NAMES = "#"


HOSTS = frozenset({Key.LOCK, Key.RECORD, Key.MUTE_ALL, Key.ADMIT_ALL, Key.COUNT, Key.NAMES})


class Keypad:
    """Give it every digit and when it was pressed, in seconds; it gives what was meant."""

    def __init__(self) -> None:
        self._star_at: float | None = None

    def press(self, digit: str, *, at: float) -> Key | None:
        """`**` is help, as on many bridges; a star after a slip begins anew."""
        star, self._star_at = self._star_at, None
        is_second = star is not None and at - star <= STAR_S
        if digit == "*" and not is_second:
            self._star_at = at
            return None
        if digit == "*":
            return Key.HELP
        return Key(digit) if is_second and digit in set(Key) else None
