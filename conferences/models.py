"""Rooms, the conferences held in them, and their journals."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from auth_gateway.limits import NO_LIMITS, Limits
from conferences.core.words import (
    BillingAsked,
    CallerEntry,
    ChatFiles,
    Dialers,
    HostLeaves,
    Part,
    Policy,
    RecordMode,
)

HOST_LEAVES_LABELS = {
    HostLeaves.CARRY_ON: _("carries on"),
    HostLeaves.END: _("ends after a minute"),
    HostLeaves.END_LATER: _("ends some minutes later"),
}
CHAT_FILES_LABELS = {
    ChatFiles.EVERYONE: _("everyone"),
    ChatFiles.PRESENTERS: _("presenters and hosts"),
    ChatFiles.NOBODY: _("nobody"),
}

DIALERS_LABELS = {
    Dialers.NOBODY: _("nobody"),
    Dialers.HOSTS: _("hosts"),
    Dialers.EVERYONE: _("hosts, and everyone for themselves"),
}
CALLER_ENTRY_LABELS = {
    CallerEntry.TONE: _("a tone"),
    CallerEntry.NAME: _("the name"),
    CallerEntry.NOTHING: _("nothing"),
}

BILLING_ASKED_LABELS = {
    BillingAsked.NO: _("no"),
    BillingAsked.OPTIONAL: _("yes, who has one"),
    BillingAsked.MANDATORY: _("yes, and must say one"),
}

RECORD_MODE_LABELS = {
    RecordMode.OFF: _("never"),
    RecordMode.ON_DEMAND: _("when a host starts it"),
    RecordMode.ALWAYS: _("always, from the beginning"),
}


class Viewers(models.TextChoices):
    """Who may watch a recording, beside its owner."""

    PRIVATE = "private", _("nobody else")
    PARTICIPANTS = "participants", _("who took part, signed in")
    PASSCODE = "passcode", _("who has the passcode")
    PUBLIC = "public", _("everybody who has the link")


class Room(models.Model):
    """A subscriber's permanent, reservationless place."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="rooms", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("link"), max_length=60, unique=True)
    code = models.CharField(_("access code"), max_length=9, unique=True, editable=False)
    host_pin = models.CharField(_("host PIN, hashed"), max_length=128, editable=False)
    guests_allowed = models.BooleanField(_("guests may join without an account"), default=True)
    start_without_host = models.BooleanField(_("start without a host"), default=False)
    lobby = models.BooleanField(_("let everyone in one by one (lobby)"), default=False)
    mute_on_entry = models.BooleanField(_("mute people when they join"), default=False)
    guests_share = models.BooleanField(_("guests may share their screen"), default=True)
    tones = models.BooleanField(_("a soft tone when somebody comes or leaves"), default=True)
    chat_kept = models.BooleanField(_("latecomers see the earlier chat"), default=True)
    chat_files = models.CharField(
        _("files in the chat are sent by"),
        max_length=10,
        choices=[(choice.value, CHAT_FILES_LABELS[choice]) for choice in ChatFiles],
        default=ChatFiles.EVERYONE.value,
    )
    callers_allowed = models.BooleanField(_("people may join by phone"), default=True)
    callers_unmute = models.BooleanField(_("callers whom a host muted may unmute themselves"), default=True)
    dial_out = models.CharField(
        _("phones are called by"),
        max_length=10,
        choices=[(choice.value, DIALERS_LABELS[choice]) for choice in Dialers],
        default=Dialers.HOSTS.value,
    )
    callers_say_names = models.BooleanField(
        _("callers whose name is not known say it before they come in"), default=False
    )
    announce_callers = models.CharField(
        _("when a caller comes in, everyone hears"),
        max_length=10,
        choices=[(choice.value, CALLER_ENTRY_LABELS[choice]) for choice in CallerEntry],
        default=CallerEntry.TONE.value,
    )
    host_leaves = models.CharField(
        _("when the host leaves, the conference"),
        max_length=16,
        choices=[(choice.value, HOST_LEAVES_LABELS[choice]) for choice in HostLeaves],
        default=HostLeaves.CARRY_ON.value,
    )
    host_leaves_after_min = models.PositiveSmallIntegerField(_("… after this many minutes"), default=10)
    auto_lock_min = models.PositiveSmallIntegerField(
        _("lock after this many minutes"), default=0, help_text=_("0: never")
    )
    recording = models.CharField(
        _("conferences are recorded"),
        max_length=10,
        choices=[(choice.value, RECORD_MODE_LABELS[choice]) for choice in RecordMode],
        default=RecordMode.ON_DEMAND.value,
    )
    record_cameras = models.BooleanField(_("record cameras"), default=True)
    record_screens = models.BooleanField(_("record shared screens"), default=True)
    record_slides = models.BooleanField(_("record slides and whiteboards"), default=True)
    record_chat = models.BooleanField(_("record the chat for everyone"), default=True)
    record_polls = models.BooleanField(_("record polls and questions"), default=True)
    recordings_seen_by = models.CharField(
        _("recordings are watched by"), max_length=12, choices=Viewers.choices, default=Viewers.PRIVATE
    )
    recordings_kept_days = models.PositiveSmallIntegerField(
        _("delete recordings after this many days"), default=0, help_text=_("0: never")
    )
    asks_billing_code = models.CharField(
        _("hosts are asked for a billing code"),
        max_length=10,
        choices=[(choice.value, BILLING_ASKED_LABELS[choice]) for choice in BillingAsked],
        default=BillingAsked.NO.value,
    )
    billing_codes = models.TextField(
        _("codes that are accepted, one on each line"),
        max_length=4000,
        blank=True,
        help_text=_("Empty: any. # is any digit, and * anything. By phone only digits can be entered."),
    )
    brand = models.CharField(_("look"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("conferences:room", args=[self.slug])

    @property
    def code_spaced(self) -> str:
        """As people read it aloud: `123 456 789`."""
        return f"{self.code[:3]} {self.code[3:6]} {self.code[6:]}"

    @property
    def brands(self) -> tuple[str, str]:
        """Its own, and its owner's; either may be empty. The first that exists counts."""
        return self.brand, self.owner.brand

    @property
    def accepted_billing_codes(self) -> tuple[str, ...]:
        """None: any."""
        return tuple(code for line in self.billing_codes.splitlines() if (code := line.strip()))

    def policy(self, *, seats: int, length_s: int, lone_s: int, limits: Limits = NO_LIMITS) -> Policy:
        """How conferences of this room are to be run; with how many participants, how long, and how long by
        somebody who is alone says the server. `limits`: what its owner may use."""
        return Policy(
            lobby=self.lobby,
            start_without_host=self.start_without_host,
            mute_on_entry=self.mute_on_entry,
            guests_share=self.guests_share,
            tones=self.tones,
            chat_kept=self.chat_kept,
            sharing=limits.allows("share"),
            chat_files=ChatFiles(self.chat_files) if limits.allows("files") else ChatFiles.NOBODY,
            callers_allowed=self.callers_allowed,
            callers_unmute=self.callers_unmute,
            dial_out=Dialers(self.dial_out) if limits.allows("dial_out") else Dialers.NOBODY,
            announce_callers=CallerEntry(self.announce_callers),
            recording=RecordMode(self.recording) if limits.allows("record") else RecordMode.OFF,
            recorded=tuple(part for part in Part if getattr(self, f"record_{part}")),
            host_leaves=HostLeaves(self.host_leaves),
            host_leaves_after_s=self.host_leaves_after_min * 60,
            auto_lock_s=self.auto_lock_min * 60,
            seats=min(seats, limits.ports_per_conference or seats),
            length_s=length_s,
            lone_s=lone_s,
        )


class ConferenceServer(models.Model):
    """A process that carries conferences. It says every few seconds that it lives."""

    name = models.CharField(_("name"), max_length=80, primary_key=True)
    seen_at = models.BigIntegerField(_("last seen, in milliseconds"))
    draining = models.BooleanField(_("gets no new conferences"), default=False)

    class Meta:
        verbose_name = _("conference server")
        verbose_name_plural = _("conference servers")

    def __str__(self) -> str:
        return self.name


class Conference(models.Model):
    """One meeting held in a room. What happened stands in its journal; these columns are for finding it.

    `server` owns it while its lease runs; every change of owner raises `epoch`. `left_at`: until when its
    former server was heard of, kept for the next.
    """

    id = models.CharField(_("id"), max_length=22, primary_key=True)
    room = models.ForeignKey(Room, models.CASCADE, related_name="conferences", verbose_name=_("room"))
    created_at = models.BigIntegerField(_("created, in milliseconds"))
    ended_at = models.BigIntegerField(_("ended, in milliseconds"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=16, blank=True)
    server = models.CharField(_("conference server"), max_length=80, blank=True)
    epoch = models.PositiveIntegerField(_("epoch"), default=0)
    left_at = models.BigIntegerField(_("left by its server, in milliseconds"), default=0)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=models.Q(ended_at__isnull=True), name="one_running_per_room"
            )
        ]
        indexes = [models.Index(fields=["ended_at"], name="by_end")]

    def __str__(self) -> str:
        return f"{self.room} {self.id}"


class JournalEntry(models.Model):
    """One event. Append-only; numbered without holes."""

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="journal", verbose_name=_("conference")
    )
    seq = models.PositiveIntegerField(_("number"))
    at = models.BigIntegerField(_("at, in milliseconds"))
    event = models.TextField(_("event"))

    class Meta:
        ordering = ["conference", "seq"]
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        constraints = [models.UniqueConstraint(fields=["conference", "seq"], name="numbered_once")]

    def __str__(self) -> str:
        return f"{self.conference_id} #{self.seq}"


