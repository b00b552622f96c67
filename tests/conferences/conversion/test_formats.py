"""What a file is, by its own bytes."""

import io

import pytest

from conferences.conversion.formats import Format, format_of
from tests.conferences.conversion import papers


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (papers.pdf(["one"]), Format.PDF),
        (b"junk before it\n" + papers.pdf(["one"]), Format.PDF),
        (papers.image("PNG"), Format.IMAGE),
        (papers.image("JPEG"), Format.IMAGE),
        (papers.image("WEBP"), Format.IMAGE),
        (papers.image("GIF"), Format.IMAGE),
        (papers.pptx(), Format.PPTX),
        (papers.odp(), Format.ODP),
        (papers.archive(word__document_xml="<w/>"), Format.DOCX),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, format: Format) -> None:
    file = io.BytesIO(content)
    assert format_of(file) is format
    assert file.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        papers.archive(readme="an archive of anything"),
        papers.archive(mimetype="application/epub+zip"),
        papers.pptx()[:60],
        b"PK\x03\x04" + b"\xff" * 500,
    ],
    ids=repr,
)
def test_what_we_cannot_show_is_nothing(content: bytes) -> None:
    assert format_of(io.BytesIO(content)) is None


def test_only_office_documents_need_an_office() -> None:
    assert [format for format in Format if not format.needs_office] == [Format.PDF, Format.IMAGE]
