"""What owners fill in about a recording."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.core.words import Millis
from conferences.models import Viewers

_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:[.,](\d{1,3}))?")
"""Hours, minutes, seconds, and a part of a second."""


def read_time(text: str) -> Millis | None:
    """`1:02:03.5`, `62:03` or `90` (seconds); None: it is no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(group or 0) for group in found.groups()[:3])
    part = (found[4] or "").ljust(3, "0")
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(part)


class TimeField(forms.CharField):
    """A moment of a recording, in ms."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        time = read_time(text)
        if time is None:
            raise forms.ValidationError(_("Please write times like 1:02:03."))
        return time


class TrimForm(forms.Form):
    """`cuts` are as many pairs of fields as the page has."""

    begin = TimeField()
    end = TimeField()

    def clean(self) -> dict[str, Any]:
        wish = super().clean() or {}
        wish["cuts"] = list(zip(self._times("cut_begin"), self._times("cut_end"), strict=False))
        return wish

    def _times(self, name: str) -> list[Millis]:
        field = TimeField()
        return [field.clean(text) for text in self.data.getlist(name)]  # type: ignore[attr-defined]  # a QueryDict


class ViewersForm(forms.Form):
    viewers = forms.ChoiceField(choices=Viewers.choices)
    passcode = forms.CharField(max_length=60, required=False)


class RedactForm(forms.Form):
    """Those that are checked."""

    participants = forms.MultipleChoiceField(required=False)
    lines = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, data: Any, *, participants: list[str], lines: list[int]) -> None:
        super().__init__(data)
        self.fields["participants"].choices = [(one, one) for one in participants]  # type: ignore[attr-defined]
        self.fields["lines"].choices = [(str(one), str(one)) for one in lines]  # type: ignore[attr-defined]


class KeepForm(forms.Form):
    """Until the end of that day; empty: for ever."""

    until = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def clean_until(self) -> Millis | None:
        day: dt.date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose one that is still to come."))
        end = dt.datetime.combine(day, dt.time.max, timezone.get_current_timezone())
        return int(end.timestamp() * 1000)
