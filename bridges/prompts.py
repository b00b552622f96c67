"""Which sound file says what in which language.

A brand's own recording comes first (`brands/<brand>/phone/<language>/<prompt>.wav`), then what `manage.py
prompts` made of these texts, then a wordless sign: nothing is silent.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from bridges.journey import Line
from bridges.signs import SIGNS, sign_write
from meetingserver.branding.choosing import current

MOST_PEOPLE = 20
"""So many are counted by a prompt of their own."""
NAMES = "names"
"""The folder of people's names; their files do not tell whose."""
LANGUAGES = 9
"""As many as there are keys."""

TEXTS = {
    "welcome": gettext_noop("Welcome."),
    "enter_code": gettext_noop("Please enter the access code of your conference, and press the hash key."),
    "code_wrong": gettext_noop("This access code is not right."),
    "enter_pin": gettext_noop(
        "If you are the host, press star, then your PIN, then hash. If not, please wait a moment."
    ),
    "pin_wrong": gettext_noop("This PIN is not right."),
    "enter_billing_code": gettext_noop("Please enter the billing code, and press the hash key."),
    "billing_code_wrong": gettext_noop("This billing code is not right."),
    "say_name": gettext_noop("Please say your name after the tone, and press the hash key."),
    "goodbye": gettext_noop("Goodbye."),
    "wait_for_host": gettext_noop("The host has not come yet. Please wait."),
    "wait_in_lobby": gettext_noop("Please wait until a host lets you in."),
    "held_back": gettext_noop("A host asks you to wait for a while."),
    "entered": gettext_noop("You are in the conference now."),
    "entered_muted": gettext_noop("You are in the conference now, and muted. To speak, press star six."),
    "recorded": gettext_noop("This conference is being recorded."),
    "recording_stopped": gettext_noop("The conference is no longer being recorded."),
    "muted": gettext_noop("You are muted."),
    "unmuted": gettext_noop("You can be heard."),
    "asked_to_speak": gettext_noop("A host asks you to speak. Press star six."),
    "hand_raised": gettext_noop("Your hand is raised."),
    "hand_lowered": gettext_noop("Your hand is lowered."),
    "louder": gettext_noop("Louder."),
    "loudest": gettext_noop("Loudest."),
    "quieter": gettext_noop("Quieter."),
    "normal_volume": gettext_noop("Normal volume."),
    "help": gettext_noop(
        "Star six: mute yourself, or speak again. Star five: raise or lower your hand. Star four: hear the "
        "others louder or quieter. Star eight: leave. Star zero: hear this again."
    ),
    "help_host": gettext_noop(
        "Star one: lock or unlock the conference. Star two: start or stop the recording. Star three: mute "
        "everybody. Star seven: let in all who wait. Star nine: hear how many people are there. Star "
        "hash: hear their names."
    ),
    "hosts_only": gettext_noop("Only hosts can do this."),
    "not_possible": gettext_noop("This is not possible now."),
    "locked": gettext_noop("The conference is locked."),
    "unlocked": gettext_noop("The conference is unlocked."),
    "all_muted": gettext_noop("Everybody is muted but the hosts."),
    "all_admitted": gettext_noop("All who waited were let in."),
    "removed": gettext_noop("A host has removed you from the conference."),
    "denied": gettext_noop("A host did not let you in."),
    "ended": gettext_noop("The conference is over."),
    "door_locked": gettext_noop("This conference is locked."),
    "door_full": gettext_noop("This conference is full."),
    "door_shut": gettext_noop("This conference cannot be joined by phone."),
    "busy": gettext_noop("This conference cannot be reached now. Please call again later."),
}

SIGN_TEXTS = {
    "entry": gettext_lazy("(A tone: somebody comes.)"),
    "exit": gettext_lazy("(A tone: somebody goes.)"),
    "question": gettext_lazy("(A tone that asks.)"),
    "refusal": gettext_lazy("(A tone that refuses.)"),
    "notice": gettext_lazy("(A short tone.)"),
    "end": gettext_lazy("(A tone for the end.)"),
    "music": gettext_lazy("(Music.)"),
}
"""How they are written where they cannot be heard."""

PLAIN = frozenset(SIGNS)
"""Sounds without words, the same in every language."""


def prompts() -> list[str]:
    """All that can be said."""
    counted = [f"people_{count}" for count in (*range(1, MOST_PEOPLE + 1), "many")]
    return [*TEXTS, *(f"language_{key}" for key in range(1, LANGUAGES + 1)), *counted]


def said(file: Path) -> str:
    """What is heard in a file that `Prompts` gave, in its language."""
    prompt, language = file.stem, file.parent.name
    if prompt in PLAIN:
        return str(SIGN_TEXTS[prompt])
    if language == NAMES:
        return _("(A name.)")
    known = prompt in prompts() and language in dict(settings.LANGUAGES)
    return text(prompt, language) if known else prompt


