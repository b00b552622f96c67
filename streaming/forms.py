"""What watchers fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PasscodeForm(forms.Form):
    """The passcode of one recording."""

    passcode = forms.CharField(
        label=_("Passcode"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
