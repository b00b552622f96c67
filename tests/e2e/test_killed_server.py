"""A server that is killed and started again: everybody comes back by themselves, nothing is lost, and the
recording goes on."""

import signal
from itertools import permutations
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Cast
from tests.e2e.office import NO_WORKERS, open_office
from tests.e2e.test_recording import HOST_MENU, PICTURE, SOUND, badge, captured, folder, is_captured, notice
from tests.house import wait_until


def test_everybody_comes_back_by_themselves_after_the_server_was_killed(
    tmp_path: Path, browser: Browser, cast: Cast
) -> None:
    with open_office(tmp_path, browser, **NO_WORKERS) as office:
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
        alice.chooses(HOST_MENU, "Start recording")
        for guest in (bob, carol):
            guest.presses("Stay")
        carol.sees(alice)
        raw = folder(office, alice)
        for person in (alice, bob):
            is_captured(raw, person, SOUND)
        is_captured(raw, alice, PICTURE)
        before = captured(raw, bob, SOUND)
        known = [person.id for person in everybody]

        office.server.send(signal.SIGKILL)
        for person in everybody:
            person.is_in("reconnecting")
        office.server.start()

        for person in everybody:
            person.comes_back()
            person.reads_in_chat("before the night")
            expect(badge(person)).to_be_visible()
            expect(notice(person)).to_be_hidden()
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

        assert folder(office, bob) == raw
        wait_until(lambda: len(captured(raw, bob, SOUND)) > len(before), "Bob's new track is captured")
        alice.chooses(HOST_MENU, "Stop recording")
        bob.is_told("The recording has stopped")
        wait_until(lambda: not list(raw.glob("*/*.open")), "everything is sealed")
        after = captured(raw, bob, SOUND)
        assert all(after[track] >= count for track, count in before.items())
