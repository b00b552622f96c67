"""What is looked after every few seconds, in rounds that follow one another at once."""

import asyncio

import pytest

from meetingserver.rounds import Rounds


class Garden:
    """Something fails at the first look."""

    def __init__(self) -> None:
        self.looks = 0
        self.seen_twice = asyncio.Event()

    async def look(self) -> None:
        self.looks += 1
        if self.looks == 1:
            raise OSError("a mole")
        self.seen_twice.set()


async def test_a_failure_is_logged_and_the_next_round_comes(caplog: pytest.LogCaptureFixture) -> None:
    garden = Garden()
    rounds = Rounds(garden.look, every_s=0, failure="The garden could not be seen.")
    rounds.start()
    await garden.seen_twice.wait()
    await rounds.stop()
    assert "The garden could not be seen." in caplog.text
    assert "a mole" in caplog.text


async def test_they_work_from_start_to_stop() -> None:
    rounds = Rounds(Garden().look, every_s=1000, failure="")
    assert not rounds.works
    await rounds.stop()
    rounds.start(after_s=1000)
    assert rounds.works
    await rounds.stop()
    assert not rounds.works


async def test_the_first_may_come_later() -> None:
    garden, soon = Garden(), asyncio.Event()
    rounds = Rounds(garden.look, every_s=0, failure="")
    rounds.start(after_s=1000)
    asyncio.get_running_loop().call_soon(soon.set)
    await soon.wait()
    await rounds.stop()
    assert garden.looks == 0
