"""Bridges, their numbers, and what became of calls, in the administration."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from auth_gateway.audit import audit_write
from auth_gateway.audited_admin import AuditedAdmin, ReadOnlyAdmin
from auth_gateway.callers import caller_of
from bridges import simulated_phones
from bridges.adapters import Kind, kinds, title_of
from bridges.forms import PREFIX, BridgeForm, DialInNumberForm, asked_of, form_of
from bridges.health import health_of
from bridges.models import AllowedDestination, Bridge, CallRecord, DialInNumber, KnownNumber, MediaAttachment
from bridges.numbers import masked
from bridges.prompts import installed
from bridges.speech import languages_without_voice
from bridges.trial import connection_test, simulator_make
from conferences.clock import now
from meetingserver.moments import written

LIVE = Script("bridges/live.js", type="module")


class BridgeKind(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        used = Bridge.objects.order_by("type").values_list("type", flat=True).distinct()
        return [(kind, title_of(kind)) for kind in used]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Bridge]) -> QuerySet[Bridge]:
        return queryset.filter(type=self.value()) if self.value() else queryset


@admin.register(Bridge)
class BridgeAdmin(AuditedAdmin):
    """A new one is added in two steps: its kind, then what that kind wants to know."""

    list_display = ("label", "state", "kind", "enabled", "dials_out", "position")
    list_filter = (BridgeKind, "enabled")
    search_fields = ("label", "key")
    actions = ("test_connections",)
    change_list_template = "bridges/admin_bridges.html"
    change_form_template = "bridges/admin_bridge.html"

    class Media:
        css = {"all": ["bridges/admin.css"]}
        js = [LIVE]

    @admin.display(description=_("kind"), ordering="type")
    def kind(self, bridge: Bridge) -> str:
        return title_of(bridge.type)

    @admin.display(description=_("state"))
    def state(self, bridge: Bridge) -> str:
        return _shown_health(bridge)

    # The pages

    def get_urls(self) -> list[URLPattern]:
        def view(page: Any) -> Any:
            return self.admin_site.admin_view(page)

        return [
            path("simulator/", view(self.make_simulator), name="bridges_bridge_simulator"),
            path("<int:pk>/telephones/", view(self.telephones), name="bridges_bridge_telephones"),
            path(
                "<int:pk>/telephones/<str:leg>/<int:place>.wav",
                view(self.sound),
                name="bridges_bridge_sound",
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        wordless = languages_without_voice(installed()) if Bridge.objects.exists() else []
        told = {
            "simulator": Bridge.objects.filter(type="simulator").first(),
            "wordless": [str(dict(settings.LANGUAGES)[code]) for code in wordless],
        }
        return super().changelist_view(request, {**(extra_context or {}), **told})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.GET.get("type") in kinds() or not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        told = {
            **self.admin_site.each_context(request),
            "title": _("Add a bridge: of which kind?"),
            "kinds": sorted(kinds().values(), key=lambda kind: kind.name != "sip"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "bridges/admin_kinds.html", told)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> Any:
        bridge = options.get("obj")
        form = context["adminform"].form
        if getattr(form, "unreadable", False):
            messages.warning(request, _("Its settings cannot be read any more: enter them again."))
        context["bridge_kind"] = form.kind if isinstance(form, BridgeForm) else None
        context["health"] = _shown_health(bridge) if bridge else ""
        return super().render_change_form(request, context, *args, **options)

    # The form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is of a kind that is not installed cannot be changed; it can be deleted."""
        return super().has_change_permission(request, obj) and (obj is None or obj.type in kinds())

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if kind := _kind_of(request, obj):
            kwargs["form"] = form_of(kind)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kind = _kind_of(request, obj)
        if kind is None:
            return [(None, {"fields": ("label", "key")})]
        asked = [PREFIX + name for name in asked_of(kind)]
        return [
            (None, {"fields": ("label", "key", "enabled")}),
            (kind.title, {"fields": asked}),
            (_("Placing calls"), {"fields": ("dials_out", "caller_id", "position")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()  # records of calls name it

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return self._tested(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._tested(request, obj) or super().response_change(request, obj)

    def _tested(self, request: HttpRequest, bridge: Bridge) -> HttpResponseBase | None:
        if "_test" not in request.POST:
            return None
        self._test(request, bridge)
        return redirect("admin:bridges_bridge_change", bridge.pk)

    # Trying

    @admin.action(description=_("Test the connection"), permissions=["change"])
    def test_connections(self, request: HttpRequest, queryset: QuerySet[Bridge]) -> None:
        for bridge in queryset:
            self._test(request, bridge)

    def _test(self, request: HttpRequest, bridge: Bridge) -> None:
        found = connection_test(bridge)
        level = messages.SUCCESS if found.works else messages.ERROR
        messages.add_message(request, level, f"{bridge.label}: {found.answer}")
        _note(request, "bridge test", bridge, details="works" if found.works else "does not work")

    def make_simulator(self, request: HttpRequest) -> HttpResponseBase:
        """The button above the list, for newcomers."""
        if request.method != "POST" or not self.has_add_permission(request):
            return redirect("admin:bridges_bridge_changelist")
        bridge = simulator_make(language=get_language() or "en")
        self.log_addition(request, bridge, [{"added": {}}])
        return redirect("admin:bridges_bridge_telephones", bridge.pk)

    def telephones(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        bridge = self._simulator(request, pk)
        if bridge is None:
            return redirect("admin:bridges_bridge_changelist")
        if request.method == "POST":
            simulated_phones.act(bridge, request.POST.dict())
            return redirect("admin:bridges_bridge_telephones", pk)
        told = {
            **self.admin_site.each_context(request),
            **simulated_phones.seen(bridge, user=request.user),
            "title": bridge.label,
            "bridge": bridge,
            "health": _shown_health(bridge),
            "opts": self.opts,
        }
        return TemplateResponse(request, "bridges/admin_telephones.html", told)

    def sound(self, request: HttpRequest, pk: int, leg: str, place: int) -> HttpResponseBase:
        """What a simulated telephone hears."""
        bridge = self._simulator(request, pk)
        return simulated_phones.sound(bridge, leg, place) if bridge else HttpResponse(status=404)

    def _simulator(self, request: HttpRequest, pk: int) -> Bridge | None:
        bridge = Bridge.objects.filter(pk=pk, type="simulator").first()
        return bridge if bridge and self.has_change_permission(request, bridge) else None


def _kind_of(request: HttpRequest, bridge: Bridge | None) -> Kind | None:
    return kinds().get(bridge.type if bridge else request.GET.get("type", ""))


def _shown_health(bridge: Bridge) -> str:
    return render_to_string(
        "bridges/_health.html", {"bridge": bridge, "health": health_of(bridge, now=now())}
    )


def _note(request: HttpRequest, action: str, bridge: Bridge, *, details: str) -> None:
    who = request.user.get_username()
    audit_write(action=action, who=who, caller=caller_of(request), subject=str(bridge), details=details)


@admin.register(DialInNumber)
class DialInNumberAdmin(AuditedAdmin):
    form = DialInNumberForm
    list_display = ("label", "number", "country", "toll_free", "spoken", "bridge", "position")
    list_filter = ("bridge", "country", "toll_free")
    list_select_related = ("bridge",)
    search_fields = ("label", "number")

    @admin.display(description=_("language"), ordering="language")
    def spoken(self, number: DialInNumber) -> str:
        return str(dict(settings.LANGUAGES).get(number.language, number.language))


@admin.register(KnownNumber)
class KnownNumberAdmin(AuditedAdmin):
    list_display = ("number", "called", "user")
    list_select_related = ("user",)
    search_fields = ("number", "name", "user__username")
    autocomplete_fields = ("user",)

    @admin.display(description=_("name"), ordering="name")
    def called(self, number: KnownNumber) -> str:
        return number.shown_name


@admin.register(AllowedDestination)
class AllowedDestinationAdmin(AuditedAdmin):
    list_display = ("prefix", "room", "note")
    list_select_related = ("room",)
    search_fields = ("prefix", "note", "room__name")
    autocomplete_fields = ("room",)


class CallState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("on", _("going on")),
            ("over", _("over")),
            ("differs", _("differs from the bridge's record")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CallRecord]) -> QuerySet[CallRecord]:
        match self.value():
            case "on":
                return queryset.filter(ended_at=None)
            case "over":
                return queryset.exclude(ended_at=None)
            case "differs":
                return queryset.exclude(difference="")
            case _:
                return queryset


@admin.register(CallRecord)
class CallRecordAdmin(ReadOnlyAdmin):
    """Numbers are masked: whom somebody called is for the bill, not for the eye."""

    class Media:
        css = {"all": ["bridges/admin.css"]}

    list_display = ("began", "direction", "caller_masked", "dialled_masked", "bridge", "room", "length",
                    "cause", "quality")  # fmt: skip
    list_filter = ("direction", CallState, "cause", "bridge")
    list_select_related = ("conference__room",)
    search_fields = ("leg", "=caller", "=dialled", "conference__room__name", "conference__id")
    fields = ("leg", "bridge", "direction", "caller_masked", "dialled_masked", "room", "participant", "began",
              "answered", "joined", "ended", "cause", "sip_code", "q850", "codec", "quality", "loss_percent",
              "jitter_ms", "compared", "difference")  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("from"))
    def caller_masked(self, call: CallRecord) -> str:
        return masked(call.caller) or "–"

    @admin.display(description=_("to"))
    def dialled_masked(self, call: CallRecord) -> str:
        return masked(call.dialled) or "–"

    @admin.display(description=_("room"), ordering="conference__room__name")
    def room(self, call: CallRecord) -> str:
        return call.conference.room.name if call.conference else "–"

    @admin.display(description=_("began"), ordering="started_at")
    def began(self, call: CallRecord) -> str:
        return written(call.started_at)

    @admin.display(description=_("answered"))
    def answered(self, call: CallRecord) -> str:
        return written(call.answered_at)

    @admin.display(description=_("joined"))
    def joined(self, call: CallRecord) -> str:
        return written(call.joined_at)

    @admin.display(description=_("ended"))
    def ended(self, call: CallRecord) -> str:
        return written(call.ended_at)

    @admin.display(description=_("quality (MOS)"), ordering="mos")
    def quality(self, call: CallRecord) -> str:
        return f"{call.mos:.1f}" if call.mos else "–"

    @admin.display(description=_("compared with the bridge's record"))
    def compared(self, call: CallRecord) -> str:
        return written(call.reconciled_at)

    @admin.display(description=_("length"))
    def length(self, call: CallRecord) -> str:
        if call.ended_at is None or call.answered_at is None:
            return "–"
        minutes, seconds = divmod((call.ended_at - call.answered_at) // 1000, 60)
        return f"{minutes}:{seconds:02}"


@admin.register(MediaAttachment)
class MediaAttachmentAdmin(ReadOnlyAdmin):
    list_display = fields = readonly_fields = ("bridge", "room", "conference", "server", "began")
    list_filter = ("bridge", "server")
    list_select_related = ("bridge", "conference__room")
    list_display_links = None

    @admin.display(description=_("since"), ordering="since")
    def began(self, attachment: MediaAttachment) -> str:
        return written(attachment.since)
