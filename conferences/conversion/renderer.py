"""Makes pictures of a document's pages, in a process of its own that may die of what it reads:

    python -m conferences.conversion.renderer <pdf|image> <source> <folder>

Writes `<page>.webp`, `<page>-small.webp` and `text.json` (a list of the pages' texts) into the folder, and
says on stdout, a line of JSON each, `{"page": 1, "pages": 3}` or `{"failure": "encrypted"}`.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from conferences.conversion.limited import limit

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PAGES = 500
MEGABYTES = 1536
CPU_SECONDS = 1800
LARGE = 2000
"""Pixels of a page's longer side."""
SMALL = 320
MOST_PIXELS = 80_000_000
MOST_TEXT = 20_000
QUALITY = 82
ENCRYPTED = 4
"""PDFium's error code: a password is needed (FPDF_ERR_PASSWORD)."""


class Fails(Exception):
    """With the word for it, one of `core.slides.Failure`."""


class Rendered(NamedTuple):
    number: int
    pages: int
    text: str


def render(kind: str, source: Path, folder: Path) -> Iterator[Rendered]:
    """Page by page. Raises Fails."""
    return _render_image(source, folder) if kind == "image" else _render_pdf(source, folder)


def _render_pdf(source: Path, folder: Path) -> Iterator[Rendered]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == ENCRYPTED or "password" in str(error).lower()
        raise Fails("encrypted" if encrypted else "broken") from None
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        raise Fails("too_many_pages" if pages else "broken")
    for index in range(pages):
        try:
            page = document[index]
            longer = max(page.get_size())
            if not longer > 0:
                raise Fails("broken")
            _keep(page.render(scale=LARGE / longer).to_pil(), folder, index + 1)
            text = page.get_textpage().get_text_bounded()[:MOST_TEXT]
            page.close()
        except pypdfium2.PdfiumError:
            raise Fails("broken") from None
        yield Rendered(index + 1, pages, text)


def _render_image(source: Path, folder: Path) -> Iterator[Rendered]:
    with opened(source) as picture:
        _keep(picture, folder, 1)
    yield Rendered(1, 1, "")


@contextmanager
def opened(source: Path) -> Iterator["Picture"]:
    """A picture as one looks at it. Raises Fails, also for what is found broken while it is read."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # we look ourselves
    try:
        with Image.open(source, formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Fails("too_complex")
            image.draft("RGB", (LARGE, LARGE))
            yield ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Fails("broken") from None


def _keep(picture: "Picture", folder: Path, number: int) -> None:
    save(picture, {folder / f"{number}.webp": LARGE, folder / f"{number}-small.webp": SMALL})


def save(picture: "Picture", copies: Mapping[Path, int]) -> tuple[int, int]:
    """On white where it is transparent, in some sizes, the largest first. The size of the last one."""
    from PIL import Image

    if picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    picture = picture.convert("RGB")
    for file, size in copies.items():
        picture.thumbnail((size, size))
        picture.save(file, "WEBP", quality=QUALITY, method=2)
    return picture.size


def main(kind: str, source: Path, folder: Path) -> None:
    limit(megabytes=MEGABYTES, seconds=CPU_SECONDS)
    texts: list[str] = []
    try:
        for page in render(kind, source, folder):
            texts.append(page.text)
            _say(page=page.number, pages=page.pages)
        (folder / "text.json").write_text(json.dumps(texts))
    except MemoryError:
        _say(failure="too_complex")
    except Fails as fails:
        _say(failure=str(fails))


def _say(**about: object) -> None:
    sys.stdout.write(json.dumps(about) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
