"""axe-core finds nothing to mend: on any page, in any dialog and menu, in light and dark, on a phone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.conferences.conversion import papers
from tests.e2e.axe import ALL, OF_COLOURS, Rules, violations, violations_of_dialogs
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person

PANELS = "() => [...document.querySelectorAll('[data-panel]')].map((panel) => panel.dataset.panel)"
WEAK = """() => document.querySelectorAll("dialog, [popover]").forEach((part) => {
  const words = part.appendChild(document.createElement("p"));
  words.textContent = "Hardly to be read";
  words.style.cssText = "color: #bbb; background: #fff";
})"""
Schemes = Mapping[Literal["light", "dark"], Rules]
SCHEMES: Schemes = {"light": ALL, "dark": OF_COLOURS}
LIGHT: Schemes = {"light": ALL}


@pytest.fixture
def camera() -> bool:
    return False


class Inspector:
    """Looks at a page in light and dark, where nothing but colours differs, and keeps what is wrong:
    afterwards nothing may be, but what begins as `forgiven` does."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}
        self.forgiven: tuple[str, ...] = ()

    def looks_at(self, person: Person, within: str = "html", schemes: Schemes = SCHEMES) -> None:
        for scheme, rules in schemes.items():
            person.page.emulate_media(color_scheme=scheme)
            self._note(violations(person.page, within, rules))

    def looks_everywhere(self, person: Person, schemes: Schemes = SCHEMES) -> None:
        """In every panel, dialog and menu of the conference's page."""
        self.looks_at(person, schemes=schemes)
        for panel in person.says(PANELS):
            person.says("panel => meeting.view.set({ panel })", panel)
            opened = f"[data-panel={panel}]"
            expect(person.page.locator(opened)).to_be_visible()
            self.looks_at(person, opened, schemes)
        for scheme, rules in schemes.items():
            person.page.emulate_media(color_scheme=scheme)
            self._note(violations_of_dialogs(person.page, rules))

    def _note(self, found: list[str]) -> None:
        self.found |= {said: None for said in found if not said.startswith(self.forgiven)}


@pytest.fixture
def inspector() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    assert not inspector.found, "\n".join(inspector.found)


def test_pages_outside_of_conferences(office: Office, cast: Cast, inspector: Inspector) -> None:
    stranger = cast.person("Bob")
    stranger.forgives("404")
    for path in ("", "accounts/sign-in/", "nowhere"):
        stranger.page.goto(office.home + path)
        inspector.looks_at(stranger)
    alice = cast.person("Alice", storage_state=office.signed_in)
    room = office.room()
    alice.joins(room)
    alice.chooses("Host controls", "End for everyone")
    alice.is_in("ended")
    inspector.looks_at(alice)
    settings = room.replace("/r/", "/rooms/")
    own = [office.home + page for page in ("", "rooms/new", "usage", "usage/2026-11")]
    for page in (*own, f"{settings}/settings", f"{settings}/conferences"):
        alice.page.goto(page)
        inspector.looks_at(alice)
    alice.page.get_by_role("main").get_by_role("listitem").get_by_role("link").click()
    expect(alice.page.get_by_role("row", name="Alice")).to_be_visible()
    inspector.looks_at(alice)


def test_the_administration(office: Office, cast: Cast, inspector: Inspector) -> None:
    """Breadcrumbs are Django's own, and links by their place."""
    inspector.forgiven = ("link-in-text-block: .breadcrumbs > a",)
    alice = cast.person("Alice", storage_state=office.signed_in)
    alice.joins(office.room())
    for model in ("room", "conference"):
        alice.page.goto(f"{office.home}admin/conferences/{model}/")
        inspector.looks_at(alice)
        alice.page.get_by_role("main").get_by_role("rowheader").first.get_by_role("link").click()
        expect(alice.page.get_by_role("heading", level=2).first).to_be_visible()
        inspector.looks_at(alice)


def test_weak_words_in_dialogs_are_found(office: Office, alice: Person) -> None:
    alice.joins(office.room())
    alice.says(WEAK)
    found = "\n".join(violations_of_dialogs(alice.page, OF_COLOURS))
    assert '[data-part="new-poll"] > p' in found
    assert '[data-part="menu-more"] > p' in found


def test_a_conference_from_the_door_to_the_end(
    office: Office,
    cast: Cast,
    inspector: Inspector,
    alice: Person,
    carol: Person,
    mallory: Person,
    tmp_path: Path,
) -> None:
    """Bob is at a phone, where colours are those of the desk; Mallory knocks all the while."""
    bob = cast.person("Bob", **PHONE)
    room = office.room(lobby=True)
    for guest in (bob, carol):
        guest.opens(room)
        inspector.looks_at(guest)
        guest.waits_at(room)
        inspector.looks_at(guest)
    alice.joins(room)
    alice.admits(bob)
    bob.is_in("live")
    alice.types("/record")
    alice.types("/record live")
    carol.reads("This meeting is being recorded.")
    inspector.looks_at(carol)
    alice.admits(carol)
    for guest in (bob, carol):
        guest.has("Stay")
        inspector.looks_at(guest)
        guest.presses("Stay")
    alice.types("/record stop")
    for person in (alice, bob, carol):
        person.presses("Mute microphone")
    mallory.waits_at(room)
    plans = tmp_path / "Plans.pdf"
    plans.write_bytes(papers.pdf(["Chapter 1", "Chapter 2"], size=(960, 540)))
    alice.presses("Documents")
    alice.page.get_by_label("Add a document").set_input_files(plans)
    expect(bob.page.get_by_role("img", name="Page 1 of 2 of Plans.pdf")).to_be_visible()
    alice.writes("See https://example.org/")
    bob.writes("psst", to="Alice")
    bob.writes("Seen")
    alice.does_to_line("Seen", "Heart")
    alice.does_to_line("Seen", "Reply")
    alice.types("Good")
    alice.types("/link https://example.org Our wiki")
    alice.types("/poll Soup or pie? | Soup | Pie")
    alice.says("() => meeting.live.submit({ type: 'agenda.change', items: [{ id: 1, title: 'Welcome' }] })")
    alice.says("() => meeting.live.submit({ type: 'agenda.go', item: 1 })")
    for person in (alice, bob):
        expect(person.page.locator("[data-part=agenda-now]")).to_be_visible()
    alice.types("/timer 5")
    alice.chooses("More", "Everyone follows my view")
    bob.is_told("Alice leads the view")
    bob.says("meeting.view.set({ panel: '' })")
    bob.chooses("More", "Everyone equally large")
    alice.has("Stop leading", "Stop")
    bob.has("Back")
    alice.presses("Draw")
    inspector.looks_everywhere(alice)
    inspector.looks_everywhere(bob, LIGHT)
    bob.says("meeting.view.set({ panel: '' })")
    bob.presses("Leave")
    bob.is_in("ended")
    inspector.looks_at(bob)
