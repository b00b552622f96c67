"""The phones of a simulated bridge, and what people do with them."""

import uuid
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import structs

from bridges import events as e
from bridges.simulator.sound import tone
from bridges.types import Direction, EndCause, Leg, LegState, Quality

PITCH = 440.0
REMEMBERED = 3
"""Calls that are over, for whoever wants to know why."""

REFUSALS = {
    "486": (EndCause.BUSY, 486, 17),
    "603": (EndCause.REJECTED, 603, 21),
    "404": (EndCause.INVALID_NUMBER, 404, 1),
    "480": (EndCause.NO_ANSWER, 480, 19),
    "503": (EndCause.CONGESTION, 503, 34),
}
"""What becomes of calls to numbers that end so (RFC 3261, 21; Q.850)."""


class Phone:
    """One phone and its call. `sounds`: all that was played to it; `pitch`: its voice; `over`: why it
    ended."""

    def __init__(self, info: Leg) -> None:
        self.info = info
        self.sounds: list[Path] = []
        self.over: EndCause | None = None
        self.playing = ""
        self.pitch = 0.0
        self.recording: float | None = None
        """The last voice that was heard since it is recorded; None: it is not."""
        self.deaf = False
        self.volume = 0
        """Decibels by which it hears all louder."""

    @property
    def leg(self) -> str:
        return self.info.leg

    @property
    def hears(self) -> Sequence[str]:
        """The names of the sounds."""
        return [sound.stem for sound in self.sounds]


class Phones:
    """All phones with a call. What happens is told as any bridge tells it."""

    def __init__(self, tell: Callable[[e.AnyBridgeEvent], None], changed: Callable[[Phone], None]) -> None:
        self.calls: dict[str, Phone] = {}
        self.ended: deque[Phone] = deque(maxlen=REMEMBERED)
        self._tell = tell
        self._changed = changed

    def add(self, info: Leg) -> Phone:
        self.calls[info.leg] = Phone(info)
        return self.calls[info.leg]

    def calls_us(self, caller: str, dialled: str, *, caller_name: str = "") -> Phone:
        """Somebody dials one of our numbers; it is answered at once."""
        leg = uuid.uuid4().hex
        info = Leg(
            leg=leg,
            vendor=f"sim-{leg}",
            state=LegState.ARRIVED,
            direction=Direction.IN,
            caller=caller,
            caller_name=caller_name,
            dialled=dialled,
        )
        phone = self.add(info)
        self._tell(e.LegArrived(leg=leg, info=info))
        return phone

    def presses(self, leg: str, keys: str) -> None:
        for key in keys:
            self._tell(e.LegDigit(leg=leg, digit=key))

    def talks(self, leg: str, pitch: float = PITCH) -> None:
        """0: falls silent."""
        phone = self.calls[leg]
        phone.pitch = pitch
        if phone.recording is not None:
            phone.recording = pitch or phone.recording
        self._changed(phone)
        self._tell(e.LegTalking(leg=leg, level=5 if pitch else 0))

    def stops_recording(self, leg: str) -> None:
        """Harmless if nothing is recorded."""
        phone = self.calls.get(leg)
        if phone and phone.recording is not None:
            sound, phone.recording = tone(phone.recording), None
            self._tell(e.LegRecorded(leg=leg, sound=sound))

    def holds(self, leg: str, held: bool) -> None:
        phone = self.calls[leg]
        phone.info = structs.replace(phone.info, held=held)
        self._changed(phone)
        self._tell(e.LegHeld(leg=leg, held=held))

    def measures(self, leg: str, quality: Quality) -> None:
        self._tell(e.LegMeasured(leg=leg, quality=quality))

    def hangs_up(self, leg: str) -> None:
        self.ends(leg, EndCause.NORMAL, q850=16)

    # Calls we placed

    def rings(self, leg: str) -> None:
        phone = self.calls.get(leg)
        if phone and phone.info.state is LegState.DIALING:
            phone.info = structs.replace(phone.info, state=LegState.RINGING)
            self._tell(e.LegRinging(leg=leg))

    def decides(self, leg: str) -> None:
        """Answers, or what its number says."""
        phone = self.calls.get(leg)
        if phone is None or phone.info.state is not LegState.RINGING:
            return
        refusal = REFUSALS.get(phone.info.dialled[-3:])
        if refusal:
            cause, sip_code, q850 = refusal
            self.ends(leg, cause, sip_code=sip_code, q850=q850)
        else:
            self.answers(leg)

    def answers(self, leg: str) -> None:
        phone = self.calls[leg]
        phone.info = structs.replace(phone.info, state=LegState.ARRIVED)
        self._tell(e.LegAnswered(leg=leg, codec="L16"))

    def refuses(self, leg: str) -> None:
        self.ends(leg, EndCause.REJECTED, sip_code=603, q850=21)

    def gives_up(self, leg: str) -> None:
        """It rang in vain."""
        phone = self.calls.get(leg)
        if phone and phone.info.state in (LegState.DIALING, LegState.RINGING):
            self.ends(leg, EndCause.NO_ANSWER, sip_code=487, q850=19)

    def ends(self, leg: str, cause: EndCause, *, sip_code: int = 0, q850: int = 0) -> None:
        """Harmless when it is gone."""
        phone = self.calls.pop(leg, None)
        if phone:
            phone.pitch = 0.0
            phone.over = cause
            self.ended.append(phone)
            self._changed(phone)
            quality = Quality(mos=4.4, codec="L16")
            self._tell(e.LegEnded(leg=leg, cause=cause, sip_code=sip_code, q850=q850, quality=quality))
