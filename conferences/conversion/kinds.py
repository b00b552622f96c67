"""What kind of file somebody sends, by its own bytes: enough to say what is allowed. Whatever the kind, no
browser ever runs it: all but re-encoded pictures is handed out as a download."""

import codecs
import zipfile
from enum import StrEnum
from typing import IO

from conferences.conversion.formats import HEAD_BYTES, OFFICE_MEMBERS


class Kind(StrEnum):
    IMAGE = "image"
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"
    AUDIO = "audio"
    VIDEO = "video"
    ARCHIVE = "archive"
    OTHER = "other"


_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"%PDF-", Kind.PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
    (b"ID3", Kind.AUDIO),
    (b"\xff\xfb", Kind.AUDIO),
    (b"\xff\xf3", Kind.AUDIO),
    (b"fLaC", Kind.AUDIO),
    (b"OggS", Kind.AUDIO),
    (b"\x1aE\xdf\xa3", Kind.VIDEO),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\xfd7zXZ\x00", Kind.ARCHIVE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"(\xb5/\xfd", Kind.ARCHIVE),
)
_RIFF = {b"WEBP": Kind.IMAGE, b"WAVE": Kind.AUDIO, b"AVI ": Kind.VIDEO}
_SHOWN = "\t\n\r\f\x1b"


def kind_of(file: IO[bytes]) -> Kind:
    """The file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], Kind.OTHER)
    if head[4:8] == b"ftyp":
        return Kind.AUDIO if head[8:11] == b"M4A" else Kind.VIDEO
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file)
    return Kind.TEXT if _is_text(head) else Kind.OTHER


def _kind_of_archive(file: IO[bytes]) -> Kind:
    """Reads the table of contents; unpacks nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()[:OFFICE_MEMBERS]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return Kind.OTHER
    finally:
        file.seek(0)
    office = any(name in ("[Content_Types].xml", "mimetype") for name in names)
    return Kind.OFFICE if office else Kind.ARCHIVE


def _is_text(head: bytes) -> bool:
    """UTF-8, perhaps cut in the middle of a letter, without control characters."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(letter >= " " or letter in _SHOWN for letter in text)
