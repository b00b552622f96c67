"""Drawing together: on a board, on a slide, over a shared screen; seen by everyone, whenever they come."""

import re
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.conferences.conversion import papers
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person

SHAPES = "() => [...document.querySelectorAll('.slides-page [data-shape]')]"
DRAWING = f"({SHAPES})().map((shape) => shape.outerHTML).join('\\n')"
REMEMBER_BUSY = """((button) => {
  window.busy = [];
  const remember = () => busy.at(-1) === button.ariaBusy || busy.push(button.ariaBusy);
  new MutationObserver(remember).observe(button, { attributeFilter: ["aria-busy"] });
})"""
TOOLS = ("Line", "Arrow", "Rectangle", "Ellipse", "Pen", "Highlighter")


@pytest.fixture
def camera() -> bool:
    return False


def opens_a_board(person: Person) -> None:
    person.chooses("Activities", "Whiteboard")
    expect(person.page.get_by_role("toolbar", name="Drawing")).to_be_visible()


def takes(person: Person, tool: str) -> None:
    person.page.get_by_role("toolbar", name="Drawing").get_by_role("button", name=tool, exact=True).click()


def spot(person: Person, x: float, y: float) -> tuple[float, float]:
    """In the window, of a place given in shares of the page."""
    box = person.page.locator("[data-part=board]").bounding_box()
    assert box
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def presses_at(person: Person, *path: tuple[float, float]) -> None:
    """Press, and move along; the pen is still on the page then."""
    person.page.mouse.move(*spot(person, *path[0]))
    person.page.mouse.down()
    for place in path[1:]:
        person.page.mouse.move(*spot(person, *place), steps=6)


def draws(person: Person, tool: str, *path: tuple[float, float]) -> None:
    takes(person, tool)
    presses_at(person, *path)
    person.page.mouse.up()


def sees_shapes(person: Person, count: int) -> None:
    """Finished ones."""
    person.finds(
        "([count]) => Object.values(meeting.live.picture.drawings)"
        ".flatMap((pages) => Object.values(pages).flat()).length"
        f" === count && ({SHAPES})().length === count",
        [count],
    )


def see_the_same(people: Iterable[Person]) -> str:
    first, *others = people
    drawing = str(first.says(DRAWING))
    for other in others:
        other.finds(f"(drawing) => {DRAWING} === drawing", drawing)
    return drawing


