"""One call as the bridge keeps it, and one room."""

from bridges.base import MediaLeg
from bridges.sip.intake import Intake
from bridges.sip.recording import Recording
from bridges.sip.sounds import Playing
from bridges.sip.stack import Line, Sound
from bridges.sip.talk import TalkDetector
from bridges.types import Direction, EndCause, Leg, LegState


class PhoneLeg:
    """The switchboard decides about it, the mixer's thread reads that and keeps what is of sound. Each
    field is written by one of them only."""

    def __init__(self, leg: str, line: Line, direction: Direction, *, caller: str, dialled: str) -> None:
        self.leg = leg
        self.line = line
        self.direction = direction
        self.caller = caller
        self.caller_name = ""
        self.dialled = dialled
        self.state = LegState.DIALING if direction is Direction.OUT else LegState.RINGING
        self.room = ""
        self.muted = self.deaf = self.held = False
        self.factor = 1.0
        """By which all that it hears is louder."""
        self.playing: Playing | None = None
        self.recording: Recording | None = None
        self.cause: EndCause | None = None
        """Why we ended it, if we did."""
        self.measured_at = 0.0
        # The mixer's:
        self.talk = TalkDetector()
        self.sounds: tuple[Sound, Sound] | None = None
        self.intake = Intake(0)
        self.past_heard = self.past_said = b""
        """The samples before the next frame, at the line's rate and at ours."""

    @property
    def is_answered(self) -> bool:
        return self.state not in (LegState.DIALING, LegState.RINGING)

    @property
    def is_heard(self) -> bool:
        return bool(self.room) and not self.muted and not self.held

    def described(self) -> Leg:
        return Leg(
            leg=self.leg,
            vendor=self.line.name,
            state=LegState.HELD if self.held else self.state,
            direction=self.direction,
            caller=self.caller,
            caller_name=self.caller_name,
            dialled=self.dialled,
            room=self.room,
            muted=self.muted,
            held=self.held,
            talking=self.talk.level > 0,
        )


class RoomSound:
    """What is in a room besides its phones."""

    def __init__(self) -> None:
        self.media: MediaLeg | None = None
        self.announcing: Playing | None = None