class Document(models.Model):
    """A file that somebody brought to a conference. Its original and its pages are files under
    `documents/<id>/`; what the conference makes of it stands in the journal.

    `status` moves waiting → converting → ready or failed, by compare-and-set; back to waiting once, when its
    worker was not heard of for long (`seen_at`). `size`: of the original, and then of its
    pages too.
    """

    WAITING, CONVERTING, READY, FAILED = "waiting", "converting", "ready", "failed"

    id = models.CharField(_("id"), max_length=22, primary_key=True)
    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="documents", verbose_name=_("conference")
    )
    name = models.CharField(_("name"), max_length=120)
    format = models.CharField(_("format"), max_length=8)
    status = models.CharField(_("status"), max_length=10, default=WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    seen_at = models.BigIntegerField(_("last progress, in milliseconds"))
    pages = models.PositiveIntegerField(_("pages"), default=0)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    released = models.BooleanField(_("everybody may download it"), default=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name


class ChatFile(models.Model):
    """A file that somebody sent in the chat of a conference: files under `chat/<id>/`. Its line stands in the
    journal; the row counts, and gives the download its name."""

    id = models.CharField(_("id"), max_length=22, primary_key=True)
    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="chat_files", verbose_name=_("conference")
    )
    participant = models.CharField(_("participant"), max_length=32)
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("file in the chat")
        verbose_name_plural = _("files in the chat")

    def __str__(self) -> str:
        return self.name


class Errand(models.Model):
    """A system command that a worker leaves for the server which has the conference: the only way from there
    into the journal. In order of their keys; gone when done."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="errands")
    command = models.TextField(_("command"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("errand")
        verbose_name_plural = _("errands")

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.command[:80]}"


class Port(models.Model):
    """A place that somebody takes in a running conference, from before they come in until they have left.
    What a customer's people take together is counted by these."""

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="ports", verbose_name=_("conference")
    )
    participant = models.CharField(_("participant"), max_length=64)
    username = models.CharField(_("user name"), max_length=150, blank=True, db_index=True)

    class Meta:
        verbose_name = _("place in use")
        verbose_name_plural = _("places in use")
        constraints = [
            models.UniqueConstraint(fields=["conference", "participant"], name="one_port_per_participant")
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.participant}"


class Snapshot(models.Model):
    """The state after event `seq`: keeps rebuilds short. May be thrown away at any time."""

    conference = models.OneToOneField(Conference, models.CASCADE, primary_key=True, related_name="snapshot")
    seq = models.PositiveIntegerField()
    state = models.TextField()

    def __str__(self) -> str:
        return f"{self.conference_id} after #{self.seq}"
