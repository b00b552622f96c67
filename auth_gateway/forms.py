"""The sign-in form: throttled, and with one answer for every failure."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from auth_gateway.throttle import Limit, throttle_check_all, throttle_forget

MINUTES_15 = 15 * 60


class SignInForm(AuthenticationForm):
    """`now` in seconds since 1970."""

    error_messages = {
        "invalid_login": _("This user name and password do not fit together, or there were too many tries."),
        "inactive": _("This user name and password do not fit together, or there were too many tries."),
    }

    def __init__(self, *args: Any, now: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        if not throttle_check_all(self._limits(), self.now):
            make_password(self.cleaned_data.get("password", ""))  # takes the time of looking at a password
            raise self.get_invalid_login_error()
        cleaned = super().clean()
        throttle_forget(self._caller_key(), MINUTES_15, self.now)
        return cleaned

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid_login"], code="invalid_login")

    def _account(self) -> str:
        return str(self.cleaned_data.get("username", "")).casefold()

    def _address(self) -> str:
        return str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""

    def _caller_key(self) -> str:
        return f"sign-in account {self._account()} from {self._address()}"

    def _limits(self) -> list[Limit]:
        """The account's own limit is wide, so that a stranger's guesses do not soon lock somebody out."""
        return [
            Limit(self._caller_key(), 10, MINUTES_15),
            Limit(f"sign-in address {self._address()}", 60, MINUTES_15),
            Limit(f"sign-in account {self._account()}", 50, MINUTES_15),
            Limit("sign-in", 1000, MINUTES_15),
        ]
