"""`/healthz` for whoever restarts servers, `/metrics` for whoever watches them."""

import ipaddress
import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from meetingserver import metrics

logger = logging.getLogger(__name__)

Check = Callable[[], bool]


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False
    return True


checks: dict[str, Check] = {"database": database_answers}


warnings: dict[str, Check] = {}


def offer_warning(name: str, check: Check) -> None:
    """Like a check; but who hears of it has nothing to restart."""
    warnings[name] = check


def offer_check(name: str, check: Check) -> None:
    """`check()` says whether this part works. It may not wait; wiring offers the journal's and the media
    port's."""
    checks[name] = check


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    found = {name: check() for name, check in checks.items()}
    healthy = all(found.values())
    body = {
        "status": "ok" if healthy else "down",
        "version": settings.VERSION,
        "checks": {name: "ok" if works else "down" for name, works in found.items()},
        "warnings": [name for name, is_well in warnings.items() if healthy and not is_well()],
    }
    return JsonResponse(body, status=200 if healthy else 503)


@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    if not (_has_token(request) or _is_near(request)):
        raise Http404
    return HttpResponse(metrics.page(), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    expected = f"Bearer {settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and constant_time_compare(
        request.headers.get("Authorization", ""), expected
    )


def _is_near(request: HttpRequest) -> bool:
    try:
        caller = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(caller in network for network in settings.METRICS_ALLOWED)
