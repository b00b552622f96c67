"""Recordings: what is kept of a conference between start and stop, and how far its making is."""

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conferences.models import Viewers
from recording.timeline import Span, Timeline


class Status(models.TextChoices):
    """Where a recording is: recording → making → ready, or failed; from both it may be made anew."""

    RECORDING = "recording", _("is being recorded")
    MAKING = "making", _("is being made ready")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class Step(models.TextChoices):
    """What is done to make a recording ready, in this order."""

    VERIFY = "verify", _("checking what was captured")
    ALIGN = "align", _("putting the tracks in time")
    REMUX = "remux", _("packing the pictures")
    MIX = "mix", _("mixing the sound")
    BUNDLE = "bundle", _("gathering chat, slides and chapters")
    PUBLISH = "publish", _("publishing")


class ProgramStatus(models.TextChoices):
    """Of the one film for downloading."""

    NONE = "", _("not asked for")
    MAKING = "making", _("is being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class Recording(models.Model):
    """From one start to its stop. Its id is `<conference>-<number of the event that started it>`; its files
    lie under that name (docs/recording.md).

    `spans` are the server's times `[begin, end]` that were recorded; the end of the last is 0 while it runs.
    `cuts` are times taken out later. Both in milliseconds. `version` rises each time the bundle is made anew.
    `worked_at` is the lease of the worker that has it; 0: none has.
    """

    id = models.CharField(_("id"), max_length=40, primary_key=True)
    conference = models.ForeignKey(
        "conferences.Conference", models.CASCADE, related_name="recordings", verbose_name=_("conference")
    )
    title = models.CharField(_("title"), max_length=120)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RECORDING)
    step = models.CharField(_("step"), max_length=10, choices=Step.choices, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0)
    failure = models.CharField(_("what went wrong"), max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    worked_at = models.BigIntegerField(_("last progress, in milliseconds"), default=0)
    version = models.PositiveIntegerField(_("version"), default=0)
    live = models.BooleanField(_("watched while it runs"), default=False)

    started_at = models.BigIntegerField(_("started, in milliseconds"))
    stopped_at = models.BigIntegerField(_("stopped, in milliseconds"), null=True, blank=True)
    spans = models.JSONField(_("recorded times"), default=list)
    parts = models.JSONField(_("recorded parts"), default=list)
    cuts = models.JSONField(_("times cut out"), default=list)
    hidden_participants = models.JSONField(_("participants taken out"), default=list)
    hidden_lines = models.JSONField(_("lines of the chat taken out"), default=list)
    forgotten = models.JSONField(_("participants and lines taken out for good"), default=list)

    published = models.BooleanField(_("published"), default=True)
    viewers = models.CharField(_("watched by"), max_length=12, choices=Viewers.choices)
    passcode = models.CharField(_("passcode, hashed"), max_length=128, blank=True, editable=False)
    participants = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("accounts that took part")
    )
    length_ms = models.BigIntegerField(_("length in milliseconds"), default=0)
    size_bytes = models.BigIntegerField(_("size in bytes"), default=0)
    kept_until = models.BigIntegerField(_("kept until, in milliseconds"), null=True, blank=True)
    warned_at = models.BigIntegerField(_("owner warned, in milliseconds"), null=True, blank=True)
    program = models.CharField(_("film"), max_length=10, choices=ProgramStatus.choices, blank=True)
    program_percent = models.PositiveSmallIntegerField(_("film, percent"), default=0)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    def __str__(self) -> str:
        return self.title or self.pk

    def recorded(self, *, now: int) -> Timeline:
        """Of all that was recorded, until `now` where it still runs; what was cut out later is on it."""
        return Timeline(Span(begin, end or now) for begin, end in self.spans)

    def timeline(self, *, now: int) -> Timeline:
        """Of what is kept, until `now` where it still runs."""
        return self.recorded(now=now).without(Span(*cut) for cut in self.cuts)

    def set_passcode(self, passcode: str) -> None:
        """Empty: there is none."""
        self.passcode = make_password(passcode) if passcode else ""

    def is_passcode(self, passcode: str) -> bool:
        return bool(self.passcode) and check_password(passcode, self.passcode)


class Recorded(models.Model):
    """What a customer's people recorded, whatever becomes of the recording: their minutes of the month are
    counted by these, so that nobody gets them back by deleting."""

    recording = models.CharField(_("recording"), max_length=40, primary_key=True)
    account = models.CharField(_("customer"), max_length=64, blank=True)
    started_at = models.BigIntegerField(_("started, in milliseconds"))
    length_ms = models.BigIntegerField(_("length in milliseconds"))

    class Meta:
        verbose_name = _("recorded time")
        verbose_name_plural = _("recorded times")
        indexes = [models.Index(fields=["account", "started_at"], name="recorded_in_month")]

    def __str__(self) -> str:
        return self.recording


class Spool(models.Model):
    """A machine that captured a recording which is kept elsewhere. `chunks`: what it carried there, when that
    is all: their sizes in bytes, by their names below `raw/`; None: there may be more."""

    recording = models.ForeignKey(
        Recording, models.CASCADE, related_name="spools", verbose_name=_("recording")
    )
    machine = models.CharField(_("machine"), max_length=32)
    chunks = models.JSONField(_("all its chunks"), null=True, blank=True, default=None)

    class Meta:
        verbose_name = _("spool of a recording")
        verbose_name_plural = _("spools of recordings")
        constraints = [models.UniqueConstraint(fields=["recording", "machine"], name="one_spool_a_machine")]

    def __str__(self) -> str:
        return f"{self.recording_id} {self.machine}"


class Deed(models.TextChoices):
    """What somebody did with a recording."""

    OPENED = "opened", _("watched it")
    RENAMED = "renamed", _("renamed it")
    SHARED = "shared", _("changed who may watch it")
    PUBLISHED = "published", _("published it")
    WITHDRAWN = "withdrawn", _("unpublished it")
    TRIMMED = "trimmed", _("trimmed it")
    REDACTED = "redacted", _("changed what is taken out")
    FORGOTTEN = "forgotten", _("took something out for good")
    KEPT = "kept", _("changed how long it is kept")
    FILMED = "filmed", _("asked for the film")
    RETRIED = "retried", _("had it made again")
    WARNED = "warned", _("warned that it will be deleted")
    EXPIRED = "expired", _("deleted it when its time was over")
    DELETED = "deleted", _("deleted it")


class RecordingAudit(models.Model):
    """Who did what with a recording, when. Outlives it: `recording` is the id of one that may be gone.

    Openings by the same viewer within an hour are one line, counted in `times`. `by` is empty for the server
    itself, and for viewers without an account.
    """

    recording = models.CharField(_("recording"), max_length=40, db_index=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    deed = models.CharField(_("deed"), max_length=10, choices=Deed.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("by"),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80, blank=True)
    at = models.BigIntegerField(_("at, in milliseconds"))
    times = models.PositiveIntegerField(_("times"), default=1)
    details = models.CharField(_("details"), max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("deed with a recording")
        verbose_name_plural = _("deeds with recordings")

    def __str__(self) -> str:
        return f"{self.recording}: {self.get_deed_display()}"
