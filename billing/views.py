"""My usage: what a host's meetings came to, month by month."""

import datetime as dt
import re

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.selectors import conferences_held, month_used, months_used, next_month, told_of
from billing.tables import conferences_csv
from conferences.clock import now
from conferences.views.asking import subscriber
from meetingserver.moments import moment_of

MONTHS = 12
"""On one page."""
CONFERENCES = 100


@require_safe
@never_cache
@login_required
def usage(request: HttpRequest) -> HttpResponse:
    """`before`: a month such as 2026-11; those before it alone."""
    before = re.fullmatch(r"(\d{4})-(\d{1,2})", request.GET.get("before", ""))
    first = _first(int(before[1]), int(before[2])) if before else None
    months = months_used(subscriber(request), before=first, most=MONTHS + 1)
    shown = months[:MONTHS]
    described = {
        "months": shown,
        "most": max((month.people_minutes for month in shown), default=0),
        "earlier_than": shown[-1].first if len(months) > MONTHS else None,
        "is_newest": first is None,
    }
    return render(request, "billing/usage.html", described)


@require_safe
@never_cache
@login_required
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = _first(year, month)
    previous = (first - dt.timedelta(days=1)).replace(day=1)
    following = next_month(first)
    has_begun = following <= moment_of(now()).date()
    held = Paginator(conferences_held(subscriber(request), first), CONFERENCES)
    page = held.get_page(request.GET.get("page"))
    described = {
        "month": month_used(subscriber(request), first),
        "page": page,
        "held": [told_of(record) for record in page],
        "previous": previous,
        "following": following if has_begun else None,
    }
    return render(request, "billing/month.html", described)


@require_safe
@never_cache
@login_required
def month_as_csv(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = _first(year, month)
    held = conferences_held(subscriber(request), first).reverse()
    response = HttpResponse(conferences_csv(held.iterator()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="usage-{first:%Y-%m}.csv"'
    return response


def _first(year: int, month: int) -> dt.date:
    if not (2000 <= year <= 2199 and 1 <= month <= 12):
        raise Http404
    return dt.date(year, month, 1)
