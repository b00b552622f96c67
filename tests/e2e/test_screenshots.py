"""Pictures for the documentation, taken with `--screenshots`: of a real conference of three.

Those that no page shows go to the tests' output, for whoever wants to look at them.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conferences.conversion import papers
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import OUTPUT, Person
from tests.house import ROOT

PAGES = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
SHOWN = {name for page in PAGES for name in re.findall(r"screenshots/([\w-]+)\.png", page.read_text())}
LARGE = {"width": 1280, "height": 800}


@pytest.fixture
def alice(cast: Cast, office: Office) -> Person:
    return cast.person("Alice", storage_state=office.signed_in, viewport=LARGE)


@pytest.fixture
def three(alice: Person, bob: Person, carol: Person, office: Office) -> str:
    """A conference of three, in which something was said already."""
    room = office.room(name="Monday round")
    for person in (alice, bob, carol):
        person.joins(room)
    bob.writes("Good morning! The agenda: https://example.org/agenda")
    carol.writes("Thanks, Bob. Coffee is ready.")
    alice.writes("I have two questions for later.")
    carol.presses("Raise hand")
    alice.sees(bob)
    alice.sees(carol)
    return room


def take(page: Page, name: str) -> None:
    """When the notes have gone and nothing moves."""
    page.wait_for_function("() => !document.querySelector('.toast')")
    page.mouse.move(0, 0)
    folder = (ROOT / "docs" if name in SHOWN else OUTPUT) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", animations="disabled")


def preview_shows(person: Person) -> None:
    person.finds("() => document.querySelector('[data-part=preview-video]').readyState > 2")


def test_a_conference_in_light_and_dark(three: str, alice: Person) -> None:
    alice.opens_chat()
    take(alice.page, "conference")
    alice.page.emulate_media(color_scheme="dark")
    take(alice.page, "dark")


DRAWN = """
async () => {
  const { live } = meeting;
  const [document] = Object.keys(live.picture.documents);
  const pen = (colour, width = "medium") => ({ colour, width });
  const at = (n) => [640 + n * 68, Math.round(2950 + 50 * Math.sin(n))];
  const wave = Array.from({ length: 40 }, (_, n) => at(n)).flat();
  const figures = [
    { kind: "highlight", ...pen("yellow", "thick"), points: [2000, 2450, 3250, 2450] },
    { kind: "stroke", ...pen("red"), points: wave },
    { kind: "ellipse", ...pen("blue"), x1: 5600, y1: 1500, x2: 8900, y2: 4200 },
    { kind: "arrow", ...pen("green", "thick"), x1: 3400, y1: 6900, x2: 5500, y2: 4600 },
    { kind: "rectangle", ...pen("violet"), x1: 900, y1: 5000, x2: 3300, y2: 6900 },
    { kind: "text", ...pen("violet", "thin"), x: 1250, y: 5600, text: "First floor" },
    { kind: "note", ...pen("yellow", "thin"), x: 6900, y: 5600, text: "Ask the builder about the windows" },
  ];
  const place = { document, page: 1 };
  figures.forEach((figure, n) => live.submit({ type: "shape.add", ...place, shape: `s${n}`, figure }));
}
"""


def test_drawing_on_a_slide(three: str, alice: Person, bob: Person, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "Plans for the house.pdf"
    file.write_bytes(papers.pdf(["Plans for the new house"], size=(960, 540)))
    alice.presses("Documents")
    alice.page.get_by_label("Add a document").set_input_files(file)
    alice.finds("() => document.querySelector('[data-part=slides-image]').naturalWidth > 100")
    alice.presses("Documents")
    alice.presses("Draw")
    alice.says(DRAWN)
    alice.chooses("More for drawing", "Everyone may draw")
    dora = cast.person("Dora", **PHONE)
    dora.joins(three)
    dora.presses("Draw")
    dora.finds("() => document.querySelector('[data-part=slides-image]').naturalWidth > 100")
    dora.finds("() => document.querySelectorAll('.slides-page [data-shape]').length === 7")
    take(dora.page, "whiteboard-phone")
    dora.presses("Leave")
    take(alice.page, "whiteboard")
    alice.page.emulate_media(color_scheme="dark")
    take(alice.page, "whiteboard-dark")


def test_people_and_a_shared_screen(three: str, alice: Person, bob: Person) -> None:
    bob.presses("Share screen")
    alice.sees(bob, "screen")
    alice.opens_people()
    take(alice.page, "people")


def test_a_phone(three: str, cast: Cast) -> None:
    dora = cast.person("Dora", **PHONE)
    dora.joins(three)
    dora.finds("() => document.querySelectorAll('.tile video:not([hidden])').length === 4")
    take(dora.page, "phone")
    dora.opens_chat()
    take(dora.page, "phone-chat")


def test_the_pages_before_and_after(cast: Cast, office: Office, alice: Person) -> None:
    guest = cast.person("Bob", viewport=LARGE)
    guest.page.goto(office.home)
    take(guest.page, "welcome")
    room = office.room(name="Monday round")
    alice.page.goto(office.home)
    take(alice.page, "home")
    guest.opens(room)
    guest.page.get_by_role("textbox", name="Your name", exact=True).fill("Bob")
    preview_shows(guest)
    take(guest.page, "join")
    guest.presses("Join")
    guest.is_in("waiting")
    take(guest.page, "waiting")
    alice.joins(room)
    guest.is_in("live")
    guest.presses("Leave")
    guest.is_in("ended")
    take(guest.page, "ended")
    take(alice.page, "alone")


def test_arabic(cast: Cast, office: Office) -> None:
    alice = cast.person("Alice", locale="ar", storage_state=office.signed_in, viewport=LARGE)
    alice.opens(office.room())
    preview_shows(alice)
    take(alice.page, "arabic-join")
