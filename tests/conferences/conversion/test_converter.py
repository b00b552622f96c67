"""Documents become pages in limited processes, or a plain reason."""

import json
from pathlib import Path

import pytest

from conferences.conversion import converter
from conferences.conversion.converter import ConversionFailed, Made, convert
from conferences.conversion.formats import Format
from conferences.core.slides import Failure
from tests.conferences.conversion import papers


def converted(content: bytes, folder: Path, format: Format = Format.PDF) -> list[Made]:
    source = folder / "original"
    source.write_bytes(content)
    pages = folder / "pages"
    pages.mkdir()
    return list(convert(source, format, pages))


def failure(content: bytes, folder: Path, format: Format = Format.PDF) -> Failure:
    with pytest.raises(ConversionFailed) as failed:
        converted(content, folder, format)
    return failed.value.failure


def test_pages_come_one_by_one_and_their_texts_last(tmp_path: Path) -> None:
    assert converted(papers.pdf(["One", "Two", "Three"]), tmp_path) == [Made(1, 3), Made(2, 3), Made(3, 3)]
    assert json.loads((tmp_path / "pages" / "text.json").read_text()) == ["One", "Two", "Three"]
    assert {file.name for file in (tmp_path / "pages").glob("*.webp")} == {
        f"{page}{size}.webp" for page in (1, 2, 3) for size in ("", "-small")
    }


@pytest.mark.campaign
def test_three_hundred_pages_are_no_trouble(tmp_path: Path) -> None:
    made = converted(papers.pdf([f"Page {number}" for number in range(1, 301)]), tmp_path)
    assert made[-1] == Made(300, 300)


def test_reasons_come_through(tmp_path: Path) -> None:
    assert failure(papers.encrypted_pdf(), tmp_path) is Failure.ENCRYPTED


def test_a_bomb_hurts_nobody_but_itself(tmp_path: Path) -> None:
    assert failure(papers.bomb_pdf(), tmp_path) in (Failure.TOO_COMPLEX, Failure.BROKEN)


def test_who_needs_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "STALL_S", 0.01)
    assert failure(papers.pdf(["slow"]), tmp_path) is Failure.TOO_COMPLEX


def test_without_an_office_there_is_a_plain_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert failure(papers.pptx(), tmp_path, Format.PPTX) is Failure.NEEDS_OFFICE


def an_office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small one, which does what the script says instead of reading the document."""
    desk = folder / "bin"
    desk.mkdir()
    program = desk / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{desk}:/usr/bin:/bin")


def test_an_office_makes_a_pdf_of_it_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.pdf").write_bytes(papers.pdf(["From the office"]))
    an_office(tmp_path, f'cp {tmp_path}/made.pdf "$HOME/document.pdf"', monkeypatch)
    assert converted(papers.pptx(), tmp_path, Format.PPTX) == [Made(1, 1)]


def test_an_office_that_cannot_read_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    an_office(tmp_path, "exit 1", monkeypatch)
    assert failure(papers.odp(), tmp_path, Format.ODP) is Failure.BROKEN


def test_an_office_that_never_ends_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converter, "OFFICE_S", 1.0)
    an_office(tmp_path, "sleep 600 & sleep 600", monkeypatch)
    assert failure(papers.odp(), tmp_path, Format.ODP) is Failure.TOO_COMPLEX


def test_an_office_knows_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret")
    an_office(tmp_path, f"env > {tmp_path}/seen", monkeypatch)
    failure(papers.odp(), tmp_path, Format.ODP)
    assert "SECRET_KEY" not in (tmp_path / "seen").read_text()
