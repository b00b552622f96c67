"""What Pillow draws of a page for recordings is what the browser draws."""

from io import BytesIO
from pathlib import Path

import msgspec
import numpy
from PIL import Image
from playwright.sync_api import Browser, Route

from conferences.core.board import Shape
from conferences.core.figures import (
    AnyFigure,
    Arrow,
    Colour,
    Ellipse,
    Highlight,
    Line,
    Note,
    Rectangle,
    Stroke,
    Text,
    Width,
)
from recording.drawing import drawn

STATIC = Path("conferences/static")
PAGE = """<!doctype html><link rel="stylesheet" href="/conferences/tokens.css">
<style>body { background: #fff; margin: 0 } svg { inset: 0; position: absolute }</style>
<svg class="marks" width="800" height="500" style="mix-blend-mode: multiply"></svg>
<svg class="ink" width="800" height="500"></svg>
<script type="importmap">{"imports": {"conferences/": "/conferences/"}}</script>"""
DRAW = """async (shapes) => {
  const { Drawing } = await import("conferences/ui/drawing.js");
  const [marks, ink] = document.querySelectorAll("svg");
  new Drawing({ marks, ink }).draw({ ratio: 1.6, shapes });
}"""

FIGURES: tuple[AnyFigure, ...] = (
    Stroke(Colour.BLUE, Width.MEDIUM, (500, 900, 1_500, 400, 2_500, 2_600, 3_500, 700, 4_500, 1_500)),
    Highlight(Colour.YELLOW, Width.THICK, (600, 3_500, 4_600, 3_900)),
    Highlight(Colour.GREEN, Width.MEDIUM, (1_500, 3_000, 1_700, 4_800)),
    Line(Colour.RED, Width.THICK, 600, 3_400, 4_500, 4_000),
    Arrow(Colour.VIOLET, Width.THIN, 5_500, 600, 9_000, 2_500),
    Rectangle(Colour.GREEN, Width.THIN, 5_200, 3_000, 9_500, 4_600),
    Ellipse(Colour.ORANGE, Width.MEDIUM, 5_600, 3_200, 9_000, 4_400),
    Note(Colour.YELLOW, Width.MEDIUM, 500, 5_500, "Buy arrows and a target for Tuesday"),
    Text(Colour.BLACK, Width.THICK, 3_500, 6_000, "Hello\nWorld"),
    Text(Colour.RED, Width.MEDIUM, 6_500, 6_000, "שלום עולם"),
    Text(Colour.BLUE, Width.MEDIUM, 6_500, 7_500, "مرحبا"),
)


def serve(route: Route) -> None:
    path = STATIC / route.request.url.split("/", 3)[3]
    if path.is_file():
        route.fulfill(path=path)
    else:
        route.fulfill(body=PAGE, content_type="text/html")


def test_a_page_is_drawn_as_in_the_browser(browser: Browser) -> None:
    shapes = [Shape(f"s{number}", "p1", number, figure) for number, figure in enumerate(FIGURES)]
    context = browser.new_context(viewport={"width": 800, "height": 500}, device_scale_factor=1)
    page = context.new_page()
    page.route("**/*", serve)
    page.goto("http://page.test/")
    page.evaluate(DRAW, msgspec.to_builtins(shapes))
    theirs = Image.open(BytesIO(page.screenshot())).convert("RGB")
    context.close()
    ours = drawn(Image.new("RGB", (800, 500), "white"), shapes)
    Path("tests/e2e/output").mkdir(exist_ok=True)
    both = Image.new("RGB", (800, 1_000))
    both.paste(theirs)
    both.paste(ours, (0, 500))
    both.save("tests/e2e/output/drawn_pages.png")

    lines, letters = (0, 0, 800, 250), (0, 250, 800, 500)
    assert overlap(theirs.crop(lines), ours.crop(lines)) > 0.93
    assert overlap(theirs.crop(letters), ours.crop(letters)) > 0.8


def overlap(one: Image.Image, other: Image.Image) -> float:
    """Of all that is not white in either, the share that is there in both and of like colour."""
    first, second = (numpy.asarray(picture, dtype=numpy.int16) for picture in (one, other))
    inked = (first.min(axis=2) < 200) | (second.min(axis=2) < 200)
    alike = numpy.abs(first - second).max(axis=2) < 80
    return float((inked & alike).sum() / inked.sum())
