"""Pictures of pages, in this process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from conferences.conversion import renderer
from tests.conferences.conversion import papers


def rendered(content: bytes, folder: Path, kind: str = "pdf") -> list[renderer.Rendered]:
    source = folder / "source"
    source.write_bytes(content)
    return list(renderer.render(kind, source, folder))


def test_a_page_has_two_sizes_and_its_text(tmp_path: Path) -> None:
    (page,) = rendered(papers.pdf(["The plan"]), tmp_path)
    assert (page.number, page.pages, page.text) == (1, 1, "The plan")
    with Image.open(tmp_path / "1.webp") as large, Image.open(tmp_path / "1-small.webp") as small:
        assert (large.format, max(large.size), max(small.size)) == ("WEBP", renderer.LARGE, renderer.SMALL)


def test_a_scan_is_a_page_without_text(tmp_path: Path) -> None:
    (page,) = rendered(papers.scan_pdf(), tmp_path)
    assert page.text == ""
    assert (tmp_path / "1.webp").stat().st_size > 10_000


@pytest.mark.parametrize("size", [(1, 14_400), (14_400, 14_400), (3, 3)])
def test_no_page_is_too_large_or_too_small(tmp_path: Path, size: tuple[int, int]) -> None:
    rendered(papers.pdf(["odd"], size=size), tmp_path)
    with Image.open(tmp_path / "1.webp") as page:
        assert max(page.size) <= renderer.LARGE


def test_a_picture_is_a_document_of_one_page(tmp_path: Path) -> None:
    (page,) = rendered(papers.image("JPEG", (4000, 1000)), tmp_path, "image")
    assert (page.number, page.pages) == (1, 1)
    with Image.open(tmp_path / "1.webp") as large:
        assert large.size == (2000, 500)


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    rendered(papers.transparent_image(), tmp_path, "image")
    with Image.open(tmp_path / "1.webp") as page:
        assert page.convert("RGB").getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "kind", "failure"),
    [
        (papers.encrypted_pdf, "pdf", "encrypted"),
        (lambda: b"%PDF-1.7 and nothing else", "pdf", "broken"),
        (lambda: papers.pdf(["one"])[:120], "pdf", "broken"),
        (lambda: papers.pdf([]), "pdf", "broken"),
        (lambda: papers.pdf(["x"] * (renderer.MOST_PAGES + 1)), "pdf", "too_many_pages"),
        (lambda: papers.image("PNG", (300, 300))[:200], "image", "broken"),
        (lambda: papers.image("PNG", (12_000, 12_000)), "image", "too_complex"),
        (lambda: b"\x89PNG\r\n\x1a\n<svg/>", "image", "broken"),
    ],
    ids=["encrypted", "empty", "truncated", "no pages", "501 pages", "cut picture", "144 megapixels", "lie"],
)
def test_what_cannot_be_shown_has_a_reason(
    tmp_path: Path, content: Callable[[], bytes], kind: str, failure: str
) -> None:
    with pytest.raises(renderer.Fails, match=failure):
        rendered(content(), tmp_path, kind)


def test_the_texts_are_kept_for_search_and_screen_readers(tmp_path: Path) -> None:
    assert [page.text for page in rendered(papers.pdf(["One", "Two"]), tmp_path)] == ["One", "Two"]
    assert json.dumps(["One", "Two"])
