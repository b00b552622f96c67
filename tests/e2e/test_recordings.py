"""Owners manage their recordings: real takes, made ready by the server's own worker."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.recorded import recorded, told
from tests.e2e.test_pages import fits, names_everything


@pytest.fixture
def camera() -> bool:
    return False


def slug_of(room: str) -> str:
    return urlsplit(room).path.split("/")[-1]


def folder_of(office: Office, id: str) -> Path:
    return Path(office.server.variables["DATA_DIR"]) / "recordings" / id


def opens(person: Person, office: Office, id: str = "") -> None:
    person.page.goto(f"{office.home}recordings" + (f"/{id}" if id else ""))


def test_a_recording_is_watched_becoming_ready_then_trimmed_and_deleted(
    office: Office, alice: Person, mallory: Person
) -> None:
    id = recorded(office, slug_of(office.room(name="Archery")))
    opens(alice, office)
    card = alice.page.locator(f"[data-recording='{id}']")
    expect(card.get_by_text("0:12")).to_be_visible()  # the page has asked by itself
    expect(card.locator("progress")).to_have_count(0)
    assert axe.violations(alice.page) == []
    card.get_by_role("heading").get_by_role("link").click()
    trims(alice)
    finds_what_was_said(alice, office, id)
    takes_out_bob(alice)
    mallory.page.goto(f"{office.home}recordings/{id}")
    expect(mallory.page.get_by_role("heading", name="Sign in")).to_be_visible()
    alice.presses("Delete…")
    dialog = alice.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    alice.page.keyboard.press("Escape")
    alice.presses("Delete…")
    dialog.get_by_role("button", name="Delete for good").click()
    alice.reads("The recording is deleted.")
    assert not folder_of(office, id).exists()


def trims(alice: Person) -> None:
    """By keyboard."""
    begin = alice.page.get_by_role("slider", name="Begin")
    begin.focus()
    for _ in range(3):
        alice.page.keyboard.press("ArrowRight")
    expect(begin).to_have_attribute("aria-valuetext", "0:03")
    expect(alice.page.get_by_role("textbox", name="Begin")).to_have_value("0:03")
    alice.presses("Cut something out")
    expect(alice.page.get_by_role("slider")).to_have_count(4)
    cut = alice.page.get_by_role("textbox", name="Cut out from")
    cut.fill("soon")
    alice.reads("Please write times like 1:02:03.")
    cut.fill("0:06")
    alice.page.get_by_role("textbox", name="Cut out to").fill("0:08")
    expect(alice.page.locator("[data-part=trim-left]")).to_have_text("0:07")
    assert axe.violations(alice.page) == []
    alice.page.get_by_role("button", name="Trim", exact=True).click()
    alice.reads("It is being made anew without what you cut.")
    expect(alice.page.get_by_role("definition").filter(has_text="0:07")).to_be_visible()
    alice.has("Restore the whole")


def finds_what_was_said(alice: Person, office: Office, id: str) -> None:
    """Said at 5 s, of which 3 s are cut away."""
    page = alice.page.context.new_page()
    watching = Person("Alice", page)
    page.goto(f"{office.home}watch/{id}")
    watching.finds("() => window.watching?.playback.picture && watching.player.audio.readyState >= 2")
    watching.presses("Contents")
    page.get_by_role("searchbox").fill("ARROWS bow")
    page.get_by_role("button", name="Bob asks for").click()
    watching.finds("() => Math.abs(watching.playback.t - 2000) < 100")
    page.keyboard.press("Escape")
    watching.presses("Captions")
    watching.reads("Bob asks for <arrows> & a bow")
    watching.presses("What was said")
    expect(page.locator("[data-part=transcript] [aria-current=true]")).to_contain_text("Bob asks for")
    assert axe.violations(page) == []
    watching.presses("Download")
    with page.expect_download() as saving:
        page.get_by_role("menuitem", name="Captions (WebVTT)").click()
    text = Path(saving.value.path()).read_text()
    assert "00:00:02.000 --> 00:00:07.000\nBob asks for &lt;arrows&gt; &amp; a bow" in text
    assert watching.unforgiven == []
    page.close()


def takes_out_bob(alice: Person) -> None:
    alice.page.get_by_role("checkbox", name="Bob", exact=True).check()
    alice.presses("Take out what is checked")
    alice.reads("without what you took out")
    forget = alice.page.get_by_text("Take out for good…")
    expect(forget).to_be_visible()
    forget.click()
    alice.presses("Delete it for good")
    alice.reads("What was taken out is deleted for good.")
    expect(alice.page.get_by_role("checkbox", name="Bob For good")).to_be_disabled()


def test_handles_are_dragged(office: Office, alice: Person) -> None:
    id = recorded(office, slug_of(office.room(name="Archery")))
    told(office, id, status="failed", worked_at=1)
    opens(alice, office, id)
    handle = alice.page.get_by_role("slider", name="End")
    line = alice.page.locator("[data-part=trim-line]").bounding_box()
    assert line
    handle.hover()
    alice.page.mouse.down()
    alice.page.mouse.move(line["x"] + line["width"] / 2, line["y"] + 10)
    alice.page.mouse.up()
    expect(alice.page.get_by_role("textbox", name="End")).to_have_value("0:06")


def test_the_pages_fit_phones_and_have_names_for_everything(office: Office, cast: Cast) -> None:
    id = recorded(office, slug_of(office.room(name="Archery")))
    told(office, id, status="failed", failure="disk_full", worked_at=1)
    alice = cast.person("Alice", storage_state=office.signed_in, color_scheme="dark", **PHONE)
    for page in ("", id):
        opens(alice, office, page)
        alice.reads("There was no space left on the server's disk. What was recorded is safe.")
        expect(alice.button("Try again").first).to_be_visible()
        fits(alice)
        names_everything(alice)
        assert axe.violations(alice.page) == []
    assert axe.violations_of_dialogs(alice.page) == []
    arabic = cast.person("Alice", storage_state=office.signed_in, locale="ar", **PHONE)
    opens(arabic, office, id)
    fits(arabic)


def test_recordings_are_found_from_where_people_look(office: Office, alice: Person) -> None:
    room = office.room(name="Cellar")
    id = recorded(office, slug_of(room))
    alice.page.goto(office.home)
    alice.page.get_by_role("link", name="Recordings of Cellar").click()
    expect(alice.page.locator("[data-recording]")).to_have_count(1)
    alice.page.goto(f"{office.home}rooms/{slug_of(room)}/conferences")
    alice.page.get_by_role("link", name="1 recording", exact=True).click()
    expect(alice.page.locator(f"[data-recording='{id}']")).to_be_visible()
    alice.page.get_by_role("searchbox").fill("no such words")
    alice.page.get_by_role("searchbox").press("Enter")
    alice.reads("No recording is called so")
