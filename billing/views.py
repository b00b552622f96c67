"""My usage: what a host's meetings came to, month by month."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.selectors import Month, moment_of, month_used, months_used, next_month
from billing.tables import month_csv
from conferences.clock import now
from conferences.views.asking import subscriber


@require_safe
@never_cache
@login_required
def usage(request: HttpRequest) -> HttpResponse:
    months = months_used(subscriber(request))
    most = max((month.people_minutes for month in months), default=0)
    return render(request, "billing/usage.html", {"months": months, "most": most})


@require_safe
@never_cache
@login_required
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    found = _month(request, year, month)
    previous = (found.first - dt.timedelta(days=1)).replace(day=1)
    following = next_month(found.first)
    has_begun = following <= moment_of(now()).date()
    described = {"month": found, "previous": previous, "following": following if has_begun else None}
    return render(request, "billing/month.html", described)


@require_safe
@never_cache
@login_required
def month_as_csv(request: HttpRequest, year: int, month: int) -> HttpResponse:
    found = _month(request, year, month)
    response = HttpResponse(month_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="usage-{found.first:%Y-%m}.csv"'
    return response


def _month(request: HttpRequest, year: int, month: int) -> Month:
    if not (2000 <= year <= 2199 and 1 <= month <= 12):
        raise Http404
    return month_used(subscriber(request), dt.date(year, month, 1))
