"""Who was there when: for hosts while it runs, for the owner afterwards."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def table(download: Download) -> list[list[str]]:
    text = Path(download.path()).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def dialog(person: Person) -> Locator:
    found = person.page.get_by_role("dialog", name="Attendance")
    if not found.is_visible():
        person.opens_people()
        person.presses("Attendance")
    return found


def is_here(who: Person, seen_by: Person) -> None:
    expect(dialog(seen_by).get_by_role("row", name=who.name)).to_contain_text("Still here")


def test_hosts_learn_who_is_there_and_the_owner_who_was(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room(lobby=True)
    alice.joins(room)
    bob.waits_at(room)
    alice.admits(bob)
    bob.is_in("live")
    bob.is_cut_off()
    bob.comes_back()
    bob.opens_people()
    bob.has_no("Attendance")
    is_here(bob, seen_by=alice)
    carol.waits_at(room)
    dialog(alice).get_by_role("button", name="Close").click()
    alice.admits(carol)
    carol.is_in("live")
    alice.does("Make host", to=carol)
    for host in (alice, carol):
        for person in (alice, bob, carol):
            is_here(person, seen_by=host)
    with alice.page.expect_download() as saving:
        dialog(alice).get_by_role("button", name="Download as CSV").click()
    heading, her, his, _ = table(saving.value)
    assert (heading[0], her[0], her[2], his[0], his[2]) == ("Name", "Alice", "Host", "Bob", "Guest")
    assert his[-1].endswith("/..")
    assert his[-1].count("/") == 1, "a lost connection is no second stay"
    bob.presses("Leave")
    alice.is_told("Bob left")
    dialog(carol).get_by_role("button", name="Refresh").click()
    expect(dialog(carol).get_by_role("row", name="Bob")).not_to_contain_text("Still here")
    dialog(alice).get_by_role("button", name="Close").click()
    alice.chooses("Host controls", "End for everyone")
    alice.is_in("ended")
    afterwards(office, alice)


def afterwards(office: Office, alice: Person) -> None:
    alice.page.goto(office.home)
    alice.page.get_by_role("link", name="Past meetings of Kitchen").last.click()
    alice.page.get_by_role("main").get_by_role("listitem").get_by_role("link").click()
    expect(alice.page.get_by_role("row", name="Bob")).to_be_visible()
    expect(alice.page.get_by_text("Still here")).to_be_hidden()
    with alice.page.expect_download() as saving:
        alice.page.get_by_role("link", name="Download as CSV").click()
    assert [row[0] for row in table(saving.value)] == ["Name", "Alice", "Bob", "Carol"]
