"""The style pages, which have every part in every state, are as screen readers and weak eyes need them: in
light and dark, and with more contrast. They have room on small screens, from right to left too."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import ALL, OF_COLOURS, violations
from tests.e2e.conftest import Cast
from tests.e2e.office import NO_WORKERS, Office, open_office

WAYS: tuple[dict[str, str], ...] = (
    {},
    {"scheme": "dark"},
    {"contrast": "more"},
    {"scheme": "dark", "contrast": "more"},
)
PAGES = {"": "Tokens", "conference/": "Stage, tiles, bar", "door/": "Monday round", "replay/": "Playing"}


pytestmark = pytest.mark.campaign
"""No page of the product: for whoever works on the look."""


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture(scope="module")
def workshop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server on which somebody develops."""
    with open_office(tmp_path_factory.mktemp("workshop"), browser, DEBUG="true", **NO_WORKERS) as office:
        yield office


def test_axe_finds_nothing_on_style_pages(workshop: Office, cast: Cast) -> None:
    dora = cast.person("Dora", viewport={"width": 1280, "height": 900})
    found: list[str] = []
    for path, heading in PAGES.items():
        dora.page.goto(f"{workshop.home}style/{path}")
        expect(dora.page.get_by_role("heading", name=heading).first).to_be_visible()
        for way in WAYS:
            for switch in ("scheme", "contrast"):
                dora.page.locator(f"select[name={switch}]").select_option(way.get(switch, ""))
            rules = OF_COLOURS if way else ALL
            found += [f"{path} {way}: {wrong}" for wrong in violations(dora.page, "html", rules)]
    assert not found, "\n".join(found)


def test_style_pages_have_room_on_small_screens_in_both_directions(workshop: Office, cast: Cast) -> None:
    phone: dict[str, Any] = {"width": 320, "height": 700}
    dora = cast.person("Dora", viewport=phone)
    for path in PAGES:
        for direction in ("ltr", "rtl"):
            dora.page.goto(f"{workshop.home}style/{path}?direction={direction}")
            expect(dora.page.locator("html")).to_have_attribute("dir", direction)
            assert dora.says("document.documentElement.scrollWidth <= innerWidth"), path
