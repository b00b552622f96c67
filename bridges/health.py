"""How a bridge is, as admins see it."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from bridges.models import Bridge
from bridges.services import LEASE_MS
from conferences.core.words import Millis
from meetingserver.moments import moment_of

OUTDATED = gettext_noop("It keeps its former settings until its calls have ended.")
KEEPERS_WORDS = (
    gettext_noop("Connected."),
    gettext_noop("It failed; the log says how."),
    gettext_noop("Its settings cannot be read any more, because SECRET_KEY was changed: enter them again."),
)
"""What `keeper.Keeper` writes itself; all else are the words of bridges."""


class Sign(StrEnum):
    WORKS = "works"
    FAILS = "fails"
    WAITS = "waits"
    OFF = "off"


LABELS = {
    Sign.WORKS: _("Works"),
    Sign.FAILS: _("Does not work"),
    Sign.WAITS: _("Being started"),
    Sign.OFF: _("Off"),
}


class BridgeHealth(NamedTuple):
    """`since`: when it came to be so, where that is known."""

    sign: Sign
    answer: str = ""
    since: dt.datetime | None = None

    @property
    def label(self) -> str:
        return str(LABELS[self.sign])


def health_of(bridge: Bridge, *, now: Millis) -> BridgeHealth:
    if not bridge.enabled:
        return BridgeHealth(Sign.OFF, gettext("Not in use."))
    if bridge.kept_at <= now - LEASE_MS:
        return BridgeHealth(Sign.WAITS, gettext("No server keeps it now."))
    if bridge.works is None:
        return BridgeHealth(Sign.WAITS, gettext("It was not tried yet."))
    sign = Sign.WORKS if bridge.works else Sign.FAILS
    since = moment_of(bridge.checked_at) if bridge.checked_at else None
    return BridgeHealth(sign, gettext(bridge.answer) if bridge.answer else "", since)
