"""Users, customers and the audit log in the administration; and the test of the sign-in server."""

import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from auth_gateway.asking import configured
from auth_gateway.audit import DAY_MS, audit_csv, audit_write
from auth_gateway.audited_admin import AuditedAdmin, ReadOnlyAdmin, as_code
from auth_gateway.callers import caller_of
from auth_gateway.contract import Action, Question, question_by_hand
from auth_gateway.diagnosis import diagnose
from auth_gateway.models import Account, AuditEntry, UploadedBrand, User
from auth_gateway.uploads import brand_files, brand_remove, brand_upload
from meetingserver.branding.archive import ARCHIVE_BYTES, ArchiveRefused
from meetingserver.branding.installed import library
from meetingserver.moments import written


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("username", "display_name", "email")


WISHES: dict[Action, Any] = {
    "login": _("Sign in with a password"),
    "ticket": _("Come in with a ticket"),
    "host": _("Be the host, by PIN"),
    "join": _("Enter a room"),
    "dialin": _("Enter a room by telephone"),
    "create": _("Open another room"),
    "view": _("Watch a recording"),
}


class GatewayTestForm(forms.Form):
    """A question to the sign-in server, as a person would cause it."""

    action = forms.ChoiceField(label=_("What they want"), choices=list(WISHES.items()))
    user = forms.CharField(label=_("User name"), required=False, max_length=150)
    password = forms.CharField(
        label=_("Password"), required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    ticket = forms.CharField(label=_("Ticket"), required=False, max_length=8000)
    conference = forms.CharField(label=_("Access code"), required=False, max_length=60)
    pin = forms.CharField(label=_("PIN"), required=False, max_length=32)

    def question(self) -> Question:
        action = self.cleaned_data["action"]
        given = {name: value or None for name, value in self.cleaned_data.items() if name != "action"}
        return question_by_hand(action, given)


@admin.register(User)
class UserAdmin(AuditedAdmin, DjangoUserAdmin):
    add_form = UserCreationForm
    change_list_template = "auth_gateway/admin_users.html"
    list_display = ("username", "display_name", "email", "account", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "role")
    search_fields = ("username", "display_name", "email", "gateway_id", "account")
    readonly_fields = ("last_login", "created_at", "gateway_id")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("display_name", "email", "language", "gateway_id")}),
        (_("Customer"), {"fields": ("account", "billing_code", "role", "max_participants", "brand")}),
        (
            _("Permissions"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("Dates"), {"fields": ("last_login", "created_at")}),
    )

    def get_urls(self) -> list[URLPattern]:
        own = path("sign-in-test/", self.admin_site.admin_view(self.test), name="auth_gateway_test")
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "gateway": configured()})

    def test(self, request: HttpRequest) -> HttpResponse:
        """The button above the list of users."""
        gateway = configured()
        form = GatewayTestForm(request.POST or None)
        found: list[tuple[str, str]] = []
        if request.method == "POST" and gateway and self.has_change_permission(request) and form.is_valid():
            found = diagnose(gateway, form.question(), now=time.time()).parts
            who = request.user.get_username()
            action = f"sign-in test {form.cleaned_data['action']}"
            audit_write(action=action, who=who, caller=caller_of(request), subject=form.cleaned_data["user"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Test the sign-in server"),
            "form": form,
            "gateway": gateway,
            "found": found,
            "opts": self.opts,
        }
        return render(request, "auth_gateway/admin_test.html", context)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(AuditedAdmin, DjangoGroupAdmin):
    pass


@admin.register(Account)
class AccountAdmin(AuditedAdmin):
    list_display = ("code", "name", "rate", "ports", "ports_per_conference", "recording_minutes")
    search_fields = ("code", "name")


class Since(admin.SimpleListFilter):
    title = _("time")
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("1", _("Last 24 hours")), ("7", _("Last 7 days")), ("30", _("Last 30 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        days = self.value()
        if days is None:
            return queryset
        return queryset.filter(at__gte=int(time.time() * 1000) - int(days) * DAY_MS)


class ByCode(admin.AllValuesFieldListFilter):
    def choices(self, changelist: Any) -> Any:
        every, *others = super().choices(changelist)
        yield every
        for choice in others:
            yield {**choice, "display": as_code(str(choice["display"]))}


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("moment", "deed", "outcome", "why", "who", "subject", "address", "more")
    list_display_links = None
    list_filter = (Since, "outcome", ("action", ByCode), ("reason", ByCode))
    list_per_page = 100
    search_fields = ("who", "subject", "reason", "address", "request_id")
    actions = ("as_csv",)
    fields = readonly_fields = (*list_display, "request_id")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        days = settings.AUDIT_DAYS
        kept = ngettext("Kept for %(days)d day.", "Kept for %(days)d days.", days) % {"days": days}
        subtitle = kept if days else gettext("Kept for ever.")
        return super().changelist_view(request, {**(extra_context or {}), "subtitle": subtitle})

    @admin.action(description=_("Download the selected entries as CSV"), permissions=["view"])
    def as_csv(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> HttpResponse:
        audit_write(action="audit export", who=request.user.get_username(), caller=caller_of(request))
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        audit_csv(queryset, response)
        return response

    @admin.display(description=_("at"), ordering="at")
    def moment(self, entry: AuditEntry) -> str:
        return written(entry.at)

    @admin.display(description=_("action"), ordering="action")
    def deed(self, entry: AuditEntry) -> str:
        return as_code(entry.action)

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, entry: AuditEntry) -> str:
        return as_code(entry.reason)

    @admin.display(description=_("details"))
    def more(self, entry: AuditEntry) -> str:
        return as_code(entry.details)


class UploadedBrandForm(forms.ModelForm):
    file = forms.FileField(
        label=capfirst(_("archive (ZIP)")), help_text=_("What may be in it: docs/branding.md.")
    )

    class Meta:
        model = UploadedBrand
        fields = ("key",)

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        known = library().get(key)
        if known is not None and not known.strangers:
            raise forms.ValidationError(_("The server itself has a brand of this name."))
        return key

    def clean_file(self) -> bytes:
        """All that is wrong with it, each on a line."""
        upload = self.cleaned_data["file"]
        try:
            archive: bytes = upload.read(ARCHIVE_BYTES + 1)
            brand_files(archive)
        except ArchiveRefused as refused:
            raise forms.ValidationError([str(problem) for problem in refused.problems]) from None
        return archive


@admin.register(UploadedBrand)
class UploadedBrandAdmin(AuditedAdmin):
    form = UploadedBrandForm
    list_display = ("key", "uploaded_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[UploadedBrand]:
        return super().get_queryset(request).defer("archive")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()

    def save_model(self, request: HttpRequest, obj: UploadedBrand, form: Any, change: bool) -> None:
        brand_upload(brand=obj, archive=form.cleaned_data["file"])

    def delete_model(self, request: HttpRequest, obj: UploadedBrand) -> None:
        brand_remove(brand=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[UploadedBrand]) -> None:
        for brand in queryset:
            brand_remove(brand=brand)
