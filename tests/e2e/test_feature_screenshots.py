"""Pictures of what people do together, for the documentation, taken with `--screenshots`."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import expect

from conferences.core import calls as k
from tests.conferences.conversion import papers
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.telephone import Exchange
from tests.e2e.test_agenda import adds, has_now
from tests.e2e.test_captions import line, types
from tests.e2e.test_hall import says_to_the_lobby
from tests.e2e.test_polls import answers, asks
from tests.e2e.test_questions import asks as asks_about
from tests.e2e.test_screenshots import LARGE, take
from tests.e2e.test_watching import READY, seeks
from tests.house import wait_until

PAPER, INK, ACCENT = "#fbfaf7", "#17201d", "#0b7558"
LONG_ENOUGH = "meeting.live.now() - meeting.live.picture.recording.started_at > 20000"
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


def in_light_and_dark(name: str, *, desk: Person, phone: Person | None = None) -> None:
    """What the one sees, and what the other sees on a phone."""
    for person, called in ((desk, name), (phone, f"{name}-phone")):
        if person is None:
            continue
        take(person.page, called)
        person.page.emulate_media(color_scheme="dark")
        take(person.page, f"{called}-dark")
        person.page.emulate_media(color_scheme="light")


def opens(person: Person, activity: str) -> None:
    """On a phone it is behind "More", and a panel that is open covers that."""
    person.says("meeting.view.set({ panel: '' })")
    person.chooses("Activities" if person.button("Activities").is_visible() else "More", activity)


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
    in_light_and_dark("slides", desk=alice, phone=bob)
    asks(alice, "Where do we meet next?", "At the lake", "In town", "Online")
    answers(carol, "Where do we meet next?", "At the lake")
    answers(bob, "Where do we meet next?", "In town")
    in_light_and_dark("poll", desk=alice, phone=bob)
    asks_about(carol, "Will the slides be sent around?")
    for person in (alice, bob):
        opens(person, "Questions and answers")
    in_light_and_dark("questions", desk=alice, phone=bob)


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
    expect(bob.page.get_by_role("img", name="The pie of last year.png")).to_be_visible()
    bob.writes("I will bring plates, see https://example.org/plates")
    bob.writes("A secret ingredient?", to="Alice")
    alice.reads_in_chat("A secret ingredient?")
    alice.line("Pie, please").hover()
    in_light_and_dark("chat", desk=alice, phone=bob)
    bob.page.get_by_role("textbox", name="Message").press_sequentially("/")
    alice.types("/help")
    in_light_and_dark("commands", desk=alice, phone=bob)


def test_what_hosts_arrange(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(name="Monday round")
    for person in (alice, bob, carol):
        person.joins(room)
    alice.chooses("Activities", "Open a page for everyone")
    dialog = alice.page.get_by_role("dialog", name="Open a page for everyone")
    dialog.get_by_label("Address").fill("https://example.org/wiki")
    dialog.get_by_label("Title").fill("Our wiki")
    take(alice.page, "share-link")
    dialog.get_by_role("button", name="Invite everyone").click()
    expect(bob.page.get_by_role("region", name="Page for everyone")).to_be_visible()
    in_light_and_dark("shared-link", desk=carol, phone=bob)
    alice.chooses("Activities", "Agenda")
    for title, minutes in (("Welcome", "5"), ("Budget", "15"), ("Plans for spring", "")):
        adds(alice, title, minutes)
    for title in ("Welcome", "Budget"):
        alice.presses("Next item")
        has_now(bob, title)
    opens(bob, "Agenda")
    in_light_and_dark("agenda", desk=alice, phone=bob)
    for person in (bob, carol):
        opens(person, "My notes")
        person.page.get_by_role("textbox", name="My notes").fill("Ask about the budget of spring")
        expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()
    in_light_and_dark("notes", desk=carol, phone=bob)


def test_who_is_invited_and_who_was_there(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(name="Monday round")
    for person in (alice, bob, carol):
        person.joins(room)
    alice.does("Make host", to=bob)
    for person in (alice, bob):
        person.chooses("More", "Invite others")
    in_light_and_dark("invite", desk=alice, phone=bob)
    for person in (alice, bob):
        person.presses("Show QR code")
    in_light_and_dark("qr", desk=alice, phone=bob)
    for person in (alice, bob):
        person.page.keyboard.press("Escape")
        person.page.get_by_text("Write an invitation").click()
        person.page.get_by_label("With date and time").check()
    in_light_and_dark("invitation", desk=alice, phone=bob)
    for person in (alice, bob):
        person.page.keyboard.press("Escape")
    alice.opens_people()
    opens(bob, "Show people")
    for person in (alice, bob):
        person.presses("Attendance")
        expect(person.page.get_by_role("row", name="Carol")).to_be_visible()
    in_light_and_dark("attendance", desk=alice, phone=bob)


def test_what_hosts_say_and_show(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(name="Monday round", lobby=True)
    alice.joins(room)
    for person in (bob, carol):
        person.waits_at(room)
    says_to_the_lobby(alice, "We begin in five minutes. There is tea.")
    for person in (bob, carol):
        expect(person.page.get_by_role("blockquote")).to_contain_text("There is tea.")
    in_light_and_dark("lobby-message", desk=carol, phone=bob)
    for person in (bob, carol):
        alice.admits(person)
        person.is_in("live")
    alice.chooses("Activities", "Timer")
    in_light_and_dark("timer-dialog", desk=alice)
    alice.page.get_by_role("dialog", name="Timer").get_by_role("button", name="Start").click()
    expect(bob.page.get_by_role("timer", name="Time left")).to_be_visible()
    in_light_and_dark("timer", desk=carol, phone=bob)
    alice.chooses("More", "Everyone follows my view")
    bob.is_told("Alice leads the view")
    bob.chooses("More", "Everyone equally large")
    alice.opens_people()
    in_light_and_dark("lead", desk=alice, phone=bob)
    alice.does("Show large to everyone", to=carol)
    carol.presses("Raise hand")
    bob.presses("Back")
    in_light_and_dark("spotlight", desk=alice, phone=bob)


def test_who_reads_and_who_phones(office: Office, alice: Person, bob: Person, carol: Person) -> None:
    room = office.room(name="Monday round", callers_allowed=True)
    for person in (alice, bob, carol):
        person.joins(room)
    exchange = Exchange(office, alice)
    dora, _ = exchange.phones("Dora"), exchange.phones("+49 ••• 42")
    exchange.tells(k.ReportQuality(call=dora.call, quality="poor"))
    alice.opens_people()
    opens(bob, "Show people")
    for person in (alice, bob):
        expect(person.row("Dora")).to_contain_text("Poor line", use_inner_text=True)
    in_light_and_dark("callers", desk=alice, phone=bob)
    alice.does("Ask to write captions", to=carol)
    types(carol, "Good morning, everyone.")
    types(carol, "Let us begin with the budget of spring, which Dora has looked at.")
    for person in (alice, bob):
        person.says("meeting.view.set({ panel: '' })")
        expect(line(person, "Good morning, everyone.")).to_be_visible()
    in_light_and_dark("captions", desk=alice, phone=bob)
    take(carol.page, "captions-writer")


def test_recordings(office: Office, cast: Cast, alice: Person, bob: Person, slides: Path) -> None:
    room = office.room(name="Monday round")
    alice.joins(room)
    alice.presses("Documents")
    alice.page.get_by_label("Add a document").set_input_files(slides)
    alice.page.get_by_role("img", name="Page 1 of 3 of Our year.pdf").wait_for()
    alice.presses("Documents")
    alice.chooses("Host controls", "Start recording")
    carol = cast.person("Carol", camera=True)
    for person in (bob, carol):
        person.joins(room)
    in_light_and_dark("consent", desk=carol, phone=bob)
    for person in (bob, carol):
        person.presses("Stay")
    alice.opens_chat()
    for text in ("Good morning!", "Which of these do we plant first?"):
        alice.writes(text)
    alice.presses("Next page")
    carol.page.get_by_role("img", name="Page 2 of 3 of Our year.pdf").wait_for()
    alice.presses("Host controls")
    take(alice.page, "recording-menu")
    alice.page.keyboard.press("Escape")
    wait_until(lambda: bool(alice.says(LONG_ENOUGH)), "there is something to watch")
    id = alice.says("`${meeting.live.conference}-${meeting.live.picture.recording.id}`")
    alice.chooses("Host controls", "Stop recording")
    phone = cast.person("Dora", storage_state=office.signed_in, **PHONE)
    for person in (alice, phone):
        person.page.goto(f"{office.home}watch/{id}")
        person.finds(READY)
        seeks(person, 15_000)
    alice.presses("Contents")
    in_light_and_dark("watch", desk=alice, phone=phone)
    for person in (alice, phone):
        person.page.goto(f"{office.home}recordings/{id}")
    expect(alice.page.get_by_role("heading", name="Trim")).to_be_visible()
    in_light_and_dark("recording", desk=alice, phone=phone)
    for person in (alice, phone):
        person.page.goto(f"{office.home}recordings")
    in_light_and_dark("recordings", desk=alice, phone=phone)
