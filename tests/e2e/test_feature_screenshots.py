"""Pictures of what people do together, for the documentation, taken with `--screenshots`."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import expect

from tests.conferences.conversion import papers
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.test_agenda import adds
from tests.e2e.test_hall import says_to_the_lobby
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


def test_the_conversation(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(name="Monday round")
    for person in (alice, bob, carol):
        person.joins(room)
    alice.writes("Good morning! Shall we have soup or pie on Friday?")
    alice.does_to_line("soup or pie", "Applause")
    for person in (bob, carol):
        person.opens_chat()
    carol.does_to_line("soup or pie", "Reply")
    carol.types("Pie, please. The one of last year was wonderful.")
    alice.does_to_line("Pie, please", "Heart")
    carol.sends_file("The pie of last year.png", papers.image())
    bob.writes("I will bring plates, see https://example.org/plates")
    bob.writes("A secret ingredient?", to="Alice")
    alice.reads_in_chat("A secret ingredient?")
    alice.line("Pie, please").hover()
    in_light_and_dark(alice, "chat")
    take(bob.page, "chat-phone")
    bob.page.get_by_role("textbox", name="Message").press_sequentially("/")
    take(bob.page, "commands-phone")
    alice.types("/help")
    take(alice.page, "commands")


def test_what_hosts_arrange(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(name="Monday round")
    for person in (alice, bob, carol):
        person.joins(room)
    alice.chooses("Activities", "Open a page for everyone")
    dialog = alice.page.get_by_role("dialog", name="Open a page for everyone")
    dialog.get_by_label("Address").fill("https://example.org/wiki")
    dialog.get_by_label("Title").fill("Our wiki")
    dialog.get_by_role("button", name="Invite everyone").click()
    alice.chooses("Activities", "Agenda")
    for title, minutes in (("Welcome", "5"), ("Budget", "15"), ("Plans for spring", "")):
        adds(alice, title, minutes)
    alice.presses("Next item")
    alice.presses("Next item")
    in_light_and_dark(alice, "agenda")
    bob.chooses("More", "Agenda")
    take(bob.page, "agenda-phone")
    carol.chooses("Activities", "My notes")
    carol.page.get_by_role("textbox", name="My notes").fill("Ask about the budget of spring")
    take(carol.page, "notes")
    alice.chooses("More", "Invite others")
    take(alice.page, "invite")
    alice.page.get_by_text("Write an invitation").click()
    alice.page.get_by_label("With date and time").check()
    take(alice.page, "invitation")
    alice.page.keyboard.press("Escape")
    alice.opens_people()
    alice.presses("Attendance")
    expect(alice.page.get_by_role("row", name="Carol")).to_be_visible()
    take(alice.page, "attendance")


def test_what_hosts_say_and_show(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(name="Monday round", lobby=True)
    alice.joins(room)
    bob.waits_at(room)
    carol.waits_at(room)
    says_to_the_lobby(alice, "We begin in five minutes. There is tea.")
    expect(bob.page.get_by_role("blockquote")).to_contain_text("There is tea.")
    take(bob.page, "lobby-message-phone")
    alice.admits(carol)
    carol.is_in("live")
    alice.chooses("More", "Invite others")
    alice.presses("Show QR code")
    take(alice.page, "qr")
    for _dialog in ("code", "invitation"):
        alice.page.keyboard.press("Escape")
    alice.chooses("More", "Everyone follows my view")
    alice.does("Show large to everyone", to=carol)
    alice.types("/timer 5")
    carol.presses("Raise hand")
    alice.opens_people()
    take(alice.page, "spotlight")
