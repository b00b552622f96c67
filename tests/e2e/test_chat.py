"""What people write, and to whom."""

import re

import pytest
from playwright.sync_api import expect

from tests.conferences.conversion import papers
from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.house import wait_until

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


def test_unread_lines_are_counted_and_addresses_in_them_are_links(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.writes("two lines")
    bob.writes("https://example.org/?a=1&b=<i> javascript:alert(1) ftp://example.org")
    expect(alice.button("Chat")).to_have_accessible_description("Unread: 2")
    alice.reads_in_chat("example.org")
    expect(alice.button("Chat")).not_to_have_accessible_description("Unread: 2")
    links = alice.line("example.org").get_by_role("link")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.org/?a=1&b=")
    expect(links).to_have_attribute("rel", re.compile("noopener"))


def agree(*people: Person) -> None:
    """All of them see the same conversation."""
    pictures = [person.says("() => meeting.live.picture.chat") for person in people]
    assert all(picture == pictures[0] for picture in pictures[1:])
    shown = [person.conversation() for person in people]
    assert all(lines == shown[0] for lines in shown[1:])


def test_what_becomes_of_lines_is_the_same_for_all_also_for_who_was_away_or_comes_late(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.writes("Soup or pye?")
    bob.reads_in_chat("Soup or pye?")
    bob.page.locator("[data-part=chat-text]").press("ArrowUp")
    bob.types("Soup or pie?")
    alice.reads_in_chat("Soup or pie?")
    expect(alice.line("Soup or pie?")).to_contain_text("edited")
    alice.does_to_line("Soup or pie?", "Reply")
    alice.types("Both")
    expect(bob.line("Both").get_by_role("button", name="Soup or pie?")).to_be_visible()
    bob.writes("a mistake")
    alice.does_to_line("a mistake", "Delete")
    expect(bob.page.get_by_role("log")).to_contain_text("Message deleted")
    bob.is_cut_off()
    alice.does_to_line("Both", "Heart")
    bob.comes_back()
    bob.does_to_line("Both", "Heart")
    pill = alice.line("Both").get_by_role("button", name="Heart: Alice and Bob")
    expect(pill).to_have_attribute("aria-pressed", "true")
    pill.click()
    expect(bob.line("Both").get_by_role("button", name="Heart: Bob", exact=True)).to_be_visible()
    carol.joins(room)
    carol.reads_in_chat("Both")
    agree(alice, bob, carol)
    assert "a mistake" not in carol.page.content()
    assert not any("a mistake" in frame for frame in carol.frames)


def test_new_lines_are_read_out_once_and_what_becomes_of_them_is_not(
    office: Office, alice: Person, bob: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    alice.opens_chat()
    bob.writes("Hello")
    said = alice.page.locator("[data-part=chat-said]")
    expect(said).to_have_text("Bob: Hello")
    box = alice.page.locator("[data-part=chat-text]")
    box.fill("half a senten")
    bob.does_to_line("Hello", "Heart")
    bob.page.locator("[data-part=chat-text]").press("ArrowUp")
    bob.types("Hello again")
    expect(alice.line("Hello again")).to_contain_text("edited")
    expect(said).to_have_text("Bob: Hello")
    expect(box).to_be_focused()
    expect(box).to_have_value("half a senten")


def test_a_line_is_answered_by_keys_alone(office: Office, alice: Person) -> None:
    alice.joins(office.room())
    for line in ("one", "two"):
        alice.writes(line)
        alice.reads_in_chat(line)
    keys = alice.page.keyboard
    alice.page.get_by_role("log").focus()
    keys.press("Tab")
    expect(alice.line("two")).to_be_focused()
    keys.press("ArrowUp")
    expect(alice.line("one")).to_be_focused()
    keys.press("Enter")
    alice.page.get_by_role("menuitem", name="Reply").focus()
    keys.press("Enter")
    expect(alice.page.locator("[data-part=chat-text]")).to_be_focused()
    expect(alice.page.locator("[data-part=chat-about]")).to_contain_text("Reply to Alice: one")
    keys.press("Escape")
    expect(alice.page.locator("[data-part=chat-about]")).to_be_hidden()


def test_pictures_are_shown_and_all_else_is_a_download_until_it_is_deleted(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    bob.sends_file("holiday.png", papers.image())
    picture = alice.page.get_by_role("log").get_by_role("img", name="holiday.png")
    alice.opens_chat()
    expect(picture).to_be_visible()
    assert picture.evaluate("image => [image.naturalWidth, image.width > 0]") == [640, True]
    picture.click()
    expect(alice.page.get_by_role("dialog", name="holiday.png")).to_be_visible()
    alice.page.keyboard.press("Escape")
    bob.sends_file("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>hacked=1</script></svg>")
    link = alice.line("drawing.svg").get_by_role("link")
    with alice.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "drawing.svg"
    for name, content, why in (
        ("bomb.png", papers.declared_png(50_000, 50_000), "damaged, or too large"),
        ("nothing.txt", b"", "The file is empty"),
        ("cat.png.exe", b"MZ\x90\0", "type may not be sent"),
    ):
        bob.forgives("403")
        bob.sends_file(name, content)
        expect(bob.page.get_by_role("alert").filter(has_text=why)).to_be_visible()
    carol.joins(room)
    carol.reads_in_chat("drawing.svg")
    agree(alice, bob, carol)
    address = str(link.get_attribute("href"))
    alice.does_to_line("drawing.svg", "Delete")
    expect(link).to_be_hidden()
    alice.forgives("404")
    status = "url => fetch(url).then(({ status }) => status)"
    wait_until(lambda: alice.says(status, address) == 404, "the file to be gone")
    alice.chooses("Host controls", "nobody")
    expect(bob.page.get_by_label("Send a file")).to_be_disabled()


def test_the_conversation_is_saved_as_a_text_of_what_one_may_read(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    for person in (alice, bob, carol):
        person.joins(room)
    bob.writes("for all")
    alice.does_to_line("for all", "Reply")
    alice.types("yes")
    bob.writes("psst", to="Alice")
    carol.reads_in_chat("yes")
    with carol.page.expect_download() as download:
        carol.chooses("More about the conversation", "Save as a text file")
    text = download.value.path().read_text("utf-8-sig")
    assert re.search(r"Bob: for all\n.*Alice: yes\n +in reply to Bob: for all\n", text), text
    assert "psst" not in text
