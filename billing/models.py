"""What is billed: immutable records, and what of them was delivered where."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.clock import now


class Kind(models.TextChoices):
    CONFERENCE = "conference", _("conference")
    LEG = "leg", _("connection")
    RECORDING = "recording", _("recording")
    STORAGE = "storage", _("storage of a day")
    USAGE = "usage", _("usage of a day")


class Immutable(Exception):
    """A record is never changed; a correction is a new one that supersedes it."""


class Record(models.Model):
    """One fact to be billed. `subject` says of what: a conference, a leg, a recording,
    `account/2026-11-23`. There is one for each subject and version; `body` is as `billing.tally` and
    `billing.daily` make it, with times in milliseconds since 1970; `subscriber` is whose rooms it is about,
    where it says so. `id` is made from kind, subject and version: the same journal gives the same records."""

    id = models.CharField(_("id"), max_length=32, primary_key=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    subject = models.CharField(_("of"), max_length=120)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("corrects"),
    )
    conference = models.CharField(_("conference"), max_length=22, blank=True, db_index=True)
    account = models.CharField(_("account"), max_length=64, blank=True, db_index=True)
    subscriber = models.CharField(_("host"), max_length=150, blank=True)
    at = models.BigIntegerField(_("of when, in milliseconds"), db_index=True)
    body = models.JSONField(_("what it says"))

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("billing record")
        verbose_name_plural = _("billing records")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "version"], name="one_of_each_version")
        ]
        indexes = [models.Index(fields=["subscriber", "at"], name="used_by_host")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"

    def save(self, *args: Any, **options: Any) -> None:
        """Raises Immutable for one that is there already."""
        if not self._state.adding:
            raise Immutable(self.pk)
        super().save(*args, **options)


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waits")
    DELIVERED = "delivered", _("delivered")
    DEAD = "dead", _("cannot be delivered")
    UNWANTED = "unwanted", _("not wanted there")


class Delivery(models.Model):
    """The outbox: one record on its way to one target of the mapping file. Made in the transaction that made
    the record. `since` it waits: however old is what the record speaks of. `failure` says in plain words what
    went wrong last; it holds no values of the record."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="deliveries", verbose_name=_("record"))
    target = models.CharField(_("target"), max_length=40)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    tries = models.PositiveIntegerField(_("tries"), default=0)
    since = models.BigIntegerField(_("put there, in milliseconds"), default=now)
    due_at = models.BigIntegerField(_("due, in milliseconds"), default=0)
    delivered_at = models.BigIntegerField(_("delivered, in milliseconds"), null=True, blank=True)
    failure = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["record", "target"], name="delivered_once")]
        indexes = [models.Index(fields=["target", "state", "id"], name="next_deliveries")]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.target}"
