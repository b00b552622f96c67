"""Who is who, and what hosts may do with the others."""

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def test_who_is_removed_sees_the_end_and_cannot_return(
    office: Office, alice: Person, bob: Person, mallory: Person
) -> None:
    room = office.room()
    for person in (alice, bob, mallory):
        person.joins(room)
    bob.hears(mallory)
    seat = mallory.says("Object.entries(sessionStorage).find(([key]) => key.startsWith('meeting.seat.'))")
    alice.does("Remove", to=mallory)
    mallory.is_in("ended")
    mallory.reads("You were removed")
    mallory.has_no("Join again")
    bob.misses("microphone", of=mallory)
    assert bob.roster() == ["Alice", "Bob"]
    mallory.says("([key, value]) => sessionStorage.setItem(key, value)", seat)
    mallory.page.reload()
    mallory.reads("You were removed from this meeting.")
    mallory.is_in("joining")
    assert alice.roster() == ["Alice", "Bob"]


def test_a_reaction_and_a_new_name_are_seen_by_the_others(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.says(
        """() => new MutationObserver((news) => {
          for (const { addedNodes } of news) for (const node of addedNodes) window.flown = node;
        }).observe(document.querySelector("[data-part=reactions]"), { childList: true })"""
    )
    bob.chooses("Reactions", "Applause")
    alice.finds("() => window.flown?.textContent.trim() === 'Bob'")
    assert "applause" in alice.says("window.flown.querySelector('use').getAttribute('href')")
    bob.chooses("More", "Change my name")
    bob.page.get_by_role("textbox", name="New name").fill("Robert")
    bob.presses("Save")
    expect(alice.tile(bob)).to_contain_text("Robert")
    assert alice.roster() == ["Alice", "Robert"]


def test_who_is_made_host_has_the_hosts_controls(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.has_no("Host controls")
    alice.does("Make host", to=bob)
    bob.has("Host controls")
    bob.is_told("You are a host now")
    bob.mutes(alice)
    alice.has("Unmute microphone")


def test_a_host_passes_the_meeting_on(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.does("Make host instead of me", to=bob)
    bob.has("Host controls")
    alice.has_no("Host controls")
    expect(bob.tile(alice)).to_be_visible()
    bob.opens_people()
    expect(bob.row("Alice")).not_to_contain_text("Host", use_inner_text=True)


def test_hands_are_shown_in_the_order_in_which_they_went_up(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    for person in (alice, bob, carol):
        person.joins(room)
    carol.presses("Raise hand")
    alice.is_told("Carol raised a hand")
    bob.presses("Raise hand")
    alice.is_told("Bob raised a hand")
    assert alice.roster() == ["Carol", "Bob", "Alice"]
    carol.presses("Lower hand")
    expect(alice.tile(carol).locator(".tile-hand")).to_be_hidden()
    assert alice.roster() == ["Bob", "Alice", "Carol"]
    alice.chooses("Host controls", "Lower all hands")
    bob.has("Raise hand")
    bob.is_told("Alice lowered your hand")


def test_the_end_for_everyone_is_the_end_for_everyone(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.chooses("Host controls", "End for everyone")
    for person in (alice, bob):
        person.is_in("ended")
        person.reads("The meeting is over")


def test_who_leaves_may_join_again(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.presses("Leave")
    bob.is_in("ended")
    bob.reads("You left the meeting")
    alice.is_told("Bob left")
    assert alice.roster() == ["Alice"]
    bob.presses("Join again")
    bob.is_in("live")
    alice.hears(bob)
