"""The cast at real browsers: `alice` hosts and is signed in, `bob`, `carol` are guests, `mallory` has no
business here. One browser and one server serve all tests; every test has its own rooms and its own people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.chromium import CHROMIUM, arguments
from tests.e2e.booth import connect_phones
from tests.e2e.office import Office, open_office
from tests.e2e.person import Person
from tests.e2e.profiles import Profiles

ARGUMENTS = arguments("device-count=1,fps=5")
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    if not config.getoption("--screenshots"):
        pictures = [item for item in items if item.path.name.endswith("screenshots.py")]
        config.hook.pytest_deselected(items=pictures)
        items[:] = [item for item in items if item not in pictures]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.stash[HAS_FAILED] = report.failed
    return report


HAS_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def profiles() -> Profiles:
    return Profiles()


@pytest.fixture(scope="package")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office"), browser, PSEUDO_LANGUAGES="true") as office:
        yield office


@pytest.fixture(scope="package")
def sip(office: Office) -> int:
    """The port of the office's embedded telephone bridge."""
    return connect_phones(office)


class Cast:
    """`cast.person("Dora")`: one more, with a browser profile of their own."""

    def __init__(self, profiles: Profiles, browser: Browser, *, camera: bool) -> None:
        self.people: list[Person] = []
        self._profiles = profiles
        self._browser = browser
        self._camera = camera

    def person(self, name: str, *, camera: bool | None = None, **context: Any) -> Person:
        """`context`: what the profile is like, in Playwright's words."""
        seen = self._camera if camera is None else camera
        profile = self._profiles.lend(self._browser, camera=seen, **context)
        person = Person(name, profile.new_page())
        self.people.append(person)
        return person


@pytest.fixture
def camera() -> bool:
    """Whether people come with their camera on. Pictures are heavy: tests that need none override it."""
    return True


@pytest.fixture
def cast(
    profiles: Profiles, browser: Browser, camera: bool, request: pytest.FixtureRequest
) -> Iterator[Cast]:
    """Afterwards no page may have complained about anything."""
    cast = Cast(profiles, browser, camera=camera)
    yield cast
    has_failed = request.node.stash.get(HAS_FAILED, True)
    if has_failed:
        for person in cast.people:
            person.looks(request.node.name)
    complaints = {person.name: person.unforgiven for person in cast.people if person.unforgiven}
    for person in cast.people:
        done_with = profiles.throw_away if has_failed or complaints else profiles.take_back
        done_with(person.page.context)
    assert not complaints


@pytest.fixture
def alice(cast: Cast, office: Office) -> Person:
    return cast.person("Alice", storage_state=office.signed_in)


@pytest.fixture
def bob(cast: Cast) -> Person:
    return cast.person("Bob")


@pytest.fixture
def carol(cast: Cast) -> Person:
    return cast.person("Carol")


@pytest.fixture
def mallory(cast: Cast) -> Person:
    return cast.person("Mallory")
