"""Every page and panel on the narrowest phone, with texts a third longer and from right to left (ar-XB)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Cast
from tests.e2e.office import Office

LOOK = Path(__file__).with_name("walk.js").read_text()
PHONE = {"width": 320, "height": 640}
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
    lines = [f"{page}, {part}: {out}" for page, parts in found.items() for part, out in parts.items()]
    assert not lines, "\n".join(lines)


def looked(page: Page, address: str) -> dict[str, list[str]]:
    page.goto(address)
    wide: dict[str, list[str]] = page.evaluate(LOOK)
    return wide
