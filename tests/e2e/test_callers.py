"""People on the phone, among those on the page; and phones that are called."""

import pytest
from playwright.sync_api import expect

from conferences.core import calls as k
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.telephone import Exchange


@pytest.fixture
def camera() -> bool:
    return False


def test_callers_are_people_like_all_others(office: Office, alice: Person, bob: Person) -> None:
    room = office.room(callers_allowed=True, callers_unmute=True)
    alice.joins(room)
    bob.joins(room)
    exchange = Exchange(office, alice)
    exchange.phones("+49 ••• 42")
    caller = exchange.phones("Dora")
    alice.opens_people()
    expect(alice.row("Dora")).to_contain_text("By phone", use_inner_text=True)
    expect(bob.tile(caller)).to_contain_text("Dora", use_inner_text=True)
    alice.does("Mute", to="Dora")
    expect(alice.row("Dora")).to_contain_text("Muted", use_inner_text=True)
    exchange.tells(
        k.ReportHold(call=caller.call, held=True), k.ReportQuality(call=caller.call, quality="poor")
    )
    expect(alice.row("Dora")).to_contain_text("On hold", use_inner_text=True)
    expect(alice.row("Dora")).to_contain_text("Poor line", use_inner_text=True)
    exchange.tells(k.ReportHold(call=caller.call, held=False))
    alice.does("Connect with somebody on the page…", to="Dora")
    alice.page.get_by_role("dialog", name="Who is Dora?").get_by_role("button", name="Bob").click()
    bob.reads("You are on the phone.")
    bob.finds("() => [...document.querySelectorAll('audio')].every(({ muted }) => muted)")
    bob.presses("Unmute your phone")
    expect(alice.row("Bob")).to_contain_text("Microphone on", use_inner_text=True)
    bob.presses("Leave the phone")
    bob.has("Unmute microphone")
    alice.does("Remove", to="+49 ••• 42")
    expect(alice.row("+49 ••• 42")).to_have_count(0)
    assert alice.roster() == ["Alice", "Bob"]


@pytest.mark.usefixtures("sip")
def test_phones_are_called_and_one_sees_what_becomes_of_it(office: Office, alice: Person) -> None:
    alice.joins(office.room())
    alice.opens_people()
    alice.presses("Call somebody")
    dialog = alice.page.get_by_role("dialog", name="Call somebody")
    dialog.get_by_label("Phone number").fill("no number")
    dialog.get_by_role("button", name="Call", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("This is not a phone number.", use_inner_text=True)
    dialog.get_by_label("Phone number").fill("+49 30 5512486")
    dialog.get_by_label("Name, if you like").fill("Dora")
    dialog.get_by_role("button", name="Call", exact=True).click()
    being_called = alice.page.get_by_role("region", name="Being called")
    expect(being_called).to_contain_text("Ringing…", use_inner_text=True)
    alice.has("Cancel the call to Dora")
    expect(being_called).to_contain_text("The line is busy", use_inner_text=True)
    alice.is_told("Dora: The line is busy")
    alice.presses("Call Dora again")
    expect(dialog.get_by_label("Phone number")).to_have_value("+49 30 5512486")
    dialog.get_by_label("Phone number").fill("+49 30 5512342")
    dialog.get_by_role("button", name="Call", exact=True).click()
    expect(alice.row("Dora").filter(has_text="By phone")).to_be_visible()
    expect(being_called).to_be_hidden()
