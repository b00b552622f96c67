"""Recordings in the administration: all of them, what hosts take, who did what."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from auth_gateway.audited_admin import ReadOnlyAdmin
from auth_gateway.models import User
from conferences.clock import now
from meetingserver.moments import written
from recording import services
from recording.models import Recording, RecordingAudit, Status
from recording.refusals import RecordingRefused
from recording.selectors import use_by_host
from recording.templatetags.moments import lasting

Service = Callable[[Recording, User], None]


@admin.register(Recording)
class RecordingAdmin(ReadOnlyAdmin):
    """Seen here; changed by the actions, and on the page that owners have, which is linked."""

    list_display = ("title", "room", "owner", "started", "state", "length", "size", "published", "viewers")
    list_filter = ("status", "program", "viewers", "published")
    list_select_related = ("conference__room__owner",)
    search_fields = ("id", "title", "conference__room__name", "conference__room__owner__username")
    fields = (
        "id",
        "title",
        "room",
        "owner",
        "page",
        "started",
        "state",
        "failure",
        "tries",
        "program",
        "version",
        "length",
        "size",
        "published",
        "viewers",
        "kept",
        "audit",
    )
    readonly_fields = fields
    actions = ("try_again", "make_film", "unpublish", "delete_for_good")
    change_list_template = "recording/admin_list.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("room"), ordering="conference__room__name")
    def room(self, recording: Recording) -> str:
        return recording.conference.room.name

    @admin.display(description=_("owner"), ordering="conference__room__owner__username")
    def owner(self, recording: Recording) -> str:
        return recording.conference.room.owner.username

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, recording: Recording) -> str:
        return written(recording.started_at)

    @admin.display(description=_("state"), ordering="status")
    def state(self, recording: Recording) -> str:
        if recording.status != Status.MAKING:
            return recording.get_status_display()
        return f"{recording.get_step_display() or recording.get_status_display()} ({recording.percent} %)"

    @admin.display(description=_("length"), ordering="length_ms")
    def length(self, recording: Recording) -> str:
        return lasting(recording.length_ms)

    @admin.display(description=_("size"), ordering="size_bytes")
    def size(self, recording: Recording) -> str:
        return filesizeformat(recording.size_bytes)

    @admin.display(description=_("kept until"))
    def kept(self, recording: Recording) -> str:
        until = recording.kept_until
        return written(until)

    @admin.display(description=_("page"))
    def page(self, recording: Recording) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("recording:one", args=[recording.pk]), _("manage it")
        )

    @admin.display(description=_("what happened"))
    def audit(self, recording: Recording) -> str:
        url = reverse("admin:recording_recordingaudit_changelist")
        return format_html(
            '<a href="{}?recording={}">{}</a>', url, recording.pk, _("who did what with it, and watched it")
        )

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("recording.change_recording")

    @admin.action(description=_("Try again"), permissions=["manage"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Recording]) -> None:
        _each(request, queryset, lambda one, by: services.recording_retry(recording=one, by=by, now=now()))

    @admin.action(description=_("Make the film"), permissions=["manage"])
    def make_film(self, request: HttpRequest, queryset: QuerySet[Recording]) -> None:
        _each(request, queryset, lambda one, by: services.program_request(recording=one, by=by, now=now()))

    @admin.action(description=_("Unpublish"), permissions=["manage"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Recording]) -> None:
        def withdraw(one: Recording, by: User) -> None:
            services.recording_publish(recording=one, by=by, published=False, now=now())

        _each(request, queryset, withdraw)

    @admin.action(description=_("Delete for good"), permissions=["manage"])
    def delete_for_good(self, request: HttpRequest, queryset: QuerySet[Recording]) -> HttpResponse | None:
        """Asked once more before."""
        if "sure" in request.POST:
            _each(
                request, queryset, lambda one, by: services.recording_delete(recording=one, by=by, now=now())
            )
            return None
        asked = {
            **self.admin_site.each_context(request),
            "title": _("Delete for good"),
            "recordings": queryset,
            "opts": self.opts,
        }
        return TemplateResponse(request, "recording/admin_delete.html", asked)

    def get_urls(self) -> list[URLPattern]:
        use = path("use/", self.admin_site.admin_view(self.use), name="recording_recording_use")
        return [use, *super().get_urls()]

    def use(self, request: HttpRequest) -> HttpResponse:
        """What the recordings of each host take."""
        told = {
            **self.admin_site.each_context(request),
            "title": _("Storage by host"),
            "hosts": use_by_host() if self.has_view_permission(request) else [],
            "opts": self.opts,
        }
        return TemplateResponse(request, "recording/admin_use.html", told)


def _each(request: HttpRequest, recordings: QuerySet[Recording], service: Service) -> None:
    """Those that it is refused for stay as they are, and are named."""
    done = 0
    assert isinstance(request.user, User)  # noqa: S101 - admin pages are for users
    for recording in recordings:
        try:
            service(recording, request.user)
        except RecordingRefused as refused:
            messages.warning(request, f"{recording}: {refused.refusal.label}")
        else:
            done += 1
    if done:
        text = ngettext("Done for %(number)s recording.", "Done for %(number)s recordings.", done)
        messages.success(request, text % {"number": done})


@admin.register(RecordingAudit)
class RecordingAuditAdmin(ReadOnlyAdmin):
    list_display = ("moment", "recording", "title", "deed", "who", "times", "details")
    list_display_links = None
    list_filter = ("deed",)
    list_select_related = ("by",)
    search_fields = ("recording", "title", "name", "by__username")

    @admin.display(description=_("at"), ordering="at")
    def moment(self, line: RecordingAudit) -> str:
        return written(line.at)

    @admin.display(description=_("by"), ordering="name")
    def who(self, line: RecordingAudit) -> str:
        return str(line.by) if line.by else line.name or "–"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "recording" or super().lookup_allowed(lookup, value, request)
