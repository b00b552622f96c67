"""What callers say, fetched by the REST interface."""

from typing import Any

import numpy as np
import pytest

from bridges.asterisk.recordings import Recordings, wide
from bridges.asterisk.values import Refused
from bridges.spoken_names import wav_of


class Asterisk:
    """Remembers what it was asked. `files` are what it has recorded."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.ended: list[tuple[str, bytes]] = []
        self.files: dict[str, bytes] = {}
        self.refuses = False
        self.recordings = Recordings(self.ask, self.fetch, lambda *ended: self.ended.append(ended))

    async def ask(self, method: str, path: str, **params: str) -> Any:
        self.asked.append((method, params.get("name") or path))
        if self.refuses:
            raise Refused("not found")

    async def fetch(self, path: str) -> bytes:
        name = path.split("/")[2]
        if name not in self.files:
            raise Refused("not found")
        return self.files[name]

    async def begin(self) -> str:
        await self.recordings.begin("leg", "1.1")
        return self.asked[-1][1]


@pytest.fixture
def asterisk() -> Asterisk:
    return Asterisk()


async def test_a_recording_is_fetched_once_and_deleted_there(asterisk: Asterisk) -> None:
    name = await asterisk.begin()
    asterisk.files[name] = narrow(1600)
    await asterisk.recordings.stop("leg")
    for _ in range(2):
        await asterisk.recordings.finished(name)
    ((leg, sound),) = asterisk.ended
    assert (leg, len(sound)) == ("leg", 2 * 2 * 1600)
    assert ("DELETE", f"recordings/stored/{name}") in asterisk.asked


async def test_the_next_takes_the_place_of_the_one_before(asterisk: Asterisk) -> None:
    first = await asterisk.begin()
    await asterisk.begin()
    assert ("DELETE", f"recordings/live/{first}") in asterisk.asked
    await asterisk.recordings.finished(first)
    assert asterisk.ended == []


async def test_what_failed_is_nothing(asterisk: Asterisk) -> None:
    await asterisk.recordings.finished(await asterisk.begin())
    assert asterisk.ended == [("leg", b"")]


async def test_a_folder_that_is_not_there_is_told(asterisk: Asterisk) -> None:
    asterisk.refuses = True
    with pytest.raises(Refused):
        await asterisk.begin()
    await asterisk.recordings.stop("leg")
    await asterisk.recordings.give_up("leg")


async def test_nobody_is_told_of_a_call_that_is_gone(asterisk: Asterisk) -> None:
    name = await asterisk.begin()
    asterisk.recordings.forget("leg")
    await asterisk.recordings.finished(name)
    assert asterisk.ended == []


@pytest.mark.parametrize("file", [b"", b"RIFF", b"<html>", wav_of(b"1" * 640)], ids=range(4))
def test_what_is_no_wav_file_of_8_khz_is_nothing(file: bytes) -> None:
    assert wide(file) == b""


def narrow(samples: int) -> bytes:
    file = bytearray(wav_of(np.zeros(samples, "<i2").tobytes()))
    file[24:28] = (8000).to_bytes(4, "little")
    return bytes(file)
