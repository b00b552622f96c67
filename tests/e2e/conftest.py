"""The cast at real browsers: `alice` hosts and is signed in, `bob`, `carol` are guests, `mallory` has no
business here. One browser and one server serve all tests; every test has its own rooms and its own people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.office import Office, open_office
from tests.e2e.person import Person

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream=device-count=1,fps=10",
    "--allow-loopback-in-peer-connection",
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROBE = Path(__file__).with_name("probe.js")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.stash[HAS_FAILED] = report.failed
    return report


HAS_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office"), browser) as office:
        yield office


class Cast:
    """`cast.person("Dora")`: one more, with a browser profile of their own."""

    def __init__(self, browser: Browser) -> None:
        self.people: list[Person] = []
        self._browser = browser

    def person(self, name: str, **context: Any) -> Person:
        """`context`: what the profile is like, in Playwright's words."""
        profile = self._browser.new_context(**{"locale": "en-GB", **context})
        profile.add_init_script(path=PROBE)
        person = Person(name, profile.new_page())
        self.people.append(person)
        return person


@pytest.fixture
def cast(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Cast]:
    """Afterwards no page may have complained about anything."""
    cast = Cast(browser)
    yield cast
    if request.node.stash.get(HAS_FAILED, True):
        for person in cast.people:
            person.looks(request.node.name)
    complaints = {person.name: person.unforgiven for person in cast.people if person.unforgiven}
    for person in cast.people:
        person.page.context.close()
    assert not complaints


@pytest.fixture
def alice(cast: Cast, office: Office) -> Person:  # type: ignore[override]
    return cast.person("Alice", storage_state=office.signed_in)


@pytest.fixture
def bob(cast: Cast) -> Person:
    return cast.person("Bob")


@pytest.fixture
def carol(cast: Cast) -> Person:
    return cast.person("Carol")


@pytest.fixture
def mallory(cast: Cast) -> Person:  # type: ignore[override]
    return cast.person("Mallory")
