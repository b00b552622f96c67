"""Who somebody is: the one user model of hosts, admins and integrators. Guests have no row."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from meetingserver.branding.brand import KEY

ROLES = [("guest", _("guest")), ("presenter", _("presenter")), ("host", _("host"))]

OUTCOMES = [
    ("done", _("done")),
    ("allowed", _("allowed")),
    ("denied", _("denied")),
    ("unavailable", _("unavailable")),
]


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """`password=None` makes an account that signs in by other means only."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A subscriber (host), an admin, or both. `language` empty means: what the browser asks for.

    Whom the site's sign-in service vouches for has a `gateway_id` and no password here; all but rights in the
    administration is then as its last answer said. `conferences` None: any.
    """

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Somebody else already has this user name.")},
    )
    display_name = models.CharField(_("display name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    gateway_id = models.CharField(
        _("id at the sign-in service"), max_length=160, unique=True, null=True, blank=True, editable=False
    )
    role = models.CharField(_("role"), max_length=10, choices=ROLES, default="host")
    account = models.CharField(_("customer"), max_length=64, blank=True, db_index=True)
    billing_code = models.CharField(_("billing code"), max_length=64, blank=True)
    conferences = models.JSONField(_("rooms they may enter"), null=True, blank=True)
    max_participants = models.PositiveIntegerField(
        _("participants in a conference"), default=0, help_text=_("0: no limit of their own")
    )
    features = models.JSONField(_("features"), default=dict, blank=True)
    brand = models.CharField(_("brand"), max_length=64, blank=True)
    expires_at = models.BigIntegerField(_("known until, in seconds"), default=0, editable=False)
    signed_out_at = models.BigIntegerField(
        _("signed out everywhere, in milliseconds"), default=0, editable=False
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may use the administration"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.username

    def get_session_auth_hash(self) -> str:
        """Sessions end with the password they began with, and when somebody is signed out everywhere."""
        return salted_hmac(
            "auth_gateway.session", f"{self.password} {self.signed_out_at}", algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class Account(models.Model):
    """A customer: what its people may use together. 0: no limit. Answers of a sign-in service go before."""

    code = models.CharField(_("code"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    rate = models.CharField(
        _("rate"),
        max_length=64,
        blank=True,
        help_text=_("What your price list calls it; goes into billing."),
    )
    ports = models.PositiveIntegerField(
        _("participants at a time"), default=0, help_text=_("In all its conferences together. 0: no limit")
    )
    ports_per_conference = models.PositiveIntegerField(
        _("participants in a conference"), default=0, help_text=_("0: no limit of its own")
    )
    recording_minutes = models.PositiveIntegerField(
        _("minutes of recordings in a month"), default=0, help_text=_("0: no limit")
    )
    may_record = models.BooleanField(_("may record"), default=True)
    may_share = models.BooleanField(_("may share screens"), default=True)
    may_send_files = models.BooleanField(_("may send files in the chat"), default=True)
    may_dial_out = models.BooleanField(_("may call telephones"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("customer")
        verbose_name_plural = _("customers")

    def __str__(self) -> str:
        return self.name or self.code


class UploadedBrand(models.Model):
    """A brand that a customer made, as its archive came. Its files lie in `BRAND_UPLOADS`."""

    key = models.CharField(
        _("name"), max_length=40, unique=True, validators=[RegexValidator(rf"^(?:{KEY.pattern})\Z")]
    )
    archive = models.BinaryField(_("archive"))
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("uploaded brand")
        verbose_name_plural = _("uploaded brands")

    def __str__(self) -> str:
        return self.key


class UsedLink(models.Model):
    """A signed link, or a message to us, that was used: it is good once. Forgotten when it has ended."""

    id = models.CharField(max_length=128, primary_key=True)
    expires_at = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.id


class AuditEntry(models.Model):
    """Who did what, or was refused what and why. Never changed; holds no secrets."""

    at = models.BigIntegerField(_("at, in milliseconds"), db_index=True)
    action = models.CharField(_("action"), max_length=40)
    outcome = models.CharField(_("outcome"), max_length=12, choices=OUTCOMES)
    who = models.CharField(_("who"), max_length=150, blank=True)
    address = models.CharField(_("from where"), max_length=64, blank=True)
    subject = models.CharField(_("about"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=64, blank=True)
    details = models.CharField(_("details"), max_length=500, blank=True)
    request_id = models.CharField(_("request"), max_length=32, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")

    def __str__(self) -> str:
        return f"{self.who or '–'}: {self.get_outcome_display()}"
