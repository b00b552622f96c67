"""Milliseconds, as templates show them."""

import datetime as dt

from django import template

from meetingserver.moments import moment_of

register = template.Library()


@register.filter
def moment(millis: int | None) -> dt.datetime | None:
    """Milliseconds since 1970 as a moment in the zone of the settings."""
    return None if millis is None else moment_of(millis)


@register.filter
def lasting(millis: int) -> str:
    """A length: `1:02:03`, or `2:03` when it is shorter than an hour."""
    seconds = millis // 1000
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{minutes}:{seconds % 60:02}"


@register.filter
def clock(millis: int) -> str:
    """As one writes it into a field: `2:03`, or `2:03.5` where it is no whole second."""
    part = f".{millis % 1000:03}".rstrip("0") if millis % 1000 else ""
    return lasting(millis) + part
