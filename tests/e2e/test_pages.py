"""The pages are for everyone: by keyboard, on a phone, from right to left, in the dark, read aloud."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person

NAMELESS = re.compile(
    r"^\s*- (?:button|link|textbox|combobox|menuitem\w*|checkbox|img|dialog)\b(?! \")", re.MULTILINE
)
BRIGHTNESS = """() => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (red * 0.2126 + green * 0.7152 + blue * 0.0722) / 255;
}"""
MANY_STEPS = 60


@pytest.fixture
def camera() -> bool:
    return False


def tabs_to(person: Person, wanted: Locator) -> None:
    for _ in range(MANY_STEPS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{person.name} cannot reach {wanted} by keyboard")


def fits(person: Person) -> None:
    """Nothing is wider than the screen."""
    assert person.says("document.documentElement.scrollWidth <= innerWidth")


def names_everything(person: Person) -> None:
    assert not NAMELESS.findall(person.page.locator("body").aria_snapshot())


def test_everything_can_be_done_by_keyboard(office: Office, alice: Person, bob: Person) -> None:
    keyboard = bob.page.keyboard
    room = office.room()
    alice.joins(room)
    bob.opens(room)
    tabs_to(bob, bob.page.get_by_role("textbox", name="Your name", exact=True))
    keyboard.type("Bob")
    tabs_to(bob, bob.button("Join"))
    keyboard.press("Enter")
    bob.is_in("live")
    bob.has("Mute microphone")
    keyboard.press("m")
    bob.has("Unmute microphone")
    tabs_to(bob, bob.button("Raise hand"))
    keyboard.press("Space")
    alice.is_told("Bob raised a hand")
    bob.has("Unmute microphone")
    keyboard.press("c")
    expect(bob.page.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    keyboard.type("mum hears c")
    keyboard.press("Enter")
    alice.reads_in_chat("mum hears c")
    bob.has("Unmute microphone")
    keyboard.press("Escape")
    expect(bob.button("Chat")).to_be_focused()
    tabs_to(bob, bob.button("More"))
    keyboard.press("Enter")
    expect(bob.page.get_by_role("menu", name="More").get_by_role("menuitemradio").first).to_be_focused()
    keyboard.press("End")
    keyboard.press("Enter")
    expect(bob.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    keyboard.press("Escape")
    tabs_to(bob, bob.button("Leave"))
    keyboard.press("Enter")
    bob.is_in("ended")
    expect(bob.page.get_by_role("heading", name="You left the meeting")).to_be_focused()


def test_focus_stays_where_it_is_whatever_others_do(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.opens_chat()
    message = bob.page.get_by_role("textbox", name="Message", exact=True)
    bob.page.keyboard.type("half a sen")
    carol.joins(room)
    carol.writes("a line")
    carol.presses("Raise hand")
    carol.presses("Share screen")
    alice.mutes(bob)
    alice.does("Make presenter", to=bob)
    alice.does("Make host", to=bob)
    for told in ("Carol raised a hand", "Carol shares the screen", "Alice muted you", "You are a host now"):
        bob.is_told(told)
    expect(bob.line("a line")).to_be_visible()
    expect(message).to_be_focused()
    bob.page.keyboard.type("tence")
    expect(message).to_have_value("half a sentence")


def test_a_meeting_fits_a_phone(office: Office, cast: Cast) -> None:
    room = office.room()
    alice = cast.person("Alice", camera=True, storage_state=office.signed_in)
    alice.joins(room)
    bob = cast.person("Bob", **PHONE)
    bob.opens(room)
    fits(bob)
    bob.joins(room)
    bob.sees(alice)
    bob.hears(alice)
    bob.has("Mute microphone", "Start camera", "Raise hand", "Chat", "More", "Leave")
    fits(bob)
    bob.chooses("More", "Show people")
    expect(bob.row("Alice")).to_be_visible()
    fits(bob)
    bob.presses("Close")
    bob.writes("from the tram")
    alice.reads_in_chat("from the tram")
    fits(bob)


def test_arabic_pages_run_from_right_to_left(office: Office, cast: Cast) -> None:
    alice = cast.person("Alice", locale="ar", storage_state=office.signed_in)
    alice.page.goto(office.home)
    expect(alice.page.locator("html")).to_have_attribute("dir", "rtl")
    alice.opens(office.room())
    expect(alice.page.locator("html")).to_have_attribute("lang", "ar")
    alice.page.locator("#name").press("Enter")
    alice.is_in("live")
    start, end = (alice.page.locator(part).bounding_box() for part in (".bar-start", ".bar-end"))
    assert start
    assert end
    assert start["x"] > end["x"]
    fits(alice)


def test_pages_are_dark_for_who_likes_it_dark(office: Office, cast: Cast) -> None:
    room = office.room()
    alice = cast.person("Alice", color_scheme="dark", storage_state=office.signed_in)
    for page in (office.home, room):
        alice.page.goto(page)
        assert alice.says(BRIGHTNESS) < 0.2
    alice.joins(room)
    assert alice.says(BRIGHTNESS) < 0.2
    alice.page.emulate_media(color_scheme="light")
    assert alice.says(BRIGHTNESS) > 0.8


def test_everything_has_a_name(office: Office, cast: Cast, bob: Person) -> None:
    room = office.room()
    alice = cast.person("Alice", camera=True, storage_state=office.signed_in)
    alice.page.goto(office.home)
    names_everything(alice)
    alice.page.goto(office.home + "rooms/new")
    names_everything(alice)
    alice.opens(room)
    alice.has("Mute microphone", "Stop camera", "Join")
    names_everything(alice)
    alice.presses("Join")
    bob.joins(room)
    alice.has("Mute microphone", "Stop camera", "Share screen", "Raise hand", "Reactions", "More")
    alice.has("People", "Chat", "Leave", "Host controls")
    alice.opens_chat()
    alice.has("Send", "Close")
    names_everything(alice)
    alice.opens_people()
    alice.has("Invite others", "Actions for Bob")
    names_everything(alice)
    for menu in ("Host controls", "More", "Reactions", "Actions for Bob"):
        alice.presses(menu)
        expect(alice.page.get_by_role("menu")).to_be_visible()
        names_everything(alice)
        alice.page.keyboard.press("Escape")