def test_everyone_sees_what_anyone_draws(
    office: Office, cast: Cast, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    opens_a_board(alice)
    bob.is_told("Alice shows Whiteboard 1")
    bob.has_no("Draw")

    for number, tool in enumerate(TOOLS):
        left = 0.05 + 0.15 * number
        draws(alice, tool, (left, 0.1), (left + 0.05, 0.3), (left + 0.1, 0.25))
    for tool, left in (("Text", 0.1), ("Sticky note", 0.4)):
        draws(alice, tool, (left, 0.6))
        editor = alice.page.get_by_role("textbox", name="Text on the page")
        editor.fill("Tea & cake\nشاي")
        editor.press("Enter")
    for person in (alice, bob):
        sees_shapes(person, 8)
    see_the_same((alice, bob))

    # in motion, before it is finished
    takes(alice, "Pen")
    presses_at(alice, (0.7, 0.6), (0.8, 0.7), (0.9, 0.6))
    bob.finds(f"() => ({SHAPES})().length === 9")
    sees_only_finished = "() => Object.values(meeting.live.picture.drawings)[0][1].length"
    assert bob.says(sees_only_finished) == 8
    alice.page.mouse.up()
    takes(alice, "Laser pointer")
    alice.page.mouse.move(*spot(alice, 0.5, 0.5))
    expect(bob.page.locator(".board-pointer-name")).to_have_text("Alice")

    # who comes later, and who comes back
    carol.joins(room)
    bob.is_cut_off()
    draws(alice, "Line", (0.7, 0.9), (0.9, 0.9))
    bob.comes_back()
    for person in (alice, bob, carol):
        sees_shapes(person, 10)
    see_the_same((alice, bob, carol))

    # undo and redo; everyone may draw, but erase only their own
    takes(alice, "Undo")
    sees_shapes(bob, 9)
    takes(alice, "Redo")
    sees_shapes(bob, 10)
    alice.chooses("More for drawing", "Everyone may draw")
    bob.presses("Draw")
    draws(bob, "Rectangle", (0.1, 0.8), (0.2, 0.95))
    sees_shapes(carol, 11)
    draws(bob, "Eraser", (0.7, 0.9), (0.75, 0.9), (0.2, 0.9))
    sees_shapes(carol, 10)
    see_the_same((carol, alice, bob))

    # select, move, delete
    takes(alice, "Select and move")
    before = str(bob.says(DRAWING))
    presses_at(alice, (0.4, 0.2), (0.45, 0.4))
    alice.page.mouse.up()
    bob.finds(f"(before) => {DRAWING} !== before", before)
    alice.page.keyboard.press("Delete")
    for person in (alice, bob, carol):
        sees_shapes(person, 9)
    see_the_same((alice, bob, carol))

    # pages of a board, and clearing one
    alice.chooses("More for drawing", "Add a page")
    expect(carol.page.get_by_role("img", name="Page 2 of 2 of Whiteboard 1")).to_be_attached()
    draws(alice, "Pen", (0.1, 0.1), (0.5, 0.5))
    carol.finds(f"() => ({SHAPES})().length === 1")
    alice.chooses("More for drawing", "Clear this page")
    alice.presses("Clear")
    carol.finds(f"() => ({SHAPES})().length === 0")
    takes(alice, "Undo")
    carol.finds(f"() => ({SHAPES})().length === 1")
    takes(alice, "Redo")
    carol.finds(f"() => ({SHAPES})().length === 0")
    alice.presses("Previous page")
    for person in (alice, bob, carol):
        sees_shapes(person, 9)

    # no longer
    alice.chooses("More for drawing", "Everyone may draw")
    expect(bob.page.get_by_role("toolbar", name="Drawing")).to_be_hidden()


def test_slides_and_stills_are_drawn_on_and_saved(
    office: Office, alice: Person, bob: Person, tmp_path: Path
) -> None:
    room = office.room()
    alice.joins(room)
    file = tmp_path / "Plans.pdf"
    file.write_bytes(papers.pdf(["Chapter 1", "Chapter 2"], size=(960, 540)))
    alice.presses("Documents")
    alice.page.get_by_label("Add a document").set_input_files(file)
    expect(alice.page.get_by_role("img", name="Page 1 of 2 of Plans.pdf")).to_be_visible()
    alice.finds("() => document.querySelector('[data-part=slides-image]').naturalWidth > 100")
    alice.presses("Documents")
    alice.presses("Draw")
    draws(alice, "Highlighter", (0.1, 0.5), (0.9, 0.5))
    draws(alice, "Rectangle", (0.2, 0.2), (0.8, 0.8))
    sees_shapes(alice, 2)

    with alice.page.expect_download() as saved:
        alice.chooses("More for drawing", "Save this page as a picture")
    assert saved.value.suggested_filename == "Plans-1.png"
    with Image.open(saved.value.path()) as picture:
        width, height = picture.size
        assert abs(width / height - 960 / 540) < 0.01
        red = picture.convert("RGB").getpixel((int(width * 0.2), int(height * 0.35)))
        pale = picture.convert("RGB").getpixel((int(width * 0.5), int(height * 0.51)))
    assert isinstance(red, tuple)
    assert isinstance(pale, tuple)
    assert red[0] > 180 > 90 > max(red[1:]), red
    assert pale[0] > 200, pale
    assert max(pale[1:]) < 230, pale

    alice.says(f"{REMEMBER_BUSY}(document.querySelector('[data-part=board-tools] [data-menu=board]'))")
    with alice.page.expect_download() as saved:
        alice.chooses("More for drawing", "Save all pages as PDF")
    alice.finds("() => busy.join().endsWith('true,false')")
    document = pypdfium2.PdfDocument(saved.value.path())
    assert len(document) == 2
    assert abs(document[0].get_width() / document[0].get_height() - 960 / 540) < 0.01
    first = document[0].render().to_pil().convert("L")
    assert first.getextrema()[0] < 150, "something is on the page"

    bob.joins(room)
    bob.presses("Share screen")
    alice.sees(bob, "screen")
    alice.chooses("Activities", "Draw on the shared screen")
    still = alice.page.get_by_role("img", name=re.compile(r"^Page 1 of 1 of Screen of Bob, "))
    expect(still).to_be_visible()
    draws(alice, "Arrow", (0.2, 0.2), (0.6, 0.6))
    bob.finds(f"() => ({SHAPES})().length === 1")


def test_fingers_draw_zoom_and_turn_pages(office: Office, cast: Cast, alice: Person) -> None:
    room = office.room()
    alice.joins(room)
    opens_a_board(alice)
    alice.chooses("More for drawing", "Everyone may draw")
    alice.chooses("More for drawing", "Add a page")
    alice.presses("Previous page")
    bob = cast.person("Bob", **PHONE)
    bob.joins(room)
    bob.presses("Draw")
    hand = Hand(bob)
    hand.moves((0.2, 0.2), (0.4, 0.6), (0.7, 0.3))
    hand.lifts()
    sees_shapes(alice, 1)
    # a second finger ends the stroke, and both zoom
    hand.moves((0.4, 0.4), (0.45, 0.45))
    alice.finds(f"() => ({SHAPES})().length === 2")
    hand.spreads((0.45, 0.45), (0.55, 0.55), by=0.15)
    hand.lifts()
    bob.reads("You look around on your own")
    zoom = bob.says("meeting.view.own.zoom")
    assert 150 < zoom <= 800, zoom
    sees_shapes(alice, 1)
    alice.finds("() => meeting.live.picture.shown.zoom === 100")
    # without a tool one finger pushes what is zoomed, and turns what is not
    bob.presses("Draw")
    before = bob.says("meeting.view.own.x")
    hand.moves((0.6, 0.5), (0.5, 0.5), (0.4, 0.5))
    hand.lifts()
    assert bob.says("meeting.view.own.x") > before
    bob.presses("Back to the others")
    hand.moves((0.8, 0.5), (0.5, 0.5), (0.2, 0.5))
    hand.lifts()
    expect(bob.page.get_by_role("img", name="Page 2 of 2 of Whiteboard 1")).to_be_attached()
    expect(alice.page.get_by_role("img", name="Page 1 of 2 of Whiteboard 1")).to_be_attached()


class Hand:
    """One or two fingers on somebody's screen, at places given in shares of the page as it lies there now."""

    def __init__(self, person: Person) -> None:
        self._begin, self._end = spot(person, 0, 0), spot(person, 1, 1)
        self._screen = person.page.context.new_cdp_session(person.page)
        self._down = 0

    def moves(self, *path: tuple[float, float]) -> None:
        for place in path:
            self._touch(place)

    def spreads(self, one: tuple[float, float], other: tuple[float, float], *, by: float) -> None:
        for step in range(5):
            away = by * step / 4
            self._touch((one[0] - away, one[1] - away), (other[0] + away, other[1] + away))

    def lifts(self) -> None:
        self._screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self._down = 0

    def _touch(self, *places: tuple[float, float]) -> None:
        (left, top), (right, bottom) = self._begin, self._end
        spots = [(left + x * (right - left), top + y * (bottom - top)) for x, y in places]
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(spots)]
        kind = "touchMove" if self._down == len(points) else "touchStart"
        self._screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self._down = len(points)


