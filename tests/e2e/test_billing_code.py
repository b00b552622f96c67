"""What a meeting goes under: asked at the door, changed inside, shown to who runs it."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def code_field(person: Person) -> Locator:
    return person.page.get_by_role("textbox", name="Billing code")


def test_a_host_says_the_billing_code_and_changes_it(office: Office, alice: Person, bob: Person) -> None:
    alice.forgives("403")
    room = office.room(asks_billing_code="mandatory", billing_codes="PO-##")
    alice.opens(room)
    code_field(alice).fill("nonsense")
    alice.presses("Join")
    alice.reads("This billing code is not known.")
    code_field(alice).fill("PO-42")
    alice.presses("Join")
    alice.is_in("live")
    bob.joins(room)
    alice.opens_people()
    alice.reads("PO-42")
    alice.chooses("Host controls", "Billing code…")
    dialog = alice.page.get_by_role("dialog", name="Billing code")
    dialog.get_by_role("textbox").fill("PO-99")
    alice.page.keyboard.press("Enter")
    alice.reads("PO-99")
    bob.opens_people()
    expect(bob.page.get_by_text("PO-99")).to_be_hidden()