def people(count: int) -> str:
    """The prompt that says how many are there."""
    return f"people_{count}" if 1 <= count <= MOST_PEOPLE else "people_many"


def text(prompt: str, language: str) -> str:
    """What a prompt says in a language."""
    with override(language):
        return worded(prompt, translation.gettext, translation.ngettext)


def worded(prompt: str, _: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> str:
    """What a prompt says by these two of some catalogue."""
    kind, _underscore, number = prompt.rpartition("_")
    if kind == "language" and number.isdigit():
        # Translators: name your own language here, not English.
        return _("For English, press %(key)s.") % {"key": number}
    if prompt == "people_many":
        return _("More than %(count)s people are in the conference.") % {"count": MOST_PEOPLE}
    if kind == "people":
        count = int(number)
        counted = ngettext(
            "%(count)s person is in the conference.", "%(count)s people are in the conference.", count
        )
        return counted % {"count": count}
    return _(TEXTS[prompt])


class Prompts:
    """Finds the files. `brand`: a brand's folder, or what tells those of whose call it is, the best first;
    `made`: where `manage.py prompts` puts what it makes."""

    def __init__(self, brand: Path | Callable[[], Iterable[Path]], made: Path) -> None:
        self._brands = brand if callable(brand) else lambda: [brand]
        self._made = made

    def prepare(self) -> None:
        """Write what is missing of the sounds without words; once, before the first call."""
        for sign in SIGNS:
            if not self._sign(sign).exists():
                sign_write(sign, self._sign(sign))
        for language, _name in settings.LANGUAGES:
            for prompt in prompts():
                self._stand_in(prompt, language)

    def files(self, lines: Iterable[Line]) -> list[Path]:
        return [self.file(line) for line in lines]

    def file(self, line: Line) -> Path:
        """Of a line, the best there is."""
        folder = "signs" if line.prompt in PLAIN else line.language
        name = f"{line.prompt}.wav"
        brands = [brand / "phone" for brand in self._brands()]
        for home in (*brands, self._made):
            found = home / folder / name
            if found.exists():
                return found
        stand_in = self._unspoken(line.prompt, line.language)
        return stand_in if stand_in.exists() else self._sign(sign_of(line.prompt))

    def is_missing(self, prompt: str, language: str) -> bool:
        file = self.file(Line(prompt, language))
        return file in (self._unspoken(prompt, language), self._sign(sign_of(prompt)))

    def is_made(self, prompt: str, language: str) -> bool:
        """By `manage.py prompts`, and nothing comes before it."""
        return self.file(Line(prompt, language)) == self.place(prompt, language)

    def place(self, prompt: str, language: str) -> Path:
        """Where a made one belongs."""
        return self._made / language / f"{prompt}.wav"

    def name_place(self, name: str, language: str) -> Path:
        """Where the sound of somebody's name belongs. It does not tell whose."""
        return self._made / NAMES / f"{hashlib.sha256(f'{language} {name}'.encode()).hexdigest()[:24]}.wav"

    def names(self) -> Iterable[Path]:
        return (self._made / NAMES).glob("*")

    def _stand_in(self, prompt: str, language: str) -> None:
        """So that the name of a file says what should have been heard."""
        place = self._unspoken(prompt, language)
        place.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            place.symlink_to(Path("..") / ".." / "signs" / f"{sign_of(prompt)}.wav")

    def _unspoken(self, prompt: str, language: str) -> Path:
        return self._made / "unspoken" / language / f"{prompt}.wav"

    def _sign(self, sign: str) -> Path:
        return self._made / "signs" / f"{sign}.wav"


def installed() -> Prompts:
    """This server's: those of whose brand a call has, and those that were made here."""
    return Prompts(brand=lambda: current().folders, made=settings.PHONE_SOUNDS)


_QUESTIONS = frozenset({"enter_code", "enter_pin", "enter_billing_code", "say_name", "asked_to_speak"})
_REFUSALS = frozenset(
    {
        "code_wrong",
        "pin_wrong",
        "billing_code_wrong",
        "hosts_only",
        "not_possible",
        "removed",
        "denied",
        "busy",
    }
)


def sign_of(prompt: str) -> str:
    """The sound without words that stands for a prompt nobody has spoken."""
    if prompt in PLAIN:
        return prompt
    if prompt in _QUESTIONS or prompt.startswith("language_"):
        return "question"
    if prompt in _REFUSALS or prompt.startswith("door_"):
        return "refusal"
    return "end" if prompt in ("goodbye", "ended") else "notice"
