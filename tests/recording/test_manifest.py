"""Tests of recording/manifest.py."""

import msgspec
import pytest

from recording import manifest as m

WATCHED = m.Manifest(
    id="c1-12",
    version=2,
    title="Archery",
    began_at=1_790_000_000_000,
    ended=False,
    length_ms=4096,
    audio=m.Audio(segments=2),
    journal=(m.JournalFile(file="journal/0.json", from_ms=0, key=True),),
    people={"p1": "Alice"},
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert m.decode(WATCHED.encode()) == WATCHED


def test_anything_else_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        m.decode(b'{"id": "c1-12"}')
