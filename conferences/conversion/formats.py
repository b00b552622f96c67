"""What a file is, by its own bytes. Names and types that browsers send are never believed."""

import shutil
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import IO

HEAD_BYTES = 1024
OFFICE_MEMBERS = 10_000


class Format(StrEnum):
    PDF = "pdf"
    IMAGE = "image"
    PPTX = "pptx"
    DOCX = "docx"
    ODP = "odp"
    ODT = "odt"

    @property
    def needs_office(self) -> bool:
        return self not in (Format.PDF, Format.IMAGE)


CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.IMAGE: "application/octet-stream",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODP: "application/vnd.oasis.opendocument.presentation",
    Format.ODT: "application/vnd.oasis.opendocument.text",
}
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.presentation": Format.ODP,
    b"application/vnd.oasis.opendocument.text": Format.ODT,
}


def format_of(file: IO[bytes]) -> Format | None:
    """None: nothing that we can show. The file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if b"%PDF-" in head:
        return Format.PDF
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.IMAGE
    return _office_format_of(file) if head.startswith(b"PK\x03\x04") else None


def _office_format_of(file: IO[bytes]) -> Format | None:
    """Reads the table of contents and one small member; unpacks nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:OFFICE_MEMBERS])
            if "ppt/presentation.xml" in names:
                return Format.PPTX
            if "word/document.xml" in names:
                return Format.DOCX
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    return _OPEN_DOCUMENT.get(member.read(100))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        pass
    finally:
        file.seek(0)
    return None


def office() -> Path | None:
    """LibreOffice, if it is installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else None
