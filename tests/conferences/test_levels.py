"""Who speaks by web and by phone is told as one, and not too often."""

import asyncio

from conferences.levels import Levels


class Hearer:
    def __init__(self) -> None:
        self.told: list[dict[str, int]] = []
        self.heard = asyncio.Event()

    def __call__(self, levels: dict[str, int]) -> None:
        self.told.append(levels)
        self.heard.set()


async def test_both_are_told_as_one() -> None:
    hearer = Hearer()
    levels = Levels(hearer)
    levels.phone("carol", 5)
    levels.phone("dave", 3)
    await hearer.heard.wait()
    levels.web({"bob": 7})
    levels.web({})
    assert hearer.told == [
        {"carol": 5, "dave": 3},
        {"bob": 7, "carol": 5, "dave": 3},
        {"carol": 5, "dave": 3},
    ]


async def test_what_phones_say_waits_its_turn() -> None:
    hearer = Hearer()
    levels = Levels(hearer)
    levels.web({"bob": 7})
    hearer.heard.clear()
    for level in (1, 2, 3):
        levels.phone("carol", level)
    await hearer.heard.wait()
    assert hearer.told == [{"bob": 7}, {"bob": 7, "carol": 3}]


async def test_what_the_web_says_brings_the_phones_with_it() -> None:
    hearer = Hearer()
    levels = Levels(hearer)
    levels.web({"bob": 7})
    levels.phone("carol", 4)
    levels.web({})
    assert hearer.told[-1] == {"carol": 4}
    levels.phone("carol", 4)
    levels.phone("carol", 0)
    levels.web({"bob": 1})
    assert hearer.told[-1] == {"bob": 1}


async def test_who_is_gone_is_not_told_of() -> None:
    hearer = Hearer()
    levels = Levels(hearer)
    levels.web({})
    levels.phone("carol", 4)
    levels.forget("carol")
    levels.forget("nobody")
    levels.web({})
    assert hearer.told == [{}, {}]
