"""Coming back: after a reload, a closed page, a cut connection, a network that went away."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def test_who_reloads_the_page_is_back_without_the_join_page(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.writes("before")
    bob.presses("Raise hand")
    bob.has("Lower hand")
    known = bob.id
    bob.page.reload()
    bob.is_in("live")
    assert bob.states == ["reconnecting", "live"], "the join page may come first, but only until scripts run"
    assert bob.id == known
    bob.has("Lower hand")
    bob.reads_in_chat("before")
    assert alice.roster() == ["Bob", "Alice"]
    alice.hears(bob)
    bob.hears(alice)


def test_a_cut_connection_resumes_with_everything_in_place(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.hears(bob)
    known, received = bob.id, len(bob.frames)
    bob.is_cut_off()
    alice.writes("while Bob was away")
    bob.comes_back()
    bob.reads_in_chat("while Bob was away")
    assert any('"resumed"' in frame for frame in bob.frames[received:])
    assert not any('"welcome"' in frame for frame in bob.frames[received:])
    assert bob.id == known
    assert alice.roster() == ["Alice", "Bob"]
    alice.hears(bob)
    bob.hears(alice)


def test_media_connects_also_when_the_connection_is_cut_meanwhile(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.opens(room)
    bob.says("() => { sessionStorage.cutAtOffer = 'yes'; }")
    bob.asks_to_join(room)
    bob.comes_back()
    assert bob.says("sessionStorage.cutAtOffer === undefined")
    alice.hears(bob)
    bob.hears(alice)


def test_who_loses_the_network_is_shown_as_away_and_returns_by_themselves(
    office: Office, alice: Person, bob: Person
) -> None:
    bob.forgives("WebSocket")
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.loses_the_network()
    bob.is_in("reconnecting")
    bob.reads("Reconnecting…")
    alice.opens_people()
    expect(alice.row("Bob")).to_contain_text("Connection lost", use_inner_text=True)
    bob.finds_the_network()
    bob.comes_back()
    expect(alice.row("Bob")).not_to_contain_text("Connection lost", use_inner_text=True)
    assert alice.roster() == ["Alice", "Bob"]
    alice.hears(bob)


def test_a_host_who_closes_the_page_is_host_again_afterwards(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    again = alice.page.context.new_page()
    alice.page.close()
    returned = Person("Alice", again)
    returned.joins(room)
    returned.has("Host controls")
    bob.hears(returned)
    returned.mutes(bob)
    bob.has("Unmute microphone")


def test_the_same_seat_in_another_tab_ends_the_first(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    kept = json.dumps(bob.says("Object.entries(sessionStorage)"))
    second = Person("Bob", bob.page.context.new_page())
    second.page.add_init_script(f"for (const [key, value] of {kept}) sessionStorage.setItem(key, value)")
    second.page.goto(room)
    second.is_in("live")
    bob.is_in("ended")
    bob.reads("You are here in another tab")
    assert alice.roster() == ["Alice", "Bob"]
    bob.presses("Use here instead")
    bob.is_in("live")
    second.is_in("ended")
