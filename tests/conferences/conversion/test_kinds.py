"""What a file is, whatever it is called."""

import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.conversion.kinds import Kind, kind_of
from meetingserver import settings
from tests.conferences.conversion import papers


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        *((papers.image(format), Kind.IMAGE) for format in ("PNG", "JPEG", "GIF", "WEBP")),
        (papers.pdf(["One"]), Kind.PDF),
        (papers.odp(), Kind.OFFICE),
        (papers.archive(**{"[Content_Types]_xml": "<t/>"}), Kind.OFFICE),
        (papers.archive(readme="x"), Kind.ARCHIVE),
        (b"PK\x03\x04 but no archive", Kind.OTHER),
        (b"\x1f\x8b\x08", Kind.ARCHIVE),
        (b"RIFF....WAVE", Kind.AUDIO),
        (b"RIFF....oops", Kind.OTHER),
        (b"\0\0\0 ftypM4A ", Kind.AUDIO),
        (b"\0\0\0 ftypisom", Kind.VIDEO),
        (b"OggS", Kind.AUDIO),
        ("Einkäufe\r\nشاي".encode(), Kind.TEXT),
        ("ä".encode() * 600, Kind.TEXT),  # its 1024 first bytes end within a letter
        (("x" + "ä" * 600).encode(), Kind.TEXT),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", Kind.TEXT),
        (b"<!DOCTYPE html><script>alert(1)</script>", Kind.TEXT),
        (b"MZ\x90\0 a program", Kind.OTHER),
        (b"\x7fELF\x02", Kind.OTHER),
        (b"\xff\xfe\x00\x01", Kind.OTHER),
    ],
    ids=itertools.count(),
)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: Kind) -> None:
    file = io.BytesIO(content)
    assert kind_of(file) is kind
    assert file.tell() == 0


@given(st.binary(max_size=200))
def test_whatever_comes_is_of_some_kind(noise: bytes) -> None:
    assert kind_of(io.BytesIO(noise)) in Kind
    assert kind_of(io.BytesIO(b"PK\x03\x04" + noise)) in Kind


def test_every_kind_can_be_allowed() -> None:
    assert set(settings.CHAT_FILE_TYPES_KNOWN) == set(Kind)
    assert set(settings.CHAT_FILE_TYPES) == set(Kind) - {Kind.OTHER}
