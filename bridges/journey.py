"""From the first ring to the room: language, access code, host PIN, billing code, name. PURE.

`step(journey, input)` gives the journey as it then is, and what is to be done. Digits may come ahead of the
question they answer. (The keys inside are `keys.py`'s.)
"""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bridges.base import LONGEST_RECORDED_S, Admit, Again, Refuse
from bridges.types import EndCause

CODE_DIGITS = 9
MOST_DIGITS = 20
TRIES = 3
SILENCES = 3
ANSWER_S = 8.0
"""For the first digit, after the question."""
DIGIT_S = 5.0
"""For the next one."""
LAST_DIGIT_S = 1.5
"""After a digit that may well be the last."""
PIN_S = 4.0
"""For the star of a host; whoever says nothing is a guest."""
RECORDING_S = LONGEST_RECORDED_S + 3.0
"""For the sound of a name; without it they enter, too."""


class Line(NamedTuple):
    """A prompt in a language; `prompts.TEXTS` has the words."""

    prompt: str
    language: str


class Stage(StrEnum):
    LANGUAGE = "language"
    CODE = "code"
    CHECKING = "checking"
    """Somebody looks the digits up. What is pressed meanwhile is kept."""
    PIN = "pin"
    BILLING = "billing"
    NAME = "name"
    """They are asked for their name."""
    SPEAKING = "speaking"
    """They say it."""
    ENTERED = "entered"
    OVER = "over"


class Journey(Struct, frozen=True):
    """Where a caller is on their way. `languages`: what their number offers, its own first; `listens`: their
    bridge can record a name."""

    languages: tuple[str, ...]
    language: str
    listens: bool = False
    stage: Stage = Stage.CODE
    digits: str = ""
    ahead: str = ""
    code: str = ""
    tries: int = 0
    silences: int = 0
    admit: Admit | None = None
    billing_code: str = ""
    spoken_name: bytes = b""


# What happens


class Pressed(Struct, frozen=True):
    digit: str


class Played(Struct, frozen=True):
    """What was said last has been heard to its end."""


class Waited(Struct, frozen=True):
    """The time of the last `Wait` is over."""


class Checked(Struct, frozen=True):
    """The answer to `Check`."""

    answer: Admit | Again | Refuse


class BillingChecked(Struct, frozen=True):
    accepted: bool


class Recorded(Struct, frozen=True):
    """What they said; as `LegRecorded` has it, and empty if it was no name."""

    sound: bytes


Input = Pressed | Played | Waited | Checked | BillingChecked | Recorded


# What is to be done


class Say(Struct, frozen=True):
    """Instead of what is being said."""

    lines: tuple[Line, ...]


class Hush(Struct, frozen=True):
    """Say nothing more: they have begun to press."""


class Wait(Struct, frozen=True):
    """And tell when it is over; the wait before it is forgotten. 0: for nothing."""

    seconds: float


class Check(Struct, frozen=True):
    code: str
    pin: str


class CheckBilling(Struct, frozen=True):
    room: int
    code: str


class Record(Struct, frozen=True):
    """What they say from now on."""


class StopRecording(Struct, frozen=True):
    """They have said it."""


class Enter(Struct, frozen=True):
    admit: Admit
    language: str
    billing_code: str
    spoken_name: bytes = b""


class HangUp(Struct, frozen=True):
    """After `lines`, which are heard to their end."""

    lines: tuple[Line, ...]
    cause: EndCause


Action = Say | Hush | Wait | Check | CheckBilling | Record | StopRecording | Enter | HangUp
Step = tuple[Journey, list[Action]]


def begun(languages: tuple[str, ...], *, listens: bool = False) -> Step:
    """Somebody called a number that offers these."""
    journey = Journey(languages=languages, language=languages[0], listens=listens)
    if len(languages) > 1:
        return _asks(replace(journey, stage=Stage.LANGUAGE))
    return _asks(journey, "welcome")


