"""Every page and panel on the narrowest phone, with texts a third longer and from right to left (ar-XB)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.test_watching import READY
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
CLOSED = """
from recording.models import Recording
recording = Recording.objects.get(pk="{id}")
recording.set_passcode("sesame")
recording.viewers = "passcode"
recording.save()
"""
ADMIN = ("admin/", "admin/auth_gateway/user/add/", "admin/bridges/bridge/add/?type=sip")
PATHS = ("", "rooms/new", "recordings", "usage", "nothing", "watch/nothing", "join/123?ticket=x")


@pytest.fixture
def camera() -> bool:
    return False


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
    paths = ("recordings", f"recordings/{one}", held, "usage/2023-11", *ADMIN)
    found = {path: looked(alice.page, office.home + path) for path in paths}
    alice.page.goto(f"{watch}?t=20")
    alice.finds(READY)
    found["watch"] = alice.page.evaluate(LOOK)
    made = office.server.manage("shell", "-c", CLOSED.format(id=one))
    assert made.returncode == 0, made.stderr
    stranger = cast.person("Bob", locale="ar-XB", viewport=PHONE)
    stranger.forgives("403")
    found["passcode"] = looked(stranger.page, watch)
    found["sign in"] = looked(stranger.page, f"{office.home}accounts/sign-in/?refused")
    sticks_out_nowhere(found)


def recorded(office: Office, room: str) -> str:
    """The id of a recording of that room; it was also billed."""
    made = office.server.manage("shell", "-v0", "-c", ROWS.format(slug=room.rpartition("/")[2]))
    assert made.returncode == 0, made.stderr
    id = made.stdout.split()[-1]
    make_bundle(Path(office.server.variables["DATA_DIR"]) / "recordings" / id / "1", id=id)
    return id


def sticks_out_nowhere(found: dict[str, dict[str, list[str]]]) -> None:
    lines = [f"{page}, {part}: {out}" for page, parts in found.items() for part, out in parts.items()]
    assert not lines, "\n".join(lines)


def looked(page: Page, address: str) -> dict[str, list[str]]:
    page.goto(address)
    wide: dict[str, list[str]] = page.evaluate(LOOK)
    return wide
