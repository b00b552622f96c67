"""The agenda: one writes it, all see where they are, also who comes late or comes back."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def adds(person: Person, title: str, minutes: str = "") -> None:
    form = person.page.get_by_role("complementary", name="Agenda").locator("form")
    form.get_by_label("New item").fill(title)
    form.get_by_label("Minutes").fill(minutes)
    form.get_by_role("button", name="Add").click()
    expect(form.get_by_label("New item")).to_be_focused()
    expect(items(person).filter(has=person.page.get_by_label(f"{title} is done"))).to_be_visible()


def items(person: Person) -> Locator:
    return person.page.get_by_role("list", name="Agenda").get_by_role("listitem")


def order(person: Person) -> list[str]:
    return person.page.locator("[data-part=agenda-list] [data-part=title]").all_text_contents()


def handle(person: Person, title: str) -> Locator:
    return person.page.get_by_role("button", name=f"{title}: place")


def has_now(person: Person, title: str) -> None:
    expect(person.page.locator("[data-part=agenda-now]")).to_contain_text(title)


def test_an_agenda_is_written_ordered_and_gone_through_before_all_eyes(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    for person in (alice, bob):
        person.chooses("Activities", "Agenda")
    adds(alice, "Budget", "15")
    adds(alice, "Plans")
    adds(alice, "Welcome", "5")
    by_keyboard(alice, bob)
    by_hand(alice)
    assert order(alice) == ["Welcome", "Plans", "Budget"]
    alice.presses("Next item")
    alice.presses("Next item")
    bob.has_no("Next item", "Add")
    for person in (alice, bob):
        has_now(person, "Plans")
        expect(items(person).nth(0).get_by_role("checkbox")).to_be_checked()
    bob.is_cut_off()
    alice.page.get_by_role("button", name="Talk about Budget now").click()
    bob.comes_back()
    carol.joins(room)
    for person in (alice, bob, carol):
        has_now(person, "Budget")
        expect(person.page.locator("[data-part=agenda-now-left]")).to_contain_text("14:")
    alice.presses("Finish this item")
    expect(carol.page.locator("[data-part=agenda-now]")).to_be_hidden()


def by_keyboard(alice: Person, bob: Person) -> None:
    """Welcome goes to the top; whoever moves it stays where they are."""
    handle(alice, "Welcome").focus()
    alice.page.keyboard.press("Home")
    expect(items(bob).first).to_contain_text("Welcome")
    expect(handle(alice, "Welcome")).to_be_focused()
    assert order(bob) == ["Welcome", "Budget", "Plans"]


def by_hand(alice: Person) -> None:
    """Budget is dragged to the end."""
    handle(alice, "Budget").drag_to(handle(alice, "Plans"), target_position={"x": 5, "y": 40})
    expect(items(alice).last.get_by_label("Budget is done")).to_be_visible()