def step(journey: Journey, input: Input) -> Step:
    match input:
        case Pressed():
            return _pressed(journey, input.digit)
        case Played():
            return _played(journey)
        case Waited():
            return _waited(journey)
        case Checked():
            return _with_what_came_ahead(*_checked(journey, input.answer))
        case BillingChecked():
            return _with_what_came_ahead(*_billing_checked(journey, accepted=input.accepted))
        case Recorded():
            return _recorded(journey, input.sound)


def _played(journey: Journey) -> Step:
    if journey.stage is Stage.NAME:
        return replace(journey, stage=Stage.SPEAKING), [Record(), Wait(RECORDING_S)]
    return journey, [Wait(_patience(journey))] if journey.stage in _QUESTIONS else []


# Questions

_QUESTIONS = {
    Stage.LANGUAGE: (),
    Stage.CODE: ("enter_code",),
    Stage.PIN: ("enter_pin",),
    Stage.BILLING: ("enter_billing_code",),
    Stage.NAME: ("say_name", "notice"),
}


def _asks(journey: Journey, *before: str) -> Step:
    """The question of this stage, after what is to be said first. The waiting begins when it was heard."""
    if journey.stage is Stage.LANGUAGE:
        lines = [Line(f"language_{key}", language) for key, language in enumerate(journey.languages, start=1)]
    else:
        lines = _lines(journey, *before, *_QUESTIONS[journey.stage])
    return replace(journey, digits=""), [Wait(0), Say(tuple(lines))]


def _lines(journey: Journey, *prompts: str) -> list[Line]:
    return [Line(prompt, journey.language) for prompt in prompts]


def _patience(journey: Journey) -> float:
    """For the next digit."""
    if not journey.digits:
        return PIN_S if journey.stage is Stage.PIN else ANSWER_S
    is_whole = journey.stage is Stage.CODE and len(journey.digits) >= CODE_DIGITS
    return LAST_DIGIT_S if is_whole else DIGIT_S


# Digits


def _pressed(journey: Journey, digit: str) -> Step:
    match journey.stage:
        case Stage.CHECKING:
            return replace(journey, ahead=(journey.ahead + digit)[:MOST_DIGITS]), []
        case Stage.LANGUAGE:
            return _language_pressed(journey, digit)
        case Stage.CODE | Stage.PIN | Stage.BILLING:
            return _digit_pressed(journey, digit)
        case Stage.NAME | Stage.SPEAKING if digit == "#":
            return _has_named(journey)
        case _:
            return journey, []


def _language_pressed(journey: Journey, digit: str) -> Step:
    chosen = dict(zip("123456789", journey.languages, strict=False))
    if digit not in chosen:
        return _is_silent(journey)
    return _asks(replace(journey, stage=Stage.CODE, language=chosen[digit], silences=0), "welcome")


def _digit_pressed(journey: Journey, digit: str) -> Step:
    if digit == "#":
        return _submits(journey)
    if digit == "*":  # begins a PIN; elsewhere: once more from the start
        digits = "*" if journey.stage is Stage.PIN else ""
    else:
        digits = (journey.digits + digit)[:MOST_DIGITS]
    pressed = replace(journey, digits=digits, silences=0)
    hush: list[Action] = [] if journey.digits else [Hush()]
    return pressed, [*hush, Wait(_patience(pressed))]


def _waited(journey: Journey) -> Step:
    if journey.stage is Stage.LANGUAGE:
        return _is_silent(journey)
    if journey.stage in (Stage.NAME, Stage.SPEAKING):
        return _enters(journey)
    if journey.stage is Stage.PIN or (journey.stage in _QUESTIONS and journey.digits):
        return _submits(journey)
    return _is_silent(journey) if journey.stage in _QUESTIONS else (journey, [])


def _is_silent(journey: Journey) -> Step:
    """Pressed nothing, or no language: is asked again, but not for ever."""
    silences = journey.silences + 1
    if silences < SILENCES:
        return _asks(replace(journey, silences=silences))
    if journey.stage is Stage.LANGUAGE:
        return _asks(replace(journey, stage=Stage.CODE, silences=0), "welcome")
    return _ends(journey, EndCause.TIMEOUT)


