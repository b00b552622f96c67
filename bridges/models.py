"""Bridges as admins configure them, the numbers they are reached by, what may be dialled, and what became of
every call."""

import json
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridges.sealing import seal, unseal
from bridges.types import Direction, EndCause

is_key = RegexValidator(r"^[a-z0-9-]+$", _("Only small letters, digits and hyphens."))
is_number = RegexValidator(r"^\+[1-9][0-9]{3,14}$", _("A number as +49301234567: a plus sign, then digits."))
is_prefix = RegexValidator(r"^\+[1-9][0-9]{0,14}$", _("The beginning of a number, as +49 or +4930."))

DIRECTION_LABELS = {Direction.IN: _("called us"), Direction.OUT: _("was called")}
CAUSE_LABELS = {
    EndCause.NORMAL: _("hung up"),
    EndCause.KICKED: _("was removed"),
    EndCause.BUSY: _("busy"),
    EndCause.NO_ANSWER: _("no answer"),
    EndCause.REJECTED: _("rejected"),
    EndCause.CANCELLED: _("cancelled"),
    EndCause.INVALID_NUMBER: _("no such number"),
    EndCause.FORBIDDEN: _("may not be called"),
    EndCause.CONGESTION: _("no line was free"),
    EndCause.LOCKED: _("the conference was locked"),
    EndCause.FULL: _("the conference was full"),
    EndCause.BAD_PIN: _("wrong code"),
    EndCause.TIMEOUT: _("pressed nothing"),
    EndCause.MEDIA_LOST: _("the sound was lost"),
    EndCause.BRIDGE_LOST: _("the bridge was lost"),
    EndCause.ERROR: _("failed"),
}


