"""Who changed what in the administration goes into the audit log: every admin class has this one."""

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from auth_gateway.audit import audit_write
from auth_gateway.callers import caller_of


class AuditedAdmin(admin.ModelAdmin):
    class Media:
        css: ClassVar = {"all": ["auth_gateway/admin.css"]}

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _note(request, "admin add", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _note(request, "admin change", obj, details=fields_changed(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            _note(request, "admin delete", obj)
        return super().log_deletions(request, queryset)


class ReadOnlyAdmin(AuditedAdmin):
    """To look at, not to change."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def as_code(text: str) -> SafeString:
    """What programs say and search for: the same in all languages, and read from the left."""
    return format_html('<code lang="en" dir="ltr">{}</code>', text) if text else SafeString("–")


def fields_changed(message: Any) -> str:
    """Of what Django says of a change: the names of fields, never what they hold."""
    said = message if isinstance(message, list) else _parsed(message)
    names = [
        str(name)
        for part in said
        if isinstance(part, dict)
        for name in part.get("changed", {}).get("fields", [])
    ]
    return ", ".join(names) or str(message)


def _parsed(message: Any) -> list[Any]:
    try:
        found = json.loads(message)
    except (TypeError, ValueError):
        return []
    return found if isinstance(found, list) else []


def _note(request: HttpRequest, action: str, obj: Model, *, details: str = "") -> None:
    subject = f"{type(obj).__name__} {obj.pk}: {obj}"
    who = request.user.get_username()
    audit_write(action=action, who=who, caller=caller_of(request), subject=subject, details=details)
