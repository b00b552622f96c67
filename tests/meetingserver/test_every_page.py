"""Every address of the server in `ar-XB`, as the URLconf has them: what is new is walked by itself, or the
walk says what it wants to know. Other states of the same pages: `test_pseudo_pages`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib import admin as administration
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override
from pytest_django import Settings

from auth_gateway.audit import audit_write
from auth_gateway.configuration import Gateway
from auth_gateway.models import Account, AuditEntry, UploadedBrand, User
from auth_gateway.uploads import brand_upload
from billing.mapping import Mappings
from billing.models import Delivery, DeliveryState, Record
from billing.services import records_keep
from bridges.adapters import kinds
from bridges.models import AllowedDestination, CallRecord, DialInNumber, KnownNumber, MediaAttachment
from bridges.trial import simulator_make
from conferences.clock import now
from conferences.models import Conference, ConferenceServer, JournalEntry
from conferences.services import room_create
from recording.audit import recording_opened
from recording.models import Recording, RecordingAudit
from tests.billing.recorded import conference as conference_record
from tests.meetingserver.branding.conftest import Shelf, shelf
from tests.meetingserver.branding.test_archive import GOOD, packed
from tests.meetingserver.ordinary import found_after, found_on
from tests.recording.archive import recording_made
from tests.recording.conftest import recordings

__all__ = ["recordings", "shelf"]
pytestmark = pytest.mark.usefixtures("pseudo_languages", "recordings")

NOT_READ = {
    "a form is sent there, and leads to a page": (
        *("auth_gateway:pick_language", "auth_gateway:sign_out", "admin:logout"),
        *("conferences:meet_now", "conferences:find", "conferences:room_pin", "conferences:room_delete"),
        *("recording:rename", "recording:viewers", "recording:publish", "recording:trim"),
        *("recording:restore", "recording:redact", "recording:forget", "recording:keep"),
        *("recording:film", "recording:retry", "recording:delete", "streaming:passcode"),
        *("admin:billing_delivery_again", "admin:conferences_conference_end"),
        "admin:bridges_bridge_simulator",
    ),
    "leads to another page": ("auth_gateway:openid_callback", "admin:view_on_site"),
    "a part of a page that is read": ("conferences:attendance_now",),
    "pictures, sounds, films and papers": (
        *("brand_file", "favicon", "recording:poster", "bridges:spoken_name", "admin:bridges_bridge_sound"),
        *("conferences:document_page", "conferences:document_page_small", "conferences:document_text"),
        *("conferences:document_original", "conferences:chat_file", "conferences:chat_file_preview"),
        *("conferences:chat_file_large", "streaming:download", "streaming:media", "streaming:offline"),
    ),
    "for programs": (
        *("healthz", "metrics", "conferences:seat", "conferences:revoke", "recording:state"),
        *("conferences:document_upload", "conferences:chat_file_upload", "streaming:renew"),
        *("streaming:film", "admin:autocomplete"),
    ),
    "for whoever changes how pages look, in English": (
        *("style_", "style_conference", "style_door", "style_replay", "style_admin"),
    ),
    "a calendar's, of which people read two lines: see test_pseudo_pages": ("conferences:invitation_ics",),
    "Django's own, in its own words": ("admin:jsi18n", "admin:password_change", "admin:password_change_done"),
}
FOR_STRANGERS = ("auth_gateway:sign_in", "admin:login")
STATUS = {"auth_gateway:openid": 404, "conferences:join": 403}


class Place(NamedTuple):
    """An address. `name` with that of its app: `recording:list`."""

    name: str
    wants: frozenset[str]

    @property
    def is_of_administration(self) -> bool:
        return self.name.startswith("admin:")


def places(resolver: URLResolver, app: str = "") -> Iterator[Place]:
    """Nameless ones lead on, in Django's administration."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from places(pattern, pattern.namespace or pattern.app_name or app)
        elif pattern.name is None:
            assert app == "admin", pattern
        else:
            yield Place(f"{app}:{pattern.name}" if app else pattern.name, _wants(pattern))


def _wants(pattern: URLPattern) -> frozenset[str]:
    groups = pattern.pattern.regex.groupindex
    return frozenset(groups) - frozenset(pattern.default_args)


PLACES = list(places(get_resolver()))
UNREAD = [name for names in NOT_READ.values() for name in names]
READ = [place for place in PLACES if place.name not in UNREAD]
ASKS_FIRST: dict[type[Model], str] = {Recording: "delete_for_good"}


class House(NamedTuple):
    """`rows`: one of everything that the administration shows. `known`: what addresses may want."""

    rows: dict[type[Model], Model]
    known: dict[str, Any]


