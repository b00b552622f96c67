"""Captions: one types what is said, all read it who wish to, also who comes late."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import axe
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.test_pages import fits


@pytest.fixture
def camera() -> bool:
    return False


def captions(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Captions")


def line(person: Person, text: str) -> Locator:
    return captions(person).get_by_text(text, exact=True)


def types(person: Person, text: str) -> None:
    field = person.page.get_by_role("textbox", name="Type what is said")
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def test_somebody_types_what_all_read_who_wish_to(
    office: Office, cast: Cast, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.does("Ask to write captions", to=bob)
    bob.is_told("Alice asks you to write captions")
    types(bob, "Good morning, everyone")
    expect(line(alice, "Good morning, everyone")).to_be_visible()
    assert axe.violations(alice.page) == []
    assert axe.violations(bob.page) == []
    alice.chooses("More", "Show captions")
    expect(captions(alice)).to_be_hidden()
    carol = cast.person("Carol", locale="ar", color_scheme="dark", **PHONE)
    carol.opens(room)
    carol.page.locator("#name").fill("Carol")
    carol.page.locator("#name").press("Enter")
    carol.is_in("live")
    types(bob, "صباح الخير")
    expect(carol.page.locator("[data-part=captions] .caption").last).to_have_text("صباح الخير")
    fits(carol)
    assert axe.violations(carol.page) == []
    alice.page.reload()
    alice.is_in("live")
    expect(captions(alice)).to_be_hidden()  # her choice is remembered
    alice.page.keyboard.press("t")
    types(bob, "Good night, everyone")
    expect(line(alice, "Good night, everyone")).to_be_visible()
    bob.presses("Stop writing captions")
    expect(bob.page.get_by_role("textbox", name="Type what is said")).to_be_hidden()
