"""How loud a caller hears everybody else: what one key goes through, press by press. PURE."""

from enum import Enum
from typing import Self


class Loudness(Enum):
    """In the order of the key: decibels, and the prompt that says it."""

    NORMAL = (0, "normal_volume")
    LOUDER = (6, "louder")
    LOUDEST = (12, "loudest")
    QUIETER = (-6, "quieter")

    def __init__(self, db: int, prompt: str) -> None:
        self.db = db
        self.prompt = prompt

    @property
    def next(self) -> Self:
        """After the last, the first again."""
        cycle = list(type(self))
        return cycle[(cycle.index(self) + 1) % len(cycle)]
