"""What calls are played by the REST interface."""

from typing import Any

import pytest

from bridges.asterisk.playbacks import Playbacks, media_of
from bridges.asterisk.values import Refused

SOUNDS = ["http://here/1.wav", "http://here/2.wav"]


class Asterisk:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.ended: list[tuple[str, str]] = []
        self.media: list[str] = []
        self.refuses = False
        self.playbacks = Playbacks(self.ask, lambda leg, play: self.ended.append((leg, play)))

    async def ask(self, method: str, path: str, **params: str) -> Any:
        self.asked.append((method, params.get("playbackId") or path))
        self.media += [params["media"]] if "media" in params else []
        if self.refuses:
            raise Refused("Channel not found")

    async def begin(self, *, loop: bool = False) -> str:
        return await self.playbacks.begin("leg", "1.1", SOUNDS, loop=loop)


@pytest.fixture
def asterisk() -> Asterisk:
    return Asterisk()


async def test_sounds_are_played_one_after_the_other_and_their_end_is_told_once(asterisk: Asterisk) -> None:
    play = await asterisk.begin()
    assert asterisk.asked == [("POST", f"{play}.0")]
    assert asterisk.media == ["sound:http://here/1.wav,sound:http://here/2.wav"] == [media_of(SOUNDS)]
    for _ in range(2):
        await asterisk.playbacks.finished(f"{play}.0", done=True)
    assert asterisk.ended == [("leg", play)]


async def test_a_loop_goes_round_until_it_is_stopped(asterisk: Asterisk) -> None:
    play = await asterisk.begin(loop=True)
    await asterisk.playbacks.finished(f"{play}.0", done=True)
    await asterisk.playbacks.finished(f"{play}.0", done=True)
    assert asterisk.ended == []
    await asterisk.playbacks.stop("leg")
    await asterisk.playbacks.stop("leg")
    await asterisk.playbacks.finished(f"{play}.1", done=True)
    assert asterisk.asked == [("POST", f"{play}.0"), ("POST", f"{play}.1"), ("DELETE", f"playbacks/{play}.1")]
    assert asterisk.ended == [("leg", play)]


async def test_the_next_takes_the_place_of_the_one_before(asterisk: Asterisk) -> None:
    music, hello = await asterisk.begin(loop=True), await asterisk.begin()
    assert asterisk.ended == [("leg", music)]
    await asterisk.playbacks.finished(f"{music}.0", done=True)
    await asterisk.playbacks.finished(f"{hello}.0", done=True)
    assert asterisk.ended == [("leg", music), ("leg", hello)]


async def test_what_fails_is_not_tried_for_ever(asterisk: Asterisk) -> None:
    play = await asterisk.begin(loop=True)
    await asterisk.playbacks.finished(f"{play}.0", done=False)
    assert asterisk.ended == [("leg", play)]
    play = await asterisk.begin(loop=True)
    asterisk.refuses = True
    await asterisk.playbacks.finished(f"{play}.0", done=True)
    assert asterisk.ended[-1] == ("leg", play)


async def test_to_who_is_gone_nothing_is_played(asterisk: Asterisk) -> None:
    asterisk.refuses = True
    with pytest.raises(Refused):
        await asterisk.begin()
    await asterisk.playbacks.stop("leg")
    asterisk.playbacks.forget("leg")
    assert asterisk.ended == []
