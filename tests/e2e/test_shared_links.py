"""A page elsewhere that everyone is invited to open."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def card(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Page for everyone")


def test_a_page_is_offered_to_all_and_to_who_comes_late_until_it_is_withdrawn(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.chooses("Activities", "Open a page for everyone")
    dialog = alice.page.get_by_role("dialog", name="Open a page for everyone")
    dialog.get_by_label("Address").fill("javascript:alert(1)")
    dialog.get_by_role("button", name="Invite everyone").click()
    expect(dialog.get_by_role("alert")).to_contain_text("not an address")
    dialog.get_by_label("Address").fill("bücher.example/wiki")
    dialog.get_by_label("Title").fill("Our wiki")
    dialog.get_by_role("button", name="Invite everyone").click()
    expect(card(bob)).to_contain_text("Alice opens xn--bcher-kva.example for everyone")
    expect(card(bob)).to_contain_text("Our wiki")
    link = card(bob).get_by_role("link", name="Open")
    expect(link).to_have_attribute("href", "https://xn--bcher-kva.example/wiki")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")
    expect(card(bob).get_by_role("button", name="Withdraw")).to_be_hidden()
    card(bob).get_by_role("button", name="Not now").click()
    expect(card(bob)).to_be_hidden()
    bob.is_cut_off()
    bob.comes_back()
    expect(card(bob)).to_be_hidden()
    bob.chooses("Activities", "Page for everyone")
    expect(card(bob)).to_be_visible()
    carol.joins(room)
    expect(card(carol)).to_contain_text("Our wiki")
    carol.is_cut_off()
    card(alice).get_by_role("button", name="Withdraw").click()
    carol.comes_back()
    for person in (alice, bob, carol):
        expect(card(person)).to_be_hidden()
