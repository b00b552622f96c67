"""What the page tells by itself: one talks while muted, hears nothing, is alone, or the end is near."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.conftest import Cast
from tests.e2e.office import NO_WORKERS, Office, open_office
from tests.e2e.person import Person

TALK_ON = """
navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const voice = new OscillatorNode(context, { frequency: 220 });
  const mouth = new MediaStreamAudioDestinationNode(context);
  voice.connect(mouth);
  voice.start();
  return mouth.stream;
};
"""
"""The browser's own fake microphone beeps too shortly for anybody who talks."""

SILENT_AT_FIRST = """
const { play } = HTMLMediaElement.prototype;
let pressed = false; // whatever a test evaluates counts as activation by a user
addEventListener("pointerdown", () => { pressed = true; }, { capture: true });
HTMLMediaElement.prototype.play = function () {
  return this.muted || pressed ? play.call(this) : Promise.reject(new DOMException("", "NotAllowedError"));
};
"""
"""As others are: Chromium itself lets the sound of a meeting begin without anybody's doing."""


@pytest.fixture
def camera() -> bool:
    return False


def banner(person: Person, text: str) -> Locator:
    return person.page.locator(".banner:not([hidden])").filter(has_text=text)


def test_who_talks_while_muted_is_told_so(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    bob.page.add_init_script(TALK_ON)
    alice.joins(room)
    bob.joins(room)
    alice.hears(bob)
    assert not bob.says("probe.told.includes('You are muted. Press M to speak.')")
    bob.presses("Mute microphone")
    bob.is_told("You are muted. Press M to speak.")


def test_who_is_alone_is_asked_and_everybody_is_warned_of_the_end(
    tmp_path: Path, browser: Browser, cast: Cast, bob: Person, carol: Person
) -> None:
    hasty = {"LONE_AFTER_SECONDS": "3", "MAX_MEETING_MINUTES": "9"}
    with open_office(tmp_path, browser, **hasty, **NO_WORKERS) as office:
        room = office.room()
        alice = cast.person("Alice", storage_state=office.signed_in)
        alice.joins(room)
        question = banner(alice, "You are the only one here")
        expect(question).to_contain_text("1:")
        alice.page.reload()
        expect(question).to_contain_text("1:")
        question.get_by_role("button", name="Yes, go on").click()
        expect(question).to_be_hidden()
        bob.joins(room)
        bob.is_cut_off()
        bob.comes_back()
        carol.joins(room)
        for person in (alice, bob, carol):
            expect(banner(person, "longest time").get_by_role("timer")).to_contain_text("8:")
            expect(banner(person, "You are the only one here")).to_have_count(0)


def test_whose_browser_is_silent_hears_after_a_click(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    bob.page.add_init_script(SILENT_AT_FIRST)
    alice.joins(room)
    bob.joins(room)
    bob.hears(alice)
    bob.page.reload()
    bob.is_in("live")
    silence = banner(bob, "Your browser keeps the meeting silent.")
    silence.get_by_role("button", name="Click to hear").click()
    bob.hears(alice)
    expect(silence).to_be_hidden()
