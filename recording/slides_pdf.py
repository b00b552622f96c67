"""All pages that were shown, with what was drawn on them, as one PDF file."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

from conferences.core.board import Shape
from recording.drawing import BOARD_RATIO, drawn

WIDTH = 1_920
QUALITY = 85
LONGER = 842
"""Points, of 1/72 inch, on a page's longer side."""


class Page(NamedTuple):
    """`picture`: the file of the page as it came; None: a blank one."""

    picture: Path | None
    shapes: tuple[Shape, ...] = ()


def write_slides_pdf(target: Path, pages: Iterable[Page]) -> int:
    """How many pages were written; with none there is no file. Raises OSError where a picture is missing."""
    document = pypdfium2.PdfDocument.new()
    count = 0
    for page in pages:
        _add(document, painted(page))
        count += 1
    if count:
        with target.open("wb") as file:
            document.save(file)
    document.close()
    return count


def painted(page: Page, *, width: int = WIDTH) -> Image.Image:
    """The page as a picture (RGB) so many pixels wide."""
    if page.picture is None:
        blank = Image.new("RGB", (width, round(width / BOARD_RATIO)), "white")
    else:
        with Image.open(page.picture) as source:
            blank = opaque(source).resize((width, round(width * source.height / source.width)))
    return drawn(blank, page.shapes)


def opaque(picture: Image.Image) -> Image.Image:
    """On white."""
    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _add(document: pypdfium2.PdfDocument, picture: Image.Image) -> None:
    scale = LONGER / max(picture.size)
    width, height = picture.width * scale, picture.height * scale
    encoded = BytesIO()
    picture.save(encoded, "JPEG", quality=QUALITY)
    encoded.seek(0)
    page = document.new_page(width, height)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(encoded, inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(image)
    page.gen_content()
    page.close()
