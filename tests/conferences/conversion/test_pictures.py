"""Copies of pictures: small, harmless, and made by a process that may die of what it reads."""

from pathlib import Path

import pytest
from PIL import Image

from conferences.conversion import converter
from conferences.conversion.converter import ConversionFailed, Size, copy_picture
from conferences.conversion.pictures import copies
from conferences.core.slides import Failure
from tests.conferences.conversion import papers


def brought(content: bytes, folder: Path) -> Path:
    source = folder / "original"
    source.write_bytes(content)
    return source


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_copied_in_two_sizes(tmp_path: Path, format: str) -> None:
    assert copies(brought(papers.image(format, (3000, 1500)), tmp_path), tmp_path) == (720, 360)
    sizes = {}
    for name in ("large", "preview"):
        with Image.open(tmp_path / f"{name}.webp") as copy:
            assert copy.format == "WEBP"
            sizes[name] = copy.size
    assert sizes == {"large": (2000, 1000), "preview": (720, 360)}


def test_a_small_picture_stays_as_small_as_it_is(tmp_path: Path) -> None:
    assert copy_picture(brought(papers.image("PNG", (40, 30)), tmp_path), tmp_path) == Size(40, 30)


def test_nothing_of_camera_and_place_is_in_a_copy(tmp_path: Path) -> None:
    copies(brought(papers.photo(), tmp_path), tmp_path)
    with Image.open(tmp_path / "large.webp") as copy:
        assert copy.size == (20, 40)  # it was turned as its camera said
        assert not copy.getexif()
    assert b"Cupertino" not in (tmp_path / "large.webp").read_bytes()


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (papers.declared_png(50_000, 50_000), Failure.TOO_COMPLEX),
        (papers.declared_png(0, 0), Failure.BROKEN),
        (papers.image("PNG", (900, 900))[:600], Failure.BROKEN),
        (papers.image("JPEG")[:200], Failure.BROKEN),
        (b"GIF89a", Failure.BROKEN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", Failure.BROKEN),
        (papers.pdf(["x"]), Failure.BROKEN),
    ],
    ids=["bomb", "nothing", "cut png", "cut jpeg", "gif", "svg", "pdf"],
)
def test_what_is_no_picture_or_too_large_says_so(tmp_path: Path, content: bytes, failure: Failure) -> None:
    with pytest.raises(ConversionFailed) as failed:
        copy_picture(brought(content, tmp_path), tmp_path)
    assert failed.value.failure is failure


def test_who_needs_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "PICTURE_S", 0.01)
    with pytest.raises(ConversionFailed):
        copy_picture(brought(papers.image(), tmp_path), tmp_path)