def _ends(journey: Journey, cause: EndCause, *before: str) -> Step:
    over = replace(journey, stage=Stage.OVER, digits="", ahead="")
    return over, [Wait(0), HangUp(tuple(_lines(journey, *before, "goodbye")), cause)]


# Answers


def _submits(journey: Journey) -> Step:
    """What was pressed is looked at."""
    if journey.stage is Stage.CODE and not journey.digits:
        return _is_silent(journey)
    checking = replace(journey, stage=Stage.CHECKING)
    match journey.stage:
        case Stage.CODE:
            return replace(checking, code=journey.digits, digits=""), [Wait(0), Check(journey.digits, "")]
        case Stage.PIN if journey.digits.startswith("*"):
            pin = journey.digits[1:]
            return checking, [Wait(0), Check(journey.code, pin or "-")]
        case Stage.PIN:
            return _arrives(journey)
        case _:
            return _submits_billing_code(journey)


def _submits_billing_code(journey: Journey) -> Step:
    admit = _admitted(journey)
    if journey.digits:
        checking = replace(journey, stage=Stage.CHECKING)
        return checking, [Wait(0), CheckBilling(admit.room, journey.digits)]
    if admit.asks_billing_code == "mandatory":
        return _is_silent(journey)
    return _says_name(journey)


def _checked(journey: Journey, answer: Admit | Again | Refuse) -> Step:
    match answer:
        case Refuse():
            return _ends(journey, answer.cause, "busy" if answer.cause is EndCause.ERROR else "code_wrong")
        case Again():
            return _tries_again(journey, "pin_wrong" if journey.admit else "code_wrong")
        case Admit():
            language = answer.language or journey.language
            known = replace(journey, admit=answer, language=language)
            return _arrives(known) if answer.host else _asks(replace(known, stage=Stage.PIN, tries=0))


def _tries_again(journey: Journey, said: str) -> Step:
    tries = journey.tries + 1
    if tries >= TRIES:
        return _ends(journey, EndCause.BAD_PIN, said)
    stage = Stage.PIN if journey.admit else Stage.CODE
    return _asks(replace(journey, stage=stage, tries=tries), said)


def _arrives(journey: Journey) -> Step:
    """Code and PIN are right; what is left is who pays, and who they are."""
    if _admitted(journey).asks_billing_code == "no":
        return _says_name(replace(journey, digits=""))
    return _asks(replace(journey, stage=Stage.BILLING, tries=0))


def _billing_checked(journey: Journey, *, accepted: bool) -> Step:
    if accepted:
        return _says_name(journey)
    tries = journey.tries + 1
    if tries >= TRIES:
        return _ends(journey, EndCause.BAD_PIN, "billing_code_wrong")
    return _asks(replace(journey, stage=Stage.BILLING, tries=tries), "billing_code_wrong")


def _says_name(journey: Journey) -> Step:
    journey = replace(journey, billing_code=journey.digits)
    if _admitted(journey).asks_name and journey.listens:
        return _asks(replace(journey, stage=Stage.NAME))
    return _enters(journey)


def _has_named(journey: Journey) -> Step:
    """Before the tone: they would rather not."""
    return (journey, [StopRecording()]) if journey.stage is Stage.SPEAKING else _enters(journey)


def _recorded(journey: Journey, sound: bytes) -> Step:
    if journey.stage is not Stage.SPEAKING:
        return journey, []
    return _enters(replace(journey, spoken_name=sound))


def _enters(journey: Journey) -> Step:
    entered = replace(journey, stage=Stage.ENTERED, ahead="")
    enter = Enter(_admitted(journey), journey.language, journey.billing_code, journey.spoken_name)
    return entered, [Wait(0), enter]


def _admitted(journey: Journey) -> Admit:
    if journey.admit is None:
        raise ValueError("Nobody comes so far without a right code.")
    return journey.admit


def _with_what_came_ahead(journey: Journey, actions: list[Action]) -> Step:
    """Digits pressed during the check are the answer to what is asked now."""
    ahead, journey = journey.ahead, replace(journey, ahead="")
    for digit in ahead:
        journey, more = _pressed(journey, digit)
        actions = [*actions, *more]
    return journey, actions
