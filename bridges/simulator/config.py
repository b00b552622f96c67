"""What an admin says of a simulated bridge."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from msgspec import Meta, Struct


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    answers_after_s: Annotated[int, Meta(ge=0, le=60)] | None = None
    """None: phones that we call ring until somebody presses *Answer* at the simulated phone."""


TITLE = _("Simulated telephones")
ABOUT = _("Exists only in memory: to try everything without telephony, in the administration and in tests.")
LABELS = {"answers_after_s": _("phones that are called answer by themselves after this many seconds")}
SECRETS: frozenset[str] = frozenset()
"""Fields that are entered and never shown."""
