"""What every target is to the delivery: a place that takes parcels, all of them or none."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from billing.mapping import Row
from conferences.core.words import Millis


class Undelivered(Exception):
    """Undelivered
    ├── Held      nothing can be delivered there for now: the target is down, slow, or not as the file says
    └── Refused   one of these parcels can never be delivered as it is

    The reason is for who runs the server, and holds neither values of records nor secrets.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Held(Undelivered):
    pass


class Refused(Undelivered):
    pass


class Parcel(NamedTuple):
    """What becomes of one record at one target. `at`: of when it speaks; `again`: it may have been delivered
    before."""

    record: str
    version: int
    at: Millis
    again: bool
    rows: Sequence[Row]


class Port(Protocol):
    @property
    def most(self) -> int:
        """Parcels at once, at most."""

    def deliver(self, parcels: Sequence[Parcel]) -> None:
        """All of them, or none. Raises Held, Refused. What is there already stays as it is."""

    def close(self) -> None: ...
