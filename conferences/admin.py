"""Rooms, conferences and their journals in the administration, and users, who have rooms. A journal is never
changed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from auth_gateway.admin import UserAdmin
from auth_gateway.audited_admin import AuditedAdmin, ReadOnlyAdmin, as_code
from auth_gateway.callers import caller_of
from auth_gateway.models import User
from conferences.clock import now
from conferences.commander import conference_end
from conferences.core.rules import Refused
from conferences.core.words import EndReason, Role
from conferences.journal import read_state
from conferences.models import Conference, ConferenceServer, JournalEntry, Room
from conferences.removal import room_remove
from conferences.revoking import user_revoke
from meetingserver.moments import written

ENDED = {
    EndReason.HOST: _("A host ended it for everyone."),
    EndReason.ADMIN: _("The administrator of this server ended it."),
    EndReason.EMPTY: _("Everybody had left."),
    EndReason.LONE: _("Nobody else came, and nobody answered when we asked."),
    EndReason.NO_HOST: _("The host did not come"),
    EndReason.HOST_LEFT: _("The last host left, and this room closes without one."),
    EndReason.LENGTH: _("It reached the longest time that a meeting may take here."),
}
ROLES = {
    Role.WAITING: _("Waiting to come in"),
    Role.GUEST: _("Guest"),
    Role.PRESENTER: _("Presenter"),
    Role.HOST: _("Host"),
}


@admin.register(Room)
class RoomAdmin(AuditedAdmin):
    list_display = ("name", "owner", "access_code", "guests_allowed", "lobby", "created_at")
    list_filter = ("guests_allowed", "lobby")
    search_fields = ("name", "slug", "code", "owner__username")
    autocomplete_fields = ("owner",)
    readonly_fields = ("code", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # code, link and PIN are made by the owner's "New room"

    @admin.display(description=_("access code"), ordering="code")
    def access_code(self, room: Room) -> str:
        return room.code_spaced

    def get_deleted_objects(
        self, objs: QuerySet[Room] | Sequence[Room], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """All that was in their conferences goes too, read-only or not; their bills stay."""
        conferences = Conference.objects.filter(room__in=objs).count()
        names = {
            gettext("rooms"): len(objs),
            gettext("conferences"): conferences,
        }
        return [str(room) for room in objs], names, set(), []

    def delete_model(self, request: HttpRequest, obj: Room) -> None:
        room_remove(room=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        for room in queryset:
            room_remove(room=room)


class IsRunning(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("running", _("running")), ("ended", pgettext_lazy("state", "ended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Conference]) -> QuerySet[Conference]:
        if self.value() is None:
            return queryset
        return queryset.filter(ended_at__isnull=self.value() == "running")


@admin.register(Conference)
class ConferenceAdmin(ReadOnlyAdmin):
    list_display = ("room", "began", "ended", "why", "server")
    list_filter = (IsRunning,)
    list_select_related = ("room",)
    search_fields = ("id", "room__name", "room__owner__username")
    fields = ("room", "id", "began", "ended", "why", "server", "epoch", "participants", "journal")
    readonly_fields = fields
    actions = ("end_conferences",)
    change_form_template = "conferences/admin_conference.html"

    @admin.display(description=_("began"), ordering="created_at")
    def began(self, conference: Conference) -> Any:
        return written(conference.created_at)

    @admin.display(description=_("ended"), ordering="ended_at")
    def ended(self, conference: Conference) -> Any:
        return written(conference.ended_at)

    @admin.display(description=_("why it ended"), ordering="end_reason")
    def why(self, conference: Conference) -> str:
        return str(ENDED[EndReason(conference.end_reason)]) if conference.end_reason else "–"

    @admin.display(description=_("participants now"))
    def participants(self, conference: Conference) -> str:
        present = read_state(conference.pk).participants.values()
        return format_html_join("", "<div>{} – {}</div>", ((p.name, ROLES[p.role]) for p in present)) or "–"

    @admin.display(description=_("journal"))
    def journal(self, conference: Conference) -> str:
        url = reverse("admin:conferences_journalentry_changelist")
        text = _("all events")
        return format_html('<a href="{}?conference__id__exact={}">{}</a>', url, conference.pk, text)

    @admin.action(description=_("End the selected conferences"), permissions=["view"])
    def end_conferences(self, request: HttpRequest, queryset: QuerySet[Conference]) -> None:
        for conference in queryset.filter(ended_at=None):
            self._end(request, conference)

    def get_urls(self) -> list[URLPattern]:
        end = path("<str:pk>/end/", self.admin_site.admin_view(self.end), name="conferences_conference_end")
        return [end, *super().get_urls()]

    def end(self, request: HttpRequest, pk: str) -> HttpResponseBase:
        """The button on a conference's page."""
        conference = self.get_object(request, pk)
        if request.method == "POST" and conference is not None and self.has_view_permission(request):
            self._end(request, conference)
        return redirect("admin:conferences_conference_change", pk)

    def _end(self, request: HttpRequest, conference: Conference) -> None:
        try:
            conference_end(conference=conference.pk)
        except Refused:
            messages.warning(request, _("%s has already ended, or cannot be reached now.") % conference)
        else:
            messages.success(request, _("%s was ended for everyone.") % conference)


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    list_display = ("conference", "seq", "moment", "told")
    list_display_links = None
    list_select_related = ("conference__room",)
    list_per_page = 200
    search_fields = ("conference__id",)
    fields = readonly_fields = list_display

    @admin.display(description=_("at"), ordering="at")
    def moment(self, entry: JournalEntry) -> Any:
        return written(entry.at)

    @admin.display(description=_("event"))
    def told(self, entry: JournalEntry) -> str:
        return as_code(entry.event)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "conference__id__exact" or super().lookup_allowed(lookup, value, request)


