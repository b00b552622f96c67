"""People see and hear each other, and no longer do when they should not."""

from itertools import permutations

from playwright.sync_api import expect

from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.person import Person


def test_who_signs_in_and_meets_now_is_seen_and_heard_by_a_guest_with_the_link(
    office: Office, cast: Cast, bob: Person
) -> None:
    alice = cast.person("Alice")
    alice.signs_in(office.home)
    alice.presses("Meet now")
    expect(alice.page.get_by_role("textbox", name="Your name", exact=True)).to_have_value("Alice")
    alice.presses("Join")
    alice.is_in("live")
    alice.reads("Nobody else is here yet")
    bob.joins(alice.page.url)
    for one, other in permutations((alice, bob), 2):
        one.sees(other)
        one.hears(other)


def test_three_people_see_and_hear_each_other(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    for person in (alice, bob, carol):
        person.joins(room)
    for one, other in permutations((alice, bob, carol), 2):
        one.sees(other)
        one.hears(other)


def test_a_shared_screen_is_seen_until_its_sharing_stops_or_is_stopped(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.presses("Share screen")
    alice.sees(bob, "screen")
    for person in (alice, bob):
        expect(person.tile(bob).locator("[data-part=sharing]")).to_be_visible()
        expect(person.tile(alice).locator("[data-part=sharing]")).to_be_hidden()
    bob.presses("Stop sharing")
    expect(alice.page.locator("[data-screen]")).to_have_count(0)
    bob.has("Share screen")
    alice.sees(bob)
    bob.presses("Share screen")
    alice.sees(bob, "screen")
    alice.does("Stop the shared screen", to=bob)
    bob.has("Share screen")
    expect(alice.page.locator("[data-screen]")).to_have_count(0)


def test_what_the_host_stops_of_somebody_is_gone_until_they_start_it(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.hears(bob)
    alice.mutes(bob)
    bob.has("Unmute microphone")
    bob.is_told("Alice muted you")
    alice.misses("microphone", of=bob)
    expect(alice.row("Bob")).to_contain_text("Muted", use_inner_text=True)
    bob.presses("Unmute microphone")
    bob.has("Mute microphone")
    alice.hears(bob)
    alice.sees(bob)
    alice.does("Stop video", to=bob)
    bob.has("Start camera")
    alice.misses("camera", of=bob)
    expect(alice.tile(bob).locator("video")).to_be_hidden()
    bob.presses("Start camera")
    alice.sees(bob)
