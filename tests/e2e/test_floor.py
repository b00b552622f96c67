"""Who has the floor: the next speaker, the spotlight, the timer."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def test_a_host_calls_on_people_shows_them_and_times_them(
    office: Office, cast: Cast, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    for person in (alice, bob, carol):
        person.joins(room)
    bob.presses("Mute microphone")
    bob.presses("Raise hand")
    alice.opens_people()
    alice.presses("Next speaker")
    bob.has("Raise hand")
    bob.has("Switch on")
    alice.has_no("Next speaker")
    alice.does("Show large to everyone", to=bob)
    bob.is_told("You are shown large to everyone")
    carol.is_told("Bob is shown large to everyone")
    expect(carol.tile(bob)).to_have_attribute("data-place", "stage")
    expect(carol.tile(alice)).to_have_attribute("data-place", "strip")
    alice.chooses("Activities", "Timer")
    dialog = alice.page.get_by_role("dialog", name="Timer for everyone")
    dialog.get_by_label("Minutes").fill("10")
    dialog.get_by_role("button", name="Start the timer").click()
    for person in (alice, bob, carol):
        expect(person.page.get_by_role("timer", name="Time left")).to_contain_text("09:")
    carol.is_cut_off()
    carol.comes_back()
    dora = cast.person("Dora")
    dora.joins(room)
    for person in (carol, dora):
        expect(person.page.get_by_role("timer", name="Time left")).to_contain_text("09:")
        expect(person.tile(bob)).to_have_attribute("data-place", "stage")
    bob.has_no("Stop")
    alice.presses("Stop")
    expect(carol.page.get_by_role("timer", name="Time left")).to_be_hidden()
