import json

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from auth_gateway.audit import audit_write
from auth_gateway.audited_admin import ReadOnlyAdmin
from auth_gateway.callers import caller_of
from billing.context import MOMENTS
from billing.examining import lines_of, rows_of
from billing.models import Delivery, DeliveryState, Record
from billing.outbox import deliveries_retry
from billing.tables import records_csv
from conferences.clock import now
from meetingserver.moments import written


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    list_display = ("moment", "kind", "subject", "account", "version", "is_current")
    list_display_links = ("subject",)
    list_filter = ("kind",)
    list_per_page = 100
    search_fields = ("=id", "subject", "=account", "=conference", "=subscriber")
    actions = ("as_csv",)
    fields = (
        *("id", "kind", "subject", "version", "correction", "conference", "account", "moment"),
        *("brought", "said"),
    )
    readonly_fields = fields
    ordering = ("-at", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Record]:
        return super().get_queryset(request).select_related("supersedes", "superseded_by")

    @admin.display(description=_("at"), ordering="at")
    def moment(self, record: Record) -> str:
        return written(record.at)

    @admin.display(description=_("holds"), boolean=True)
    def is_current(self, record: Record) -> bool:
        return not hasattr(record, "superseded_by")

    @admin.display(description=_("corrects"))
    def correction(self, record: Record) -> str:
        if record.supersedes is None:
            return "–"
        url = reverse("admin:billing_record_change", args=[record.supersedes.pk])
        return format_html('<a href="{}">{}</a>', url, record.supersedes.pk)

    @admin.display(description=_("deliveries"))
    def brought(self, record: Record) -> SafeString | str:
        """Where it went, and how far it came."""
        lines = [
            (
                reverse("admin:billing_delivery_change", args=[delivery.pk]),
                delivery.target,
                delivery.get_state_display(),
                delivery.failure,
            )
            for delivery in record.deliveries.all()
        ]
        return format_html_join("", '<div><a href="{}">{}</a>: {} {}</div>', lines) or "–"

    @admin.display(description=_("what it says"))
    def said(self, record: Record) -> SafeString:
        """As it is, and with the moments of its times."""
        lines = json.dumps(record.body, indent=2, ensure_ascii=False).splitlines()
        moments = {name: record.body[name] for name in MOMENTS & record.body.keys()}
        for place, line in enumerate(lines):
            if at := moments.get(line.partition(":")[0].strip(' "')):
                lines[place] = f"{line}   ({written(at)})"
        return format_html("<pre>{}</pre>", "\n".join(lines))

    @admin.action(description=_("Download the selected records as CSV"), permissions=["view"])
    def as_csv(self, request: HttpRequest, queryset: QuerySet[Record]) -> HttpResponse:
        audit_write(action="billing export", who=request.user.get_username(), caller=caller_of(request))
        response = HttpResponse(records_csv(queryset), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="billing-records.csv"'
        return response


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("record", "target", "state", "failure", "when", "tries")
    list_filter = ("state", "target")
    list_select_related = ("record",)
    list_per_page = 100
    search_fields = ("record__subject", "=record__account", "=record__conference", "failure")
    actions = ("retry",)
    fields = ("record", "target", "state", "failure", "when", "tries", "made_now")
    readonly_fields = fields
    change_form_template = "billing/admin_delivery.html"

    @admin.display(description=_("delivered, or due"), ordering="delivered_at")
    def when(self, delivery: Delivery) -> str:
        at = delivery.delivered_at or (delivery.due_at if delivery.state == DeliveryState.WAITING else 0)
        return written(at)

    @admin.display(description=_("what the mapping file makes of it now"))
    def made_now(self, delivery: Delivery) -> SafeString | str:
        """So that whoever mends the mapping file sees what was wrong, and whether it is right now."""
        target = settings.BILLING.targets.get(delivery.target)
        if target is None:
            return gettext("The mapping file has no such target.")
        ((_record, made),) = rows_of(target, [delivery.record])
        return format_html("<pre>{}</pre>", "\n".join(lines_of(made)))

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("billing.change_delivery")

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.again)
        return [path("<int:pk>/again/", again, name="billing_delivery_again"), *super().get_urls()]

    def again(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The button on a dead letter's page."""
        if request.method == "POST" and self.has_retry_permission(request):
            self.retry(request, Delivery.objects.filter(pk=pk))
        return redirect("admin:billing_delivery_change", pk)

    @admin.action(description=_("Deliver again what could not be delivered"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        count = deliveries_retry(queryset, now=now())
        who = request.user.get_username()
        audit_write(action="billing retry", who=who, caller=caller_of(request), details=str(count))
        text = ngettext("%(number)d delivery waits again.", "%(number)d deliveries wait again.", count) % {
            "number": count
        }
        messages.success(request, text) if count else messages.warning(request, _("Nothing had failed."))
