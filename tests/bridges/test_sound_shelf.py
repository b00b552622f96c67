"""A vendor fetches prompts from the shelf, and nothing else."""

import wave
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bridges.errors import InvalidValue
from bridges.sound_shelf import SoundShelf
from tests.bridges.tones import sound_file

ENDINGS = {8000: "wav", 16_000: "wav16"}


@pytest.fixture
async def shelf() -> AsyncIterator[SoundShelf]:
    shelf = SoundShelf("127.0.0.1", "127.0.0.1", 0, endings=ENDINGS, content_type="audio/test")
    await shelf.open()
    yield shelf
    await shelf.close()


async def test_a_sound_is_given_to_who_knows_its_address(shelf: SoundShelf, tmp_path: Path) -> None:
    narrow = sound_file(tmp_path / "narrow.wav", 440, 0.1, 8000)
    wide = sound_file(tmp_path / "wide.wav", 440, 0.1, 16_000)
    addresses = await shelf.addresses([narrow, wide])
    assert [address.rpartition(".")[2] for address in addresses] == ["wav", "wav16"]
    async with aiohttp.ClientSession() as session, session.get(addresses[0]) as answer:
        assert await answer.read() == narrow.read_bytes()
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.content_type == "audio/test"


async def test_nothing_else_is_given(shelf: SoundShelf, tmp_path: Path) -> None:
    (address,) = await shelf.addresses([sound_file(tmp_path / "a.wav", 440, 0.1)])
    place = address.rpartition("/")[0]
    async with aiohttp.ClientSession() as session:
        for name in ("a.wav", "..%2Fa.wav", "", f"{'0' * 64}.wav"):
            async with session.get(f"{place}/{name}") as answer:
                assert answer.status == 404


async def test_what_is_said_anew_has_another_address(shelf: SoundShelf, tmp_path: Path) -> None:
    file = sound_file(tmp_path / "a.wav", 440, 0.1)
    before = await shelf.addresses([file])
    assert await shelf.addresses([file]) == before
    sound_file(file, 880, 0.2)
    assert await shelf.addresses([file]) != before


async def test_what_no_vendor_can_play_is_refused(shelf: SoundShelf, tmp_path: Path) -> None:
    text, stereo = tmp_path / "text.wav", tmp_path / "stereo.wav"
    text.write_text("no sound")
    with wave.open(str(stereo), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
    high = sound_file(tmp_path / "high.wav", 440, 0.1, 44_100)
    for wrong in (text, stereo, high, tmp_path / "missing.wav"):
        with pytest.raises(InvalidValue):
            await shelf.addresses([wrong])


async def test_a_shelf_that_is_open_stays_as_it_is_and_a_taken_port_is_told(shelf: SoundShelf) -> None:
    await shelf.open()
    other = SoundShelf("127.0.0.1", "127.0.0.1", shelf.port, endings=ENDINGS)
    with pytest.raises(OSError, match="address already in use"):
        await other.open()
    await other.close()
