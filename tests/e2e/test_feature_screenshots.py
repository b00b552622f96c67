"""Pictures of what people do together, for the documentation, taken with `--screenshots`."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.test_polls import answers, asks
from tests.e2e.test_questions import asks as asks_about
from tests.e2e.test_screenshots import LARGE, take

PAPER, INK, ACCENT = "#fbfaf7", "#17201d", "#0b7558"
SALES = (("Spring", 320), ("Summer", 450), ("Autumn", 390), ("Winter", 560))


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture
def alice(cast: Cast, office: Office) -> Person:
    return cast.person("Alice", storage_state=office.signed_in, viewport=LARGE, camera=True)


@pytest.fixture
def bob(cast: Cast) -> Person:
    return cast.person("Bob", **PHONE)


@pytest.fixture
def slides(tmp_path: Path) -> Path:
    pages = [_chart("Sales of this year"), *(_title(text) for text in ("What we learned", "Next steps"))]
    file = tmp_path / "Our year.pdf"
    pages[0].save(file, save_all=True, append_images=pages[1:], resolution=144)
    return file


def _title(text: str) -> Image.Image:
    page = Image.new("RGB", (1600, 900), PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 24, 900), fill=ACCENT)
    draw.text((110, 90), text, INK, ImageFont.load_default(84))
    return page


def _chart(text: str) -> Image.Image:
    page = _title(text)
    draw = ImageDraw.Draw(page)
    for place, (season, height) in enumerate(SALES):
        left = 160 + place * 340
        draw.rounded_rectangle((left, 800 - height, left + 220, 800), 16, fill=ACCENT)
        draw.text((left + 110, 840), season, INK, ImageFont.load_default(40), anchor="mm")
    return page


def in_light_and_dark(person: Person, name: str) -> None:
    take(person.page, name)
    person.page.emulate_media(color_scheme="dark")
    take(person.page, f"{name}-dark")
    person.page.emulate_media(color_scheme="light")


def test_what_people_do_together(
    office: Office, alice: Person, bob: Person, carol: Person, slides: Path
) -> None:
    room = office.room(name="Monday round")
    for person in (alice, bob, carol):
        person.joins(room)
    alice.presses("Documents")
    alice.page.get_by_label("Add a document").set_input_files(slides)
    for person in (alice, bob):
        expect(person.page.get_by_role("img", name="Page 1 of 3 of Our year.pdf")).to_be_visible()
    alice.presses("All pages")
    in_light_and_dark(alice, "slides")
    take(bob.page, "slides-phone")
    asks(alice, "Where do we meet next?", "At the lake", "In town", "Online")
    answers(carol, "Where do we meet next?", "At the lake")
    answers(bob, "Where do we meet next?", "In town")
    in_light_and_dark(alice, "poll")
    take(bob.page, "poll-phone")
    asks_about(carol, "Will the slides be sent around?")
    alice.chooses("Activities", "Questions and answers")
    in_light_and_dark(alice, "questions")
