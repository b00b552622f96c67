import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from auth_gateway.models import User
from conferences.models import Room
from meetingserver.branding.page import brands_to_choose

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2199, 12, 31)


LONGEST_CODE = 64

ROOM_GROUPS = (
    (
        _("The room"),
        ("name", "brand", "language", "guests_allowed", "start_without_host", "lobby", "auto_lock_min"),
    ),
    (_("In the meeting"), ("mute_on_entry", "tones", "guests_share", "chat_kept", "chat_files")),
    (
        _("By phone"),
        ("callers_allowed", "callers_unmute", "callers_say_names", "announce_callers", "dial_out"),
    ),
    (
        pgettext_lazy("noun", "Recording"),
        (
            "recording",
            "record_cameras",
            "record_screens",
            "record_slides",
            "record_chat",
            "record_polls",
            "recordings_seen_by",
            "recordings_kept_days",
        ),
    ),
    (_("Billing"), ("asks_billing_code", "billing_codes")),
    (_("The end"), ("host_leaves", "host_leaves_after_min")),
)


class RoomForm(forms.ModelForm):
    """What a subscriber decides about a room."""

    language = forms.ChoiceField(
        label=capfirst(_("language of its pages, invitations and phone prompts")),
        choices=[("", _("what each browser asks for")), *settings.LANGUAGES],
        required=False,
    )

    class Meta:
        model = Room
        fields = [name for _, names in ROOM_GROUPS for name in names]
        widgets = {"billing_codes": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def __init__(self, *args: Any, owner: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looks = brands_to_choose(owner)
        if len(looks) < 2:
            del self.fields["brand"]
            return
        choices = [("", _("as the server has it")), *looks]
        self.fields["brand"] = forms.ChoiceField(
            label=self.fields["brand"].label, choices=choices, required=False
        )

    def clean_billing_codes(self) -> str:
        """Each on its line, once."""
        codes = dict.fromkeys(line.strip() for line in self.cleaned_data["billing_codes"].splitlines())
        if any(len(code) > LONGEST_CODE for code in codes):
            raise forms.ValidationError(_("A billing code has at most 64 characters."))
        return "\n".join(code for code in codes if code)

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        for heading, names in ROOM_GROUPS:
            yield str(heading), [self[name] for name in names if name in self.fields]


class SeatForm(forms.Form):
    """Who asks for a seat."""

    name = forms.CharField(max_length=60)
    pin = forms.CharField(max_length=6, required=False)
    billing_code = forms.CharField(max_length=64, required=False)


class AppointmentForm(forms.Form):
    """When a conference is to be; `starts_at` knows its zone."""

    date = forms.DateField(
        label=_("Date"), input_formats=["%Y-%m-%d"], error_messages={"invalid": _("This is no date.")}
    )
    time = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": _("This is no time.")},
    )
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=24 * 60)
    zone = forms.CharField(label=_("Time zone"), max_length=60)
    reminder = forms.BooleanField(required=False)

    def clean_date(self) -> dt.date:
        chosen: dt.date = self.cleaned_data["date"]
        if not EARLIEST <= chosen <= LATEST:
            raise forms.ValidationError(_("Please choose a date between the years 2000 and 2199."))
        return chosen

    def clean_zone(self) -> ZoneInfo:
        name: str = self.cleaned_data["zone"]
        if name not in available_timezones():
            raise forms.ValidationError(_("This time zone is not known here."))
        return ZoneInfo(name)

    def clean(self) -> dict[str, Any]:
        wish = super().clean() or {}
        if {"date", "time", "zone"} <= wish.keys():
            wish["starts_at"] = _existing(dt.datetime.combine(wish["date"], wish["time"], wish["zone"]))
        return wish


def _existing(moment: dt.datetime) -> dt.datetime:
    """An hour that clocks leave out when summer begins is the one that they go on with."""
    return moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
