"""FreeSWITCH fetches prompts from the shelf, and nothing else."""

import wave
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bridges.errors import InvalidValue
from bridges.freeswitch.sounds import SoundShelf
from tests.bridges.tones import sound_file


@pytest.fixture
async def shelf() -> AsyncIterator[SoundShelf]:
    shelf = SoundShelf("127.0.0.1", "127.0.0.1", 0)
    await shelf.open()
    yield shelf
    await shelf.close()


async def test_several_are_one_to_play_and_each_is_there(shelf: SoundShelf, tmp_path: Path) -> None:
    files = [sound_file(tmp_path / "a.wav", 700, 0.1), sound_file(tmp_path / "b.wav", 800, 0.1, rate=8000)]
    address = await shelf.address(files)
    assert address.startswith("file_string://http://127.0.0.1:")
    async with aiohttp.ClientSession() as session:
        for one, file in zip(address.removeprefix("file_string://").split("!"), files, strict=True):
            async with session.get(one) as answer:
                assert await answer.read() == file.read_bytes()


async def test_nothing_else_is_given(shelf: SoundShelf, tmp_path: Path) -> None:
    address = await shelf.address([sound_file(tmp_path / "a.wav", 700, 0.1)])
    place = address.removeprefix("file_string://").rpartition("/")[0]
    async with aiohttp.ClientSession() as session:
        for name in ("a.wav", "..%2Fa.wav", ""):
            async with session.get(f"{place}/{name}") as answer:
                assert answer.status == 404


async def test_what_freeswitch_could_not_play_is_refused(shelf: SoundShelf, tmp_path: Path) -> None:
    stereo = tmp_path / "stereo.wav"
    with wave.open(str(stereo), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
    noise = tmp_path / "noise.wav"
    noise.write_bytes(b"no sound")
    for wrong in (stereo, noise, tmp_path / "nothing.wav", sound_file(tmp_path / "cd.wav", 700, 0.1, 44_100)):
        with pytest.raises(InvalidValue):
            await shelf.address([wrong])


async def test_a_shelf_that_is_open_stays_as_it_is_and_a_taken_port_is_told(shelf: SoundShelf) -> None:
    await shelf.open()
    other = SoundShelf("127.0.0.1", "127.0.0.1", shelf.port)
    with pytest.raises(OSError, match="address already in use"):
        await other.open()
    await other.close()
