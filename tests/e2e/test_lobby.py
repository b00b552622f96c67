"""Waiting to come in, and not coming in."""

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def test_guests_wait_for_the_host_and_come_in_by_themselves(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    bob.waits_at(room)
    bob.reads("The meeting begins when the host is here")
    alice.joins(room)
    bob.is_in("live")
    alice.hears(bob)
    bob.hears(alice)


def test_all_who_wait_are_admitted_at_once(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(lobby=True)
    alice.joins(room)
    for guest in (bob, carol):
        guest.waits_at(room)
    alice.opens_people()
    alice.presses("Admit all")
    for guest in (bob, carol):
        guest.is_in("live")
    assert alice.roster() == ["Alice", "Bob", "Carol"]


def test_who_waits_learns_nothing_of_the_conference_until_the_host_admits_them(
    office: Office, alice: Person, bob: Person, mallory: Person
) -> None:
    room = office.room(lobby=True)
    alice.joins(room)
    bob.waits_at(room)
    bob.reads("The host knows that you are here")
    alice.is_told("Bob waits to be let in")
    alice.admits(bob)
    bob.is_in("live")
    assert alice.roster() == ["Alice", "Bob"]
    bob.hears(alice)
    alice.hears(bob)
    mallory.waits_at(room)
    alice.writes("Mallory must not know this")
    bob.reads_in_chat("Mallory must not know this")
    alice.reads("Mallory")
    alice.admits(mallory)
    mallory.is_in("live")
    welcome = next(at for at, frame in enumerate(mallory.frames) if "Bob" in frame)
    assert not any("must not know" in frame for frame in mallory.frames[:welcome])
    assert "Mallory waits to be let in" not in bob.page.content()


def test_who_is_denied_is_told_so(office: Office, alice: Person, mallory: Person) -> None:
    room = office.room(lobby=True)
    alice.joins(room)
    mallory.waits_at(room)
    alice.denies(mallory)
    mallory.is_in("ended")
    mallory.reads("You were not let in")
    assert alice.roster() == ["Alice"]


def test_a_newcomer_to_a_locked_conference_is_told_why_on_the_join_page(
    office: Office, alice: Person, bob: Person, mallory: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.chooses("Host controls", "Lock the meeting")
    bob.is_told("The meeting is locked: nobody new can come in")
    mallory.asks_to_join(room)
    expect(mallory.page.get_by_role("alert")).to_have_text(
        "The meeting is locked. Ask somebody inside to open it."
    )
    mallory.is_in("joining")
    alice.chooses("Host controls", "Lock the meeting")
    bob.is_told("The meeting is open again")
    mallory.presses("Join")
    mallory.is_in("live")


def test_only_people_with_an_account_enter_a_room_that_is_not_for_guests(
    office: Office, mallory: Person
) -> None:
    mallory.forgives("status of 403")
    mallory.asks_to_join(office.room(guests_allowed=False))
    expect(mallory.page.get_by_role("alert")).to_contain_text("Only people with an account may enter")
    mallory.is_in("joining")
