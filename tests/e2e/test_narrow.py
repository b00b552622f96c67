"""Every page and panel on the narrowest phone, with texts a third longer and from right to left (ar-XB)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meetingserver.pseudo import pseudo_compile
from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.test_watching import READY
from tests.house import ROOT
from tests.streaming.bundles import make_bundle

LOOK = Path(__file__).with_name("walk.js").read_text()
PHONE = {"width": 320, "height": 640}
ROWS = """
from billing.services import records_keep
from conferences.models import Room
from tests.billing.recorded import conference
from tests.recording.archive import recording_made
print(recording_made(Room.objects.get(slug="{slug}"), title="Лук, стрелы и всё, что ещё нужно стрелку").pk)
records_keep([conference("{slug}", web=4321, recorded_s=90)], targets=[])
"""
LIVE_AND_CLOSED = """
from recording.models import Recording, Status
recording = Recording.objects.get(pk="{id}")
recording.set_passcode("sesame")
recording.viewers = "passcode"
recording.status, recording.live = Status.RECORDING, True
recording.worked_at = 4_000_000_000_000 # no worker is to go on with masters that are none
recording.save()
"""
OVER = """
from recording.models import Recording, Status
Recording.objects.filter(pk="{id}").update(status=Status.READY, live=False)
"""
ADMIN = (
    "admin/",
    "admin/auth_gateway/user/",
    "admin/auth_gateway/user/add/",
    "admin/auth_gateway/user/1/delete/",
    "admin/auth_gateway/user/1/history/",
    "admin/auth_gateway/uploadedbrand/add/",
    "admin/bridges/bridge/add/",
    "admin/bridges/bridge/add/?type=sip",
    "admin/conferences/journalentry/",
    "admin/recording/recording/use/",
)
"""One of each kind: lists of little and of much, forms, what is asked first, what happened, what is ours."""
IS_LIVE = "() => !document.querySelector('[data-part=live]').hidden"
PATHS = ("", "rooms/new", "recordings", "usage", "nothing", "watch/nothing", "join/123?ticket=x")


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture(scope="module", autouse=True)
def _pseudo_languages(office: Office) -> None:
    """Servers of tests are prepared without them."""
    pseudo_compile(
        ROOT / "locale/de/LC_MESSAGES/django.po", Path(office.server.variables["DATA_DIR"]) / "locale"
    )


def test_nothing_sticks_out_of_a_page_or_panel(office: Office, cast: Cast) -> None:
    alice = cast.person("Alice", storage_state=office.signed_in, locale="ar-XB", viewport=PHONE)
    for complaint in ("404", "403", "preload"):
        alice.forgives(complaint)
    room = office.room(name="Кухня")
    own = room.replace("/r/", "/rooms/").removeprefix(office.home)
    paths = (*PATHS, f"{own}/settings", f"{own}/conferences")
    found = {path: looked(alice.page, office.home + path) for path in paths}
    alice.opens(room)
    found["join"] = alice.page.evaluate(LOOK)
    alice.page.locator("#name").press("Enter")
    alice.is_in("live")
    found["live"] = alice.page.evaluate(LOOK)
    sticks_out_nowhere(found)


def test_nothing_sticks_out_where_recordings_are_kept_and_watched(office: Office, cast: Cast) -> None:
    alice = cast.person("Alice", storage_state=office.signed_in, locale="ar-XB", viewport=PHONE)
    for complaint in ("404", "403", "preload"):
        alice.forgives(complaint)
    room = office.room(name="Кухня")
    one = recorded(office, room)
    watch = f"{office.home}watch/{one}"
    held = room.replace("/r/", "/rooms/").removeprefix(office.home) + f"/conferences/{one.partition('-')[0]}"
    read_only = f"admin/recording/recording/{one}/change/"
    paths = ("recordings", f"recordings/{one}", held, "usage/2023-11", *ADMIN, read_only)
    found = {path: looked(alice.page, office.home + path) for path in paths}
    alice.page.goto(f"{watch}?t=20")
    alice.finds(READY)
    found["watch"] = alice.page.evaluate(LOOK)
    stranger = cast.person("Bob", locale="ar-XB", viewport=PHONE)
    stranger.forgives("403")
    with goes_on(office, one):
        alice.page.goto(watch)
        alice.finds(IS_LIVE)
        found["live"] = alice.page.evaluate(LOOK)
        found["passcode"] = looked(stranger.page, watch)
    found["sign in"] = looked(stranger.page, f"{office.home}accounts/sign-in/?refused")
    sticks_out_nowhere(found)


def recorded(office: Office, room: str) -> str:
    """The id of a recording of that room; it was also billed."""
    id = office.server.shell(ROWS.format(slug=room.rpartition("/")[2])).split()[-1]
    make_bundle(bundle_of(office, id), id=id)
    return id


@contextmanager
def goes_on(office: Office, id: str) -> Iterator[None]:
    """Its conference is still held; and strangers need a passcode."""
    manifest = bundle_of(office, id) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"ended": False}))
    office.server.shell(LIVE_AND_CLOSED.format(id=id))
    yield
    office.server.shell(OVER.format(id=id))


def bundle_of(office: Office, id: str) -> Path:
    return Path(office.server.variables["DATA_DIR"]) / "recordings" / id / "1"


def sticks_out_nowhere(found: dict[str, dict[str, list[str]]]) -> None:
    lines = [f"{page}, {part}: {out}" for page, parts in found.items() for part, out in parts.items()]
    assert not lines, "\n".join(lines)


def looked(page: Page, address: str) -> dict[str, list[str]]:
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "ar-xb")
    wide: dict[str, list[str]] = page.evaluate(LOOK)
    return wide