def test_a_keyboard_is_enough(office: Office, alice: Person) -> None:
    alice.joins(office.room())
    keys = alice.page.keyboard
    alice.button("Activities").focus()
    keys.press("Enter")
    keys.press("Enter")
    expect(alice.page.get_by_role("toolbar", name="Drawing")).to_be_visible()
    alice.page.locator("[data-part=board]").focus()
    keys.press("r")
    keys.press("Enter")
    sees_shapes(alice, 1)
    keys.press("n")
    keys.press("Enter")
    keys.type("Buy milk")
    keys.press("Enter")
    sees_shapes(alice, 2)
    keys.press("v")
    keys.press("Tab")
    expect(alice.page.get_by_role("button", name="Rectangle by Alice")).to_be_focused()
    before = alice.says(DRAWING)
    keys.press("ArrowRight")
    alice.finds(f"(before) => {DRAWING} !== before", before)
    keys.press("Tab")
    expect(alice.page.get_by_role("button", name="Note by Alice: Buy milk")).to_be_focused()
    keys.press("Delete")
    sees_shapes(alice, 1)
    keys.press("Control+z")
    sees_shapes(alice, 2)
    keys.press("Control+z")
    alice.finds(f"(before) => {DRAWING} === before", before)
    keys.press("Escape")
    keys.press("Escape")
    expect(alice.page.locator("[data-part=board]")).not_to_have_attribute("data-tool", re.compile("."))


def test_what_cannot_be_is_refused_and_disturbs_nothing(office: Office, alice: Person) -> None:
    alice.joins(office.room())
    opens_a_board(alice)
    draws(alice, "Line", (0.1, 0.1), (0.5, 0.5))
    sees_shapes(alice, 1)
    alice.says(
        """() => {
          const [document] = Object.keys(meeting.live.picture.documents);
          const pen = { kind: "stroke", colour: "red", width: "thin" };
          const add = (points) => {
            const figure = { ...pen, points };
            meeting.live.submit({ type: "shape.add", document, page: 1, shape: "x", figure });
          };
          add([1e9, -5]);
          add(new Array(2_000_000).fill(5));
        }"""
    )
    alice.comes_back()
    sees_shapes(alice, 1)
    draws(alice, "Line", (0.5, 0.1), (0.1, 0.5))
    sees_shapes(alice, 2)
