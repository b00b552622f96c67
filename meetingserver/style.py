"""The living style page, `/style/`, for whoever works on the look: what our pages are made of, drawn of
samples by the product's own templates, stylesheets and modules. With DEBUG only."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from conferences.models import Conference, Room
from meetingserver.branding.choosing import about
from meetingserver.branding.installed import library
from recording.models import Recording
from streaming.pages import player_context

TOKENS = settings.BASE_DIR / "conferences" / "static" / "conferences" / "tokens.css"
SAMPLES = settings.BASE_DIR / "templates" / "style" / "samples.json"
PAGES = {
    "": "Foundations",
    "conference": "Conference",
    "door": "Door",
    "replay": "Replay",
    "admin": "Administration",
}

_GROUP = re.compile(r"^  /\* (.+?) \*/$")
_TOKEN = re.compile(r"^  --([\w-]+):")


class Fields(forms.Form):
    """One of each kind that forms have."""

    name = forms.CharField(label="Name", help_text="As people call it.")
    mail = forms.EmailField(label="E-mail")
    kind = forms.ChoiceField(label="Kind", choices=[("tea", "Tea"), ("coffee", "Coffee")])
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), max_length=10)
    agreed = forms.BooleanField(label="Agreed", help_text="Before it goes on.")
    quiet = forms.BooleanField(label="Quiet", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Something is missing.")


def token_groups() -> list[tuple[str, list[str]]]:
    """The design tokens as `tokens.css` groups them by comments: (what it says, names)."""
    groups: list[tuple[str, list[str]]] = []
    for line in TOKENS.read_text().partition("@media")[0].splitlines():
        if found := _GROUP.match(line):
            groups.append((found[1], []))
        elif groups and (found := _TOKEN.match(line)):
            groups[-1][1].append(found[1])
    return groups


@require_safe
@ensure_csrf_cookie
def style(request: HttpRequest, name: str = "") -> HttpResponse:
    """404 where nobody develops."""
    if not settings.DEBUG:
        raise Http404
    about(room=request.GET.get("brand", ""))
    samples = json.loads(SAMPLES.read_text())
    room = Room(
        pk=1, slug="monday-round", name=samples["picture"]["name"], code="123456789", recording="always"
    )
    context = samples | {
        "style_pages": PAGES,
        "style_page": name,
        "brands": list(library().all()),
        "room": room,
        "page": _page(room, samples),
    }
    if name == "":
        context |= {"groups": token_groups(), "form": Fields(prefix="ok"), "wrong": Fields({"mail": "alice"})}
        context |= {"present": [_stays(one) for one in samples["present"]]}
        context |= {"recordings": [_recording(one, room, samples["began"]) for one in samples["recordings"]]}
    if name == "replay":
        context = player_context(**context)
    if name == "admin":
        context = admin.site.each_context(request) | context
        context |= {"title": PAGES[name], "bridge": {"pk": 1}, "keys": "123456789*0#"}
    return render(request, f"style/{name or 'foundations'}.html", context)


def _page(room: Room, samples: dict[str, Any]) -> dict[str, Any]:
    """What modules of the conference page are given, and the conference that they draw."""
    addresses = ("seat_url", "socket_path", "documents_url", "attendance_url", "watch_path", "files_url")
    yes = ("dials_out", "office", "signed_in", "entitled", "owner", "guests_allowed")
    return {
        **dict.fromkeys(addresses, ""),
        **dict.fromkeys(yes, True),
        "slug": room.slug,
        "name": "Alice",
        "file_max_bytes": settings.CHAT_FILE_MAX_BYTES,
        "upload_max_bytes": settings.UPLOAD_MAX_BYTES,
        "ice_servers": [],
        "picture": samples["picture"],
        "now": samples["began"],
    }


def _recording(sample: dict[str, Any], room: Room, began: int) -> Recording:
    known = {"length_ms": 1_500_000, "started_at": began, "title": room.name}
    recording = Recording(conference=Conference(pk=1, room=room), **known | sample)
    vars(recording)["views"] = 7
    return recording


def _stays(sample: dict[str, Any]) -> dict[str, Any]:
    came, left = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (9, 10))
    stays = [{"began": came, "ended": left}] * (2 if sample.get("twice") else 1)
    return {"first": came, "last": left, "present": "58:12", "stays": stays} | sample


urlpatterns = [path(f"{name}/" if name else "", style, {"name": name}, f"style_{name}") for name in PAGES]
