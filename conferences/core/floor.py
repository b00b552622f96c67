"""Who has the floor, and for how long: the next speaker, the spotlight, the timer."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Event
from conferences.core.words import IdOrEmpty, Millis, Role

TimerSeconds = Annotated[int, Meta(ge=1, le=24 * 3600)]


class Timer(Struct, frozen=True):
    started_at: Millis
    ends_at: Millis


# Commands


class CallNext(Command, frozen=True, tag="hand.next"):
    """Lower the hand that was raised first, and ask its owner to unmute."""

    needs: ClassVar[Role | Need] = Role.HOST


class MoveSpotlight(Command, frozen=True, tag="spotlight.move"):
    """Show somebody large to everyone; without a name, nobody."""

    needs: ClassVar[Role | Need] = Role.HOST
    participant: IdOrEmpty = ""


class StartTimer(Command, frozen=True, tag="timer.start"):
    """In place of one that may run already."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    seconds: TimerSeconds


class StopTimer(Command, frozen=True, tag="timer.stop"):
    needs: ClassVar[Role | Need] = Role.PRESENTER


FloorCommand = CallNext | MoveSpotlight | StartTimer | StopTimer


# Events


class SpotlightMoved(Event, frozen=True, kw_only=True, tag="spotlight.moved"):
    to: IdOrEmpty
    by: IdOrEmpty


class TimerStarted(Event, frozen=True, kw_only=True, tag="timer.started"):
    ends_at: Millis
    by: IdOrEmpty


class TimerStopped(Event, frozen=True, kw_only=True, tag="timer.stopped"):
    by: IdOrEmpty


FloorEvent = SpotlightMoved | TimerStarted | TimerStopped