admin.site.unregister(User)


@admin.register(User)
class HostAdmin(UserAdmin):
    """Whoever has held meetings is not deleted, but made to sign in no more. Rooms of others go along."""

    actions = ("deactivate",)

    @admin.action(description=_("Deactivate selected users"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        gone = list(queryset.filter(is_active=True).exclude(username=request.user.get_username()))
        for user in gone:
            user.is_active = False
            user.save(update_fields=["is_active"])
            self.log_change(request, user, [{"changed": {"fields": ["is_active"]}}])
            _put_out(request, user)
        told = ngettext(
            "%(count)d user was signed out, is out of all meetings, and may sign in no more.",
            "%(count)d users were signed out, are out of all meetings, and may sign in no more.",
            len(gone),
        )
        self.message_user(request, told % {"count": len(gone)}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and not obj.is_active:
            _put_out(request, obj)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], Any, set[str], list[str]]:
        used = Room.objects.filter(owner__in=objs, conferences__isnull=False).distinct()
        if not used:
            return super().get_deleted_objects(objs, request)
        why = _(
            "Meetings were held in rooms of theirs. Deactivate the user instead: they may sign in no more, "
            "and meetings, recordings and bills stay. Or delete their rooms first, with all that is in them."
        )
        self.message_user(request, why, messages.WARNING)
        return [str(user) for user in objs], {}, set(), [_linked(room) for room in used]

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        for room in obj.rooms.all():
            room_remove(room=room)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            self.delete_model(request, user)


def _put_out(request: HttpRequest, user: User) -> None:
    user_revoke(user=user, now=now(), reason="deactivated", caller=caller_of(request))


def _linked(room: Room) -> str:
    url = reverse("admin:conferences_room_change", args=[room.pk])
    return format_html('{}: <a href="{}">{}</a>', capfirst(_("room")), url, room)


@admin.register(ConferenceServer)
class ConferenceServerAdmin(AuditedAdmin):
    list_display = ("name", "seen", "draining")
    list_editable = ("draining",)
    fields = ("name", "draining")
    readonly_fields = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # servers register themselves

    @admin.display(description=_("last seen"), ordering="seen_at")
    def seen(self, server: ConferenceServer) -> Any:
        return written(server.seen_at)