class Bridge(models.Model):
    """A bridge of some vendor. `type` is the folder of its adapter; what that wants to know is kept sealed.

    `server` keeps the connection while its lease runs (`kept_at`, milliseconds): one process at a time. The
    health columns are written by it.
    """

    key = models.CharField(_("key"), max_length=32, unique=True, validators=[is_key])
    type = models.CharField(_("type"), max_length=20)
    label = models.CharField(_("name"), max_length=80)
    sealed_config = models.TextField(_("settings, encrypted"), blank=True, editable=False)
    enabled = models.BooleanField(_("in use"), default=True)
    dials_out = models.BooleanField(_("places calls"), default=True)
    caller_id = models.CharField(
        _("number shown to those who are called"), max_length=20, blank=True, validators=[is_number]
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Calls are placed by the first bridge that works.")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    server = models.CharField(_("kept by"), max_length=80, blank=True, editable=False)
    kept_at = models.BigIntegerField(_("kept, in milliseconds"), default=0, editable=False)
    works = models.BooleanField(_("works"), null=True, editable=False)
    answer = models.CharField(_("its answer"), max_length=300, blank=True, editable=False)
    checked_at = models.BigIntegerField(_("checked, in milliseconds"), null=True, editable=False)

    class Meta:
        ordering = ["position", "key"]
        verbose_name = _("bridge")
        verbose_name_plural = _("bridges")

    def __str__(self) -> str:
        return self.label

    @property
    def config(self) -> dict[str, Any]:
        """The fields of the adapter's `Config`. Raises Unsealable."""
        return dict(json.loads(unseal(self.sealed_config))) if self.sealed_config else {}

    @config.setter
    def config(self, fields: dict[str, Any]) -> None:
        self.sealed_config = seal(json.dumps(fields))


class DialInNumber(models.Model):
    """A number people call. Its language is spoken first; with further ones callers choose by a digit."""

    number = models.CharField(_("number"), max_length=20, unique=True, validators=[is_number])
    label = models.CharField(_("label"), max_length=80, help_text=_("As people read it, for example Berlin."))
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, as DE."))
    toll_free = models.BooleanField(_("free for callers"), default=False)
    bridge = models.ForeignKey(Bridge, models.CASCADE, related_name="numbers", verbose_name=_("bridge"))
    language = models.CharField(_("language"), max_length=16, default="en")
    further_languages = models.JSONField(_("further languages"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "country", "label"]
        verbose_name = _("dial-in number")
        verbose_name_plural = _("dial-in numbers")

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

    @property
    def languages(self) -> list[str]:
        """All that are offered, the number's own first."""
        return list(dict.fromkeys([self.language, *self.further_languages]))


class KnownNumber(models.Model):
    """The phone book: whose number it is, so that the roster shows a name."""

    number = models.CharField(_("number"), max_length=20, unique=True, validators=[is_number])
    name = models.CharField(
        pgettext_lazy("person", "name"), max_length=60, blank=True, help_text=_("Empty: the user's name.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="phones",
        null=True,
        blank=True,
        verbose_name=_("user"),
    )

    class Meta:
        ordering = ["name", "number"]
        verbose_name = _("known number")
        verbose_name_plural = _("known numbers")

    def __str__(self) -> str:
        return f"{self.shown_name} {self.number}".strip()

    @property
    def shown_name(self) -> str:
        return self.name or (self.user.get_full_name() if self.user else "")


class AllowedDestination(models.Model):
    """Numbers with this beginning may be called, though they are abroad or cost more: from every room, or
    from this one alone."""

    prefix = models.CharField(_("numbers that begin with"), max_length=16, validators=[is_prefix])
    room = models.ForeignKey(
        "conferences.Room",
        models.CASCADE,
        related_name="allowed_destinations",
        null=True,
        blank=True,
        verbose_name=_("room"),
        help_text=_("Empty: every room."),
    )
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering = ["prefix"]
        verbose_name = _("allowed destination")
        verbose_name_plural = _("allowed destinations")
        constraints = [
            models.UniqueConstraint(fields=["prefix", "room"], name="allowed_once_in_a_room"),
            models.UniqueConstraint(
                fields=["prefix"], condition=models.Q(room=None), name="allowed_once_everywhere"
            ),
        ]

    def __str__(self) -> str:
        return self.prefix


class MediaAttachment(models.Model):
    """A conference's one media leg in a bridge's room. A second would be a howl: the database forbids it."""

    bridge = models.ForeignKey(Bridge, models.CASCADE, related_name="attachments", verbose_name=_("bridge"))
    room = models.CharField(_("room on the bridge"), max_length=9)
    conference = models.ForeignKey(
        "conferences.Conference", models.CASCADE, related_name="attachments", verbose_name=_("conference")
    )
    server = models.CharField(_("server"), max_length=80)
    since = models.BigIntegerField(_("since, in milliseconds"))

    class Meta:
        verbose_name = _("media attachment")
        verbose_name_plural = _("media attachments")
        constraints = [models.UniqueConstraint(fields=["bridge", "room"], name="one_media_leg_per_room")]

    def __str__(self) -> str:
        return f"{self.bridge_id}: {self.room}"


class SpokenName(models.Model):
    """A caller's name as they said it when they came in: `sound` as `spoken_names` has it. `key` is its
    address, which hosts are told. Gone with the conference's end."""

    call = models.CharField(_("call"), max_length=32, unique=True)
    key = models.CharField(_("key"), max_length=32, unique=True)
    conference = models.ForeignKey(
        "conferences.Conference",
        models.CASCADE,
        related_name="spoken_names",
        verbose_name=_("conference"),
    )
    participant = models.CharField(_("participant"), max_length=32)
    sound = models.BinaryField(_("sound"))

    class Meta:
        verbose_name = _("spoken name")
        verbose_name_plural = _("spoken names")

    def __str__(self) -> str:
        return self.participant


class CallRecord(models.Model):
    """One call, from its first ring to its end, also if it reached no conference. Times are milliseconds
    since 1970; empty: it did not happen. Never changed but by what comes later, and by the comparison with
    the bridge's own record (`vendor`, as `events.CdrReady` brought it)."""

    leg = models.CharField(_("call"), max_length=32, unique=True)
    bridge = models.CharField(_("bridge"), max_length=32)
    conference = models.ForeignKey(
        "conferences.Conference",
        models.SET_NULL,
        related_name="calls",
        null=True,
        blank=True,
        verbose_name=_("conference"),
    )
    participant = models.CharField(_("participant"), max_length=32, blank=True)
    direction = models.CharField(
        _("direction"), max_length=3, choices=[(way.value, label) for way, label in DIRECTION_LABELS.items()]
    )
    caller = models.CharField(_("from"), max_length=64, blank=True)
    dialled = models.CharField(_("to"), max_length=64, blank=True)
    started_at = models.BigIntegerField(_("began, in milliseconds"))
    answered_at = models.BigIntegerField(_("answered, in milliseconds"), null=True)
    joined_at = models.BigIntegerField(_("joined, in milliseconds"), null=True)
    ended_at = models.BigIntegerField(_("ended, in milliseconds"), null=True)
    cause = models.CharField(
        _("cause"),
        max_length=16,
        choices=[(cause.value, label) for cause, label in CAUSE_LABELS.items()],
        blank=True,
    )
    sip_code = models.PositiveSmallIntegerField(_("SIP code"), default=0)
    q850 = models.PositiveSmallIntegerField(_("Q.850 cause"), default=0)
    codec = models.CharField(_("codec"), max_length=32, blank=True)
    mos = models.FloatField(_("quality (MOS)"), default=0)
    loss_percent = models.FloatField(_("loss in percent"), default=0)
    jitter_ms = models.FloatField(_("jitter in milliseconds"), default=0)
    vendor = models.JSONField(_("the bridge's own record"), default=dict, blank=True)
    reconciled_at = models.BigIntegerField(_("compared, in milliseconds"), null=True)
    difference = models.CharField(_("difference"), max_length=200, blank=True)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("call record")
        verbose_name_plural = _("call records")
        indexes = [
            models.Index(fields=["-started_at"], name="calls_by_time"),
            models.Index(fields=["bridge"], condition=models.Q(ended_at=None), name="calls_open"),
        ]

    def __str__(self) -> str:
        return self.leg
