"""Inviting people: a text, a file for calendars, a code for cameras."""

import re
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def test_who_is_invited_by_text_or_calendar_or_code_comes_in(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    alice.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    alice.forgives("status of 400")
    room = office.room(name="Tea, =cake")
    alice.joins(room)
    alice.chooses("More", "Invite others")
    alice.page.get_by_text("Write an invitation").click()
    text = alice.page.get_by_role("textbox", name="Text to send")
    code = alice.page.locator(".invite-code strong").inner_text()
    by_code = f"Or with this code, on the home page: {code}"
    expect(text).to_have_value(f"Invitation: Tea, =cake\n\nLink: {room}\n{by_code}")
    alice.presses("Copy invitation")
    alice.reads("Copied")
    copied = alice.says("navigator.clipboard.readText()")
    assert copied == text.input_value()
    (link,) = re.findall(r"Link: (\S+)", copied)
    bob.joins(link)
    alice.page.get_by_label("With date and time").check()
    asks_for_an_absurd_date(alice)
    alice.page.get_by_label("Date", exact=True).fill("2027-07-01")
    alice.page.get_by_label("Time", exact=True).fill("10:00")
    alice.page.get_by_label("Time zone").select_option("Europe/Berlin")
    alice.finds("() => document.querySelector('#invitation-text').value.includes('July 1, 2027, 10:00')")
    with alice.page.expect_download() as saving:
        alice.presses("File for calendars")
    (event,) = Calendar.from_ical(Path(saving.value.path()).read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2027-07-01T08:00:00+00:00"
    assert str(event["summary"]) == "Tea, =cake"
    assert str(event["location"]) == room
    alice.presses("Show QR code")
    expect(alice.page.get_by_role("img", name=f"QR code of the link {room}")).to_be_visible()
    alice.presses("Full screen")
    alice.finds("() => document.fullscreenElement?.querySelector('.qr')")
    alice.page.get_by_role("dialog", name="Tea, =cake").get_by_role("button", name="Close").click()
    alice.finds("() => !document.fullscreenElement")
    alice.is_in("live")
    enters(carol, office, code)
    alice.page.reload()
    bob.is_cut_off()
    bob.comes_back()
    for person in (alice, bob, carol):
        person.is_in("live")
        assert person.roster() == ["Alice", "Bob", "Carol"]


def enters(person: Person, office: Office, code: str) -> None:
    person.page.goto(office.home)
    person.page.get_by_label("code", exact=False).fill(code)
    person.page.keyboard.press("Enter")
    person.is_in("joining")
    person.page.get_by_role("textbox", name="Your name", exact=True).fill(person.name)
    person.presses("Join")
    person.is_in("live")


def asks_for_an_absurd_date(person: Person) -> None:
    person.page.get_by_label("Date", exact=True).fill("9999-12-31")
    error = person.page.get_by_role("dialog", name="Invite others").get_by_role("alert")
    expect(error).to_have_text("Date: Please choose a date between the years 2000 and 2199.")
