"""Why something may not be done with a recording. Words for people are its labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Refusal(TextChoices):
    GONE = "gone", _("This recording does not exist any more.")
    BUSY = "busy", _("It is being made ready just now. Please try again when that is done.")
    RECORDED = "recorded", _("It is still being recorded. Stop the recording first.")
    UNFINISHED = "unfinished", _("It is not ready yet.")
    NOTHING_LEFT = "nothing_left", _("Nothing would be left of it. Please keep at least a second.")
    NO_PASSCODE = "no_passcode", _("Please set a passcode, which you tell those who may watch.")
    NO_TITLE = "no_title", _("Please write a title.")
    NOT_ASKED = "not_asked", _("There is nothing to be done again.")


class RecordingRefused(Exception):
    """It may not be, or not now; nothing has happened."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
