"""What whoever runs the server must know about deliveries, on every page of the administration."""

from typing import Any

from django import template
from django.http import HttpRequest

from billing.destinations import target_names
from billing.selectors import lag
from conferences.clock import now
from meetingserver.moments import moment_of

register = template.Library()


@register.inclusion_tag("billing/_alarm.html", takes_context=True)
def billing_alarm(context: template.Context) -> dict[str, Any]:
    request: HttpRequest = context["request"]
    if not request.user.has_perm("billing.view_delivery"):
        return {}
    found = lag(target_names())
    return {"lag": found, "late_since": moment_of(found.oldest_at) if found.is_late(now()) else None}
