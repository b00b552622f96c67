"""Documents on everyone's stage: brought, turned, followed, found again, and refused in plain words."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conferences.conversion import papers
from tests.e2e.office import Office
from tests.e2e.person import Person

DROP_ON = """(place) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["tea"], "tea.txt"));
  const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
  return !document.querySelector(place).dispatchEvent(drop);
}"""


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    file = tmp_path / "Plans.pdf"
    file.write_bytes(papers.pdf([f"Chapter {number}" for number in range(1, 6)], size=(960, 540)))
    return file


def brings(person: Person, file: Path) -> None:
    if person.button("Documents").get_attribute("aria-expanded") != "true":
        person.presses("Documents")
    person.page.get_by_label("Add a document").set_input_files(file)


def sees_page(person: Person, page: int, pages: int = 5) -> None:
    """Its picture has arrived, and its text is there to be read out."""
    picture = person.page.get_by_role("img", name=re.compile(rf"^Page {page} of {pages} of "))
    expect(picture).to_be_visible()
    person.finds("() => document.querySelector('[data-part=slides-image]').naturalWidth > 100")
    expect(person.page.locator("[data-part=slides-text]")).to_have_text(f"Chapter {page}")


def test_three_people_look_at_the_same_page(
    office: Office, alice: Person, bob: Person, carol: Person, plans: Path
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    brings(alice, plans)
    sees_page(alice, 1)
    sees_page(bob, 1)
    bob.is_told("Alice shows Plans.pdf")
    bob.has_no("Stop showing", "Add a document")
    alice.presses("Next page")
    sees_page(bob, 2)
    carol.joins(room)
    sees_page(carol, 2)
    bob.is_cut_off()
    alice.page.locator("body").press("PageDown")
    bob.comes_back()
    for person in (alice, bob, carol):
        sees_page(person, 3)
    bob.presses("Previous page")
    sees_page(bob, 2)
    sees_page(alice, 3)
    alice.presses("Next page")
    sees_page(carol, 4)
    sees_page(bob, 2)
    bob.presses("Back to the others")
    sees_page(bob, 4)
    alice.presses("Larger")
    bob.finds("() => document.querySelector('[data-part=slides-area]').hasAttribute('data-zoomed')")
    alice.page.get_by_role("toolbar", name="Pages").get_by_role("button", name="Stop showing").click()
    expect(carol.page.get_by_role("img", name=re.compile("^Page"))).to_be_hidden()


def test_what_cannot_be_shown_is_said_and_disturbs_nothing(
    office: Office, alice: Person, plans: Path, tmp_path: Path
) -> None:
    alice.joins(office.room())
    brings(alice, plans)
    sees_page(alice, 1)
    for name, content, words in (
        ("program.pdf", b"MZ no document", "This is neither a PDF file"),
        ("secret.pdf", papers.encrypted_pdf(), "protected by a password"),
        ("torn.pdf", papers.pdf(["x"])[:150], "damaged"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        alice.forgives("403")
        brings(alice, file)
        alice.reads(re.compile(words))
        sees_page(alice, 1)
    assert alice.says(DROP_ON, ".bar-end"), "else the browser leaves the meeting for the file"
    alice.presses("Remove Plans.pdf")
    expect(alice.page.get_by_role("img", name=re.compile("^Page"))).to_be_hidden()
