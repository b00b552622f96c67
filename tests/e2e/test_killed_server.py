"""A server that is killed and started again: everybody comes back by themselves, and nothing is lost."""

import signal
from itertools import permutations
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.conftest import Cast
from tests.e2e.office import open_office


def test_everybody_comes_back_by_themselves_after_the_server_was_killed(
    tmp_path: Path, browser: Browser, cast: Cast
) -> None:
    with open_office(tmp_path, browser) as office:
        room = office.room()
        alice = cast.person("Alice", storage_state=office.signed_in)
        bob, carol = (cast.person(name, camera=False) for name in ("Bob", "Carol"))
        everybody = (alice, bob, carol)
        for person in everybody:
            person.forgives("WebSocket connection")
            person.joins(room)
        alice.writes("before the night")
        alice.does("Make presenter", to=bob)
        for person in (carol, bob):
            person.presses("Raise hand")
            person.has("Lower hand")
        carol.sees(alice)
        known = [person.id for person in everybody]

        office.server.send(signal.SIGKILL)
        for person in everybody:
            person.is_in("reconnecting")
        office.server.start()

        for person in everybody:
            person.comes_back()
            person.reads_in_chat("before the night")
        assert [person.id for person in everybody] == known
        assert alice.roster() == ["Carol", "Bob", "Alice"]
        assert "Presenter" in alice.row("Bob").inner_text()
        alice.has("Host controls")
        for one, other in permutations(everybody, 2):
            one.hears(other)
        for guest in (bob, carol):
            guest.sees(alice)
        bob.writes("after the night")
        carol.reads_in_chat("after the night")
