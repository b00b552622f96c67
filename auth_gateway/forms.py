"""The sign-in form: throttled, and with one answer for every failure."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from auth_gateway import asking, flows
from auth_gateway.audit import audit_write, named
from auth_gateway.callers import NOBODY, caller_of
from auth_gateway.contract import Allowed, Denied, Unavailable
from auth_gateway.models import User
from auth_gateway.services import SESSION_BACKEND, user_vouched_for
from auth_gateway.throttle import Limit, throttle_check_all, throttle_forget

MINUTES_15 = 15 * 60


class SignInForm(AuthenticationForm):
    """`now` in seconds since 1970."""

    error_messages = {
        "invalid_login": _("This user name and password do not fit together, or there were too many tries."),
        "inactive": _("This user name and password do not fit together, or there were too many tries."),
        "unavailable": _("The sign-in service is unavailable just now. Please try again in a moment."),
    }

    def __init__(self, *args: Any, now: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.caller = caller_of(self.request) if self.request else NOBODY

    def clean(self) -> dict[str, Any]:
        if not throttle_check_all(self._limits(), self.now):
            make_password(self.cleaned_data.get("password", ""))  # takes the time of looking at a password
            self._note_refusal("too_many_tries")
            raise self.get_invalid_login_error()
        cleaned = self._clean_elsewhere() if self._is_elsewhere() else self._clean_here()
        throttle_forget(self._caller_key(), MINUTES_15, self.now)
        return cleaned

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid_login"], code="invalid_login")

    @property
    def is_unavailable(self) -> bool:
        """Nobody was refused: there was nobody to ask."""
        return any(error.code == "unavailable" for error in self.non_field_errors().as_data())

    def _is_elsewhere(self) -> bool:
        """Passwords of our own users go nowhere, also wrong ones."""
        if not asking.asks("login"):
            return False
        own = User.objects.filter(username=self.cleaned_data.get("username", ""), gateway_id=None)
        return not own.exists()

    def _clean_here(self) -> dict[str, Any]:
        try:
            cleaned = super().clean()
        except ValidationError:
            self._note_refusal("wrong_password")
            raise
        if user := self.get_user():
            audit_write(action="sign-in", outcome="allowed", who=user.username, caller=self.caller)
        return cleaned

    def _clean_elsewhere(self) -> dict[str, Any]:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not username or not password:
            return self.cleaned_data
        match flows.login(username=username, password=password, caller=self.caller):
            case Allowed(identity):
                self._take(user_vouched_for(identity=identity))
            case Denied(message=message) if message:
                raise ValidationError(message, code="invalid_login")
            case Unavailable():
                raise ValidationError(self.error_messages["unavailable"], code="unavailable")
            case _:
                raise self.get_invalid_login_error()
        return self.cleaned_data

    def _take(self, user: User) -> None:
        if not user.is_active:
            self._note_refusal("locked")
            raise self.get_invalid_login_error()
        user.backend = SESSION_BACKEND  # type: ignore[attr-defined] # as django.contrib.auth.authenticate does
        self.user_cache = user

    def _note_refusal(self, reason: str) -> None:
        who = named(str(self.cleaned_data.get("username", "")))
        audit_write(action="sign-in", outcome="denied", who=who, caller=self.caller, reason=reason)

    def _account(self) -> str:
        return str(self.cleaned_data.get("username", "")).casefold()

    def _caller_key(self) -> str:
        return f"sign-in account {self._account()} from {self.caller.address}"

    def _limits(self) -> list[Limit]:
        """The account's own limit is wide, so that a stranger's guesses do not soon lock somebody out."""
        return [
            Limit(self._caller_key(), 10, MINUTES_15),
            Limit(f"sign-in address {self.caller.address}", 60, MINUTES_15),
            Limit(f"sign-in account {self._account()}", 50, MINUTES_15),
            Limit("sign-in", 1000, MINUTES_15),
        ]
