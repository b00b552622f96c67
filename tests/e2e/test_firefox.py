"""Firefox and Chromium in one conference."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.chromium import CHROMIUM
from tests.e2e.conftest import ARGUMENTS, Cast
from tests.e2e.firefox import FirefoxPerson
from tests.e2e.office import ACCOUNT, NO_WORKERS
from tests.e2e.private_network import PrivateNetwork, private_network
from tests.house import RunningServer, running_server


@pytest.fixture(scope="module")
def network() -> Iterator[PrivateNetwork]:
    with private_network() as network:
        yield network


@pytest.fixture(scope="module")
def server(network: PrivateNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    variables = (
        ACCOUNT
        | NO_WORKERS
        | {
            "HOST": "0.0.0.0",  # noqa: S104 - in a network of its own
            "ALLOWED_HOSTS": f"localhost,{network.address}",
            "MEDIA_PUBLIC_ADDRESS": network.address,
        }
    )
    folder = tmp_path_factory.mktemp("firefox")
    with running_server(folder, within=network.within, **variables) as server:
        yield server


@pytest.fixture(scope="module")
def browser(
    network: PrivateNetwork, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    chromium = tmp_path_factory.mktemp("chromium") / "chromium"
    chromium.write_text(f'#!/bin/sh\nexec {" ".join(network.within)} {CHROMIUM} "$@"\n')
    chromium.chmod(0o755)
    browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def bob(network: PrivateNetwork, tmp_path: Path) -> Iterator[FirefoxPerson]:
    bob = FirefoxPerson("Bob", network.within, tmp_path)
    yield bob
    bob.closes()


def test_firefox_and_chromium_see_and_hear_each_other(
    server: RunningServer, cast: Cast, bob: FirefoxPerson
) -> None:
    alice = cast.person("Alice")
    alice.signs_in(f"http://localhost:{server.port}/")
    alice.presses("Meet now")
    alice.presses("Join")
    alice.is_in("live")
    bob.joins(alice.page.url)
    bob.sees(alice)
    bob.hears(alice)
    alice.sees(bob)
    alice.hears(bob)
    bob.presses("Mute microphone")
    alice.misses("microphone", of=bob)
    bob.presses("Unmute microphone")
    alice.hears(bob)
    assert not [said for said in bob.complaints if "was interrupted" not in said], "but for sockets given up"