@pytest.fixture
def house(admin: User, shelf: Shelf, settings: Settings) -> House:
    """Ada's own."""
    shelf.write("acme-2", "name = 3")
    settings.AUTH_GATEWAY = Gateway(url="http://127.0.0.1:9")
    settings.BILLING = Mappings()
    room = room_create(owner=admin, wishes={"name": "Кухня"})[0]
    recording = recording_made(room, title="Лук")
    recording_opened(recording=recording, by=None, now=now())
    conference = recording.conference
    records_keep([conference_record("1", web=4)], targets=["books"])
    Delivery.objects.update(state=DeliveryState.DEAD, failure="Лук")
    audit_write(action="sign in", outcome="denied", who="ada", reason="wrong_password", subject="Лук")
    brand = UploadedBrand(key="acme")
    brand_upload(brand=brand, archive=packed({**GOOD}))
    with override("ar-xb"):
        bridge = simulator_make(language="ar")
    kept: list[Model] = [
        *(admin, room, recording, conference, brand, bridge),
        *(Group.objects.create(name="Лук"), Account.objects.create(code="1", name="Лук")),
        ConferenceServer.objects.create(name="1", seen_at=now()),
        KnownNumber.objects.create(number="+4930222", name="Лук", user=admin),
        AllowedDestination.objects.create(prefix="+49", note="Лук", room=room),
        MediaAttachment.objects.create(
            bridge=bridge, room="1", conference=conference, server="1", since=now()
        ),
        _call(conference),
    ]
    made = (Record, Delivery, AuditEntry, RecordingAudit, JournalEntry, DialInNumber)
    rows = {type(row): row for row in [*kept, *(model.objects.all()[0] for model in made)]}
    known: dict[str, Any] = {"slug": room.slug, "conference": conference.pk, "recording": recording.pk}
    known |= {"year": 2023, "month": 11, "name": "123", "id": admin.pk, "pk": bridge.pk}
    return House(rows, known | {"app_label": "recording"})


def _call(conference: Conference) -> CallRecord:
    return CallRecord.objects.create(
        leg="1",
        bridge="1",
        conference=conference,
        direction="in",
        caller="+49305551234",
        started_at=1_700_000_000_000,
        ended_at=1_700_000_066_000,
        cause="normal",
    )


def _model_of(place: Place) -> type[Model]:
    names = {f"admin:{_named(model)}_": model for model in administration.site._registry}  # noqa: SLF001
    return next(model for name, model in names.items() if place.name.startswith(name))


def _named(model: type[Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"  # noqa: SLF001


def address(place: Place, house: House) -> str:
    known = house.known
    if "object_id" in place.wants:
        model = _model_of(place)
        assert model in house.rows, f"{model.__name__} is new in the administration: make one in `house`"
        known = known | {"object_id": house.rows[model].pk}
    missing = place.wants - known.keys()
    assert not missing, f"{place.name} is new: say what {', '.join(missing)} may be, or why nobody reads it"
    return reverse(place.name, kwargs={name: known[name] for name in place.wants})


def status(place: Place, admin: User) -> int:
    """Read-only rows are neither added nor deleted: that page says so."""
    deed = place.name.rpartition("_")[2]
    if place.is_of_administration and deed in ("add", "delete"):
        return 200 if _may(deed, _model_of(place), admin) else 403
    return STATUS.get(place.name, 200)


def _may(deed: str, model: type[Model], admin: User) -> bool:
    request = RequestFactory().get("/")
    request.user = admin
    return bool(getattr(administration.site.get_model_admin(model), f"has_{deed}_permission")(request))


def walk(client: Client, admin: User, house: House, walked: list[Place]) -> dict[str, list[str]]:
    client.force_login(admin)
    found: dict[str, list[str]] = {}
    for place in walked:
        reader = Client() if place.name in FOR_STRANGERS else client
        found |= found_on(reader, [address(place, house)], status=status(place, admin))
    return found


def test_what_nobody_reads_is_there() -> None:
    names = [place.name for place in PLACES]
    assert [name for name in (*UNREAD, *STATUS, *FOR_STRANGERS) if name not in names] == []


def test_every_page_of_the_site_is_in_a_catalogue(client: Client, admin: User, house: House) -> None:
    pages = [place for place in READ if not place.is_of_administration]
    assert walk(client, admin, house, pages) == {}


def test_every_page_of_the_administration_is_in_a_catalogue(
    client: Client, admin: User, house: House
) -> None:
    assert walk(client, admin, house, [place for place in READ if place.is_of_administration]) == {}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_bridge_of_every_kind_asks_in_a_catalogue(client: Client, admin: User, kind: str) -> None:
    client.force_login(admin)
    assert found_on(client, [f"/admin/bridges/bridge/add/?type={kind}"], status=200) == {}


def test_the_administration_complains_and_asks_again_in_a_catalogue(
    client: Client, admin: User, house: House
) -> None:
    """Empty forms, and what is asked before rows are deleted."""
    client.force_login(admin)
    found: dict[str, list[str]] = {}
    for model, row in house.rows.items():
        if _may("add", model, admin):
            found[f"{model.__name__} added"] = found_after(client, reverse(f"admin:{_named(model)}_add"), 200)
        asked = {"action": ASKS_FIRST.get(model, "delete_selected"), ACTION_CHECKBOX_NAME: str(row.pk)}
        if model in ASKS_FIRST or _may("delete", model, admin):
            path = reverse(f"admin:{_named(model)}_changelist")
            found[f"{model.__name__} deleted"] = found_after(client, path, 200, **asked)
    found["question asked"] = found_after(client, reverse("admin:auth_gateway_test"), 200, action="join")
    assert {page: words for page, words in found.items() if words} == {}
