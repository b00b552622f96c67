"""Office documents become pages by a real LibreOffice."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from conferences.conversion.converter import ConversionFailed, convert
from conferences.conversion.formats import Format, format_of, office
from conferences.core.slides import Failure

pytestmark = pytest.mark.interop

SLIDE = (
    '<draw:page><draw:frame svg:width="20cm" svg:height="5cm">'
    "<draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></draw:page>"
)
PRESENTATION = (
    "<office:document-content"
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:presentation>{}</office:presentation></office:body></office:document-content>"
)
MANIFEST = (
    "<manifest:manifest"
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{0}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
ODP = "application/vnd.oasis.opendocument.presentation"
ENOUGH_S = 120


@pytest.fixture
def presentation(tmp_path: Path) -> Path:
    """An ODP of two slides."""
    file = tmp_path / "plans.odp"
    slides = "".join(SLIDE.format(f"Chapter {number}") for number in (1, 2))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", ODP)
        archive.writestr("content.xml", PRESENTATION.format(slides))
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(ODP))
    return file


def as_powerpoint(presentation: Path) -> Path:
    """Saved again by LibreOffice."""
    desk = presentation.parent
    command = [str(office()), f"-env:UserInstallation={(desk / 'author').as_uri()}", "--headless"]
    convert_to = ["--convert-to", "pptx", "--outdir", str(desk), str(presentation)]
    subprocess.run([*command, *convert_to], check=True, capture_output=True, timeout=ENOUGH_S)
    return presentation.with_suffix(".pptx")


def pages(source: Path, format: Format) -> list[str]:
    """The texts of the pages that were made."""
    with source.open("rb") as file:
        assert format_of(file) is format
    folder = source.parent / f"pages of {format}"
    folder.mkdir()
    made = [page.page for page in convert(source, format, folder)]
    texts: list[str] = json.loads((folder / "text.json").read_text())
    assert made == [page + 1 for page in range(len(texts))]
    assert all((folder / f"{page}.webp").stat().st_size for page in made)
    return [text.strip() for text in texts]


def test_presentations_become_pages(presentation: Path) -> None:
    assert pages(presentation, Format.ODP) == ["Chapter 1", "Chapter 2"]
    assert pages(as_powerpoint(presentation), Format.PPTX) == ["Chapter 1", "Chapter 2"]


def test_a_presentation_that_is_none_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "plans.pptx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p:presentation>" + "x" * 1000)
    with pytest.raises(ConversionFailed) as failed:
        pages(file, Format.PPTX)
    assert failed.value.failure is Failure.BROKEN
