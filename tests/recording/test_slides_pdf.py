"""Slides with annotations as PDF, read back page by page."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from conferences.core.board import Shape
from conferences.core.figures import Colour, Line, Width
from recording.slides_pdf import Page, opaque, write_slides_pdf

DRAWN = (Shape("s1", "p1", 1, Line(Colour.RED, Width.THICK, 0, 5_000, 10_000, 5_000)),)


def test_every_page_is_there_with_its_shapes(tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), (0, 0, 255)).save(tmp_path / "1.webp", lossless=True)
    target = tmp_path / "slides.pdf"
    assert write_slides_pdf(target, [Page(tmp_path / "1.webp", DRAWN), Page(None)]) == 2
    document = pypdfium2.PdfDocument(target)
    first, second = (document[number].render(scale=1).to_pil().convert("RGB") for number in (0, 1))
    document.close()
    assert first.size == (842, 632)
    assert first.getpixel((400, 316)) == pytest.approx((216, 52, 59), abs=6)
    assert first.getpixel((400, 200)) == pytest.approx((0, 0, 255), abs=6)
    assert second.size == (842, 527)
    assert second.getpixel((400, 200)) == (255, 255, 255)


def test_without_pages_there_is_no_file(tmp_path: Path) -> None:
    assert write_slides_pdf(tmp_path / "slides.pdf", []) == 0
    assert not list(tmp_path.iterdir())


def test_what_is_transparent_lies_on_white() -> None:
    assert opaque(Image.new("RGBA", (2, 2), (0, 0, 0, 0))).getpixel((0, 0)) == (255, 255, 255)


def test_a_missing_picture_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_slides_pdf(tmp_path / "slides.pdf", [Page(tmp_path / "1.webp")])
