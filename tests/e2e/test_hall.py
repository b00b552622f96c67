"""What hosts arrange: a word to those who wait, a view that all follow. And what is nobody else's: notes."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.person import Person

COUNT_TONES = """window.tones = [];
window.OscillatorNode = class extends OscillatorNode {
  constructor(...how) { super(...how); tones.push(how[1].frequency); }
};"""


@pytest.fixture
def camera() -> bool:
    return False


def says_to_the_lobby(host: Person, text: str) -> None:
    host.chooses("Host controls", "Message to those who wait…")
    dialog = host.page.get_by_role("dialog", name="Message to those who wait")
    dialog.get_by_label("Shown on their page").fill(text)
    dialog.get_by_role("button", name="Show it").click()


def test_who_waits_reads_what_the_host_says_and_a_knock_is_heard_by_hosts(
    office: Office, alice: Person, bob: Person, mallory: Person
) -> None:
    room = office.room(lobby=True, tones=True)
    for person in (alice, bob):
        person.page.add_init_script(COUNT_TONES)
    alice.joins(room)
    bob.waits_at(room)
    alice.finds("() => tones.length === 2 && tones.every((tone) => tone === 330)")
    says_to_the_lobby(alice, "We start in five minutes")
    bob.reads("We start in five minutes")
    mallory.waits_at(room)
    mallory.reads("We start in five minutes")
    bob.page.reload()
    bob.reads("We start in five minutes")
    alice.chooses("Host controls", "Message to those who wait…")
    alice.presses("Take it away")
    for waiting in (bob, mallory):
        expect(waiting.page.get_by_text("Message from the host")).to_be_hidden()
        assert not any("Alice" in frame for frame in waiting.frames)
    assert bob.says("tones") == []


def test_everyone_follows_who_leads_until_they_look_on_their_own(
    office: Office, cast: Cast, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    for person in (alice, bob, carol):
        person.joins(room)
    alice.chooses("More", "Everyone follows my view")
    bob.is_told("Alice leads the view")
    alice.does("Pin", to=carol)
    for person in (alice, bob):
        expect(person.tile(carol)).to_have_attribute("data-place", "stage")
        expect(person.tile(alice)).to_have_attribute("data-place", "strip")
    bob.chooses("More", "Everyone equally large")
    bob.reads("Alice leads the view")
    expect(bob.tile(alice)).to_have_attribute("data-place", "stage")
    expect(alice.tile(bob)).to_have_attribute("data-place", "strip")
    bob.presses("Back")
    expect(bob.tile(alice)).to_have_attribute("data-place", "strip")
    carol.page.reload()
    carol.is_in("live")
    expect(carol.tile(bob)).to_have_attribute("data-place", "strip")
    bob.is_cut_off()
    alice.does("Pin", to=bob)
    bob.comes_back()
    dora = cast.person("Dora")
    dora.joins(room)
    for person in (alice, bob, carol, dora):
        expect(person.tile(bob)).to_have_attribute("data-place", "stage")
        expect(person.tile(carol)).to_have_attribute("data-place", "strip")
    dora.is_told("Alice leads the view")
    alice.does("Pin", to=carol)
    alice.does("Show large to everyone", to=bob)
    expect(carol.tile(bob)).to_have_attribute("data-place", "stage")
    alice.does("End showing large", to=bob)
    alice.presses("Stop leading")
    expect(carol.tile(bob)).to_have_attribute("data-place", "stage")
    bob.has_no("Back")


def test_notes_are_there_after_a_reload_and_nobody_elses(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    for person in (alice, bob):
        person.joins(room)
    bob.chooses("Activities", "My notes")
    notes = bob.page.get_by_role("textbox", name="My notes")
    notes.fill("Ask about\nthe budget")
    expect(bob.page.get_by_text("Saved", exact=True)).to_be_visible()
    bob.page.reload()
    bob.is_in("live")
    bob.chooses("Activities", "My notes")
    expect(notes).to_have_value("Ask about\nthe budget")
    with bob.page.expect_download() as saving:
        bob.presses("Download")
    assert saving.value.suggested_filename == "notes.txt"
    assert saving.value.path().read_text() == "Ask about\nthe budget"
    bob.is_cut_off()
    notes.fill("Between two connections")
    bob.comes_back()
    expect(bob.page.get_by_text("Saved", exact=True)).to_be_visible()
    carol.joins(room)
    carol.chooses("Activities", "My notes")
    expect(carol.page.get_by_role("textbox", name="My notes")).to_have_value("")
    notes.fill("At the last moment")
    bob.presses("Leave")
    bob.is_in("ended")
    bob.has("Download my notes")
    alice.is_told("Bob left")
    written = ("budget", "two connections", "last moment")
    assert not any(words in frame for frame in alice.frames + carol.frames for words in written)
