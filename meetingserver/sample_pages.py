"""Every page and mail, with people and meetings that do not exist: for whoever changes how pages look. Asks
no database."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from auth_gateway.forms import SignInForm
from auth_gateway.models import User
from billing.selectors import Month
from conferences.forms import AppointmentForm, RoomForm
from conferences.invitations import ways_in
from conferences.models import Conference, Room, Viewers
from meetingserver.middleware import Nonce
from recording.models import Recording
from recording.selectors import Use
from recording.trimming import Trim
from streaming.forms import PasscodeForm
from streaming.pages import player_context

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
AT = int(NOON.timestamp() * 1000)
Context = dict[str, Any]

OWNER = User(pk=1, username="alice", display_name="Alice Archer", email="alice@example.org")
ROOM = Room(pk=1, owner=OWNER, name="Archery", slug="archery", code="234567890")
CONFERENCE = Conference(pk="conference", room=ROOM, created_at=AT, ended_at=AT + 3_600_000)
HELD = SimpleNamespace(pk="conference", ended_at=AT, recorded=1)
MONTH = Month(
    dt.date(2026, 11, 1),
    conferences=3,
    web_minutes=120,
)


def request(path: str = "/", *, user: User | None = OWNER, nonce: Nonce | None = None) -> HttpRequest:
    made: Any = RequestFactory().get(path, headers={"host": _host()})
    made.user = user or AnonymousUser()
    made.session = {}
    made.csp_nonce = nonce or Nonce()
    return made  # type: ignore[no-any-return]


def _host() -> str:
    return next((host for host in settings.ALLOWED_HOSTS if host[:1].isalnum()), "localhost")


def _recording(**more: Any) -> Recording:
    made = Recording(
        pk="recording",
        conference=CONFERENCE,
        title="Archery",
        status="ready",
        started_at=AT,
        length_ms=3_600_000,
        size_bytes=50_000_000,
        viewers=Viewers.PUBLIC,
        kept_until=AT + 86_400_000,
    )
    for name, value in {"views": 3, **more}.items():
        setattr(made, name, value)
    return made


def _room() -> Context:
    page = {"slug": ROOM.slug, "signed_in": False, "owner": False, "entitled": False, "guests_allowed": True}
    return {"room": ROOM, "page": page, "billing_code": ""}


def _attendance() -> Context:
    stays = [{"began": NOON, "ended": None}, {"began": NOON, "ended": NOON}]
    person = {
        "name": "Bob",
        "other_names": ["Bobby"],
        "role": "host",
        "account": "bob",
        "phone": True,
        "is_present": True,
        "first": NOON,
        "last": NOON,
        "present": "1:00:00",
        "waited": "0:01:00",
        "stays": stays,
    }
    described = {"room": ROOM, "conference": HELD, "began": NOON, "ended": NOON, "length": "1:00:00"}
    return {**described, "present": [person], "waited": [person]}


def _past() -> Context:
    meeting = {"conference": HELD, "began": NOON, "length": "1:00:00", "people": 3}
    return {"room": ROOM, "page": _page([meeting]), "held": [meeting]}


def _page(objects: list[Any]) -> Any:
    """As a paginator gives it."""

    class Page(list[Any]):
        object_list = objects
        has_other_pages = has_previous = has_next = True
        previous_page_number = number = 1
        next_page_number = 2
        paginator = SimpleNamespace(num_pages=3, count=len(objects))

    return Page(objects)


def _recordings() -> Context:
    use = Use(recordings=3, bytes=50_000_000, limit=100_000_000)
    found = [_recording(), _recording(status="failed", failure="nothing"), _recording(status="making")]
    described = {"rooms": [ROOM], "room": "", "q": "bows", "use": use, "soon": [_recording()]}
    return {"page": _page(found), **described}


def _one() -> Context:
    person = SimpleNamespace(id="bob", name="Bob", hidden=True, forgotten=False)
    line = SimpleNamespace(id=1, t=1000, name="Bob", text="Hello", hidden=False, forgotten=False)
    told = SimpleNamespace(at=AT, deed="opened", name="Bob", times=2, get_deed_display="watched it")
    return {
        "recording": _recording(),
        "settled": True,
        "changeable": True,
        "room": ROOM,
        "viewers": Viewers,
        "trim": Trim(3_600_000, 0, 3_600_000, [(1000, 2000)]),
        "people": [person],
        "lines": [line],
        "forgettable": True,
        "downloads": (),
        "audit": [told],
        "now": AT,
    }


def _player() -> Context:
    page = {"id": "recording", "title": "Archery", "began_at": AT, "state": {"status": "ready"}}
    return player_context(recording=_recording(), page=page, own=True)


def _invitation() -> Context:
    ways = ways_in(link="https://meet.example.org/r/archery", code=ROOM.code_spaced)
    return {"room": ROOM, "ways": ways, "starts_at": NOON, "by_phone": False}


def _warning() -> Context:
    return {"owner": OWNER, "recordings": [_recording()], "link": "https://meet.example.org/recordings"}


def _usage() -> Context:
    return {"months": [MONTH], "most": 120, "earlier_than": MONTH.first, "is_newest": False}


def _month() -> Context:
    told = {"title": "Archery", "began": NOON, "persons": 3, "phone": 1, "web": 2, "recorded_minutes": 5}
    times = {"month": MONTH, "previous": MONTH.first, "following": MONTH.first}
    return {**times, "held": [told], "page": _page([told])}


def _admin() -> Context:
    return {**admin.site.each_context(request("/admin/", user=None)), "title": "Archery"}


def _nothing() -> Context:
    return {}


PAGES: Mapping[str, Callable[[], Context]] = {
    "403.html": _nothing,
    "404.html": _nothing,
    "500.html": _nothing,
    "admin/base_site.html": _admin,
    "auth_gateway/refused.html": lambda: {"message": "Not today."},
    "auth_gateway/sign_in.html": lambda: {
        "form": SignInForm(now=0.0),
        "next": "/",
        "openid": True,
        "refused": True,
    },
    "auth_gateway/unavailable.html": _nothing,
    "billing/month.html": _month,
    "billing/usage.html": _usage,
    "conferences/attendance.html": _attendance,
    "conferences/conference.html": _room,
    "conferences/home.html": lambda: {"rooms": [ROOM]},
    "conferences/invitation.txt": _invitation,
    "conferences/invitation_errors.txt": lambda: {"form": AppointmentForm({})},
    "conferences/past.html": _past,
    "conferences/room_form.html": lambda: {"form": RoomForm(instance=ROOM), "room": ROOM},
    "recording/list.html": _recordings,
    "recording/one.html": _one,
    "recording/warning.txt": _warning,
    "recording/warning_subject.txt": _warning,
    "streaming/nothing.html": lambda: {"next": "/"},
    "streaming/passcode.html": lambda: {"recording": _recording(), "form": PasscodeForm(), "wrong": True},
    "streaming/watch.html": _player,
}
"""By their templates."""
FOR_GUESTS = ("auth_gateway/", "conferences/conference.html", "streaming/", "admin/")
"""Seen by people who are not signed in."""


def person_at(template: str) -> User | None:
    return None if template.startswith(FOR_GUESTS) else OWNER
