"""Commands typed in the chat."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.test_polls import poll


@pytest.fixture
def camera() -> bool:
    return False


def box(person: Person) -> Locator:
    person.opens_chat()
    return person.page.locator("[data-part=chat-text]")


def note(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Only you see this")


def options(person: Person) -> Locator:
    return person.page.get_by_role("listbox", name="Commands").get_by_role("option")


def test_what_is_typed_after_a_slash_is_done(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    box(alice).press_sequentially("/lo")
    expect(alice.page.get_by_role("combobox", name="Message")).to_have_attribute("aria-expanded", "true")
    expect(options(alice)).to_have_count(1)
    box(alice).press("Tab")
    expect(box(alice)).to_have_value("/lock")
    expect(options(alice)).to_have_count(0)
    box(alice).press("Enter")
    bob.is_told("The meeting is locked: nobody new can come in")
    expect(box(alice)).to_have_value("")
    alice.types("/lcok")
    expect(note(alice)).to_contain_text("Do you mean /lock?")
    alice.types("/msg b hello there")
    bob.reads_in_chat("hello there")
    expect(bob.line("hello there")).to_contain_text("only to you")
    expect(note(alice)).to_be_hidden()
    alice.types("//lock is a command")
    bob.reads_in_chat("/lock is a command")
    alice.types("/poll Soup or pie? | Soup | Pie")
    bob.is_told("Alice asks: Soup or pie?")
    alice.types("/unlock")
    bob.is_told("The meeting is open again")
    bob.is_cut_off()
    alice.types("/spotlight bob")
    alice.types("/timer 5")
    bob.comes_back()
    bob.is_told("You are shown large to everyone")
    carol.joins(room)
    carol.opens_chat()
    expect(carol.line("/lock is a command")).to_be_visible()
    assert not any("hello there" in frame for frame in carol.frames)
    for person in (alice, bob, carol):
        expect(person.page.get_by_role("timer", name="Time left")).to_contain_text("04:")
        expect(poll(person, "Soup or pie?").get_by_role("radio", name="Pie")).to_be_visible()
    for person in (alice, carol):
        expect(person.tile(bob)).to_have_attribute("data-place", "stage")


def test_a_guest_is_offered_what_a_guest_may_do(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    box(bob).press_sequentially("/")
    expect(options(bob).filter(has_text="/hand")).to_be_visible()
    expect(options(bob).filter(has_text="/lock")).to_have_count(0)
    box(bob).press("ArrowDown")
    chosen = options(bob).nth(1)
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(box(bob)).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    box(bob).press("Escape")
    expect(options(bob)).to_have_count(0)
    bob.types("/end")
    expect(note(bob)).to_contain_text("You may not do that here: /end")
    bob.types("/help")
    expect(note(bob)).to_contain_text("Raise or lower your hand")
    expect(note(bob)).not_to_contain_text("/lock")
    bob.types("/hand")
    alice.is_told("Bob raised a hand")
    bob.types("/leave")
    bob.is_in("ended")
