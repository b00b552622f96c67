"""What people write, and to whom."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.person import Person

MARKUP = '<img src=x onerror="window.hacked = true"><b>bold</b>'


@pytest.fixture
def camera() -> bool:
    return False


def test_everyone_reads_what_somebody_writes_and_newcomers_read_it_too(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.writes("Good morning")
    alice.is_told("Bob: Good morning")
    for person in (alice, bob):
        person.reads_in_chat("Good morning")
    carol.joins(room)
    carol.reads_in_chat("Good morning")


def test_a_private_line_reaches_nobody_else(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    for person in (alice, bob, carol):
        person.joins(room)
    bob.writes("between us", to="Alice")
    expect(alice.line("between us")).to_have_count(0)
    alice.reads_in_chat("between us")
    expect(alice.line("between us")).to_contain_text("only to you")
    expect(bob.line("between us")).to_contain_text("only to Alice")
    bob.writes("for all")
    carol.reads_in_chat("for all")
    assert "between us" not in carol.page.content()
    assert not any("between us" in frame for frame in carol.frames)


def test_markup_in_chat_and_names_is_text(office: Office, cast: Cast, alice: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob = cast.person("<b>Bob</b>")
    bob.joins(room)
    bob.writes(MARKUP)
    alice.reads_in_chat(MARKUP)
    expect(alice.page.get_by_role("log").locator("img, b")).to_have_count(0)
    assert alice.roster() == ["Alice", "<b>Bob</b>"]
    expect(alice.tile(bob)).to_contain_text("<b>Bob</b>")
    assert alice.says("window.hacked") is None


def test_addresses_are_links_and_nothing_else_is(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.writes("https://example.org/?a=1&b=<i> javascript:alert(1) ftp://example.org")
    alice.reads_in_chat("example.org")
    links = alice.line("example.org").get_by_role("link")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.org/?a=1&b=")
    expect(links).to_have_attribute("rel", re.compile("noopener"))


def test_unread_lines_are_counted(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    for line in ("one", "two"):
        bob.writes(line)
    expect(alice.button("Chat")).to_have_accessible_description("Unread: 2")
    alice.opens_chat()
    expect(alice.button("Chat")).not_to_have_accessible_description("Unread: 2")
