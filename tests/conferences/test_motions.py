"""Pens in motion: gathered, told at once, and the oldest forgotten when there are too many."""

import asyncio

import pytest

from conferences import motions as motions_module
from conferences.core.signals import Motion, PointerMoved
from conferences.motions import MOST, Motions


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motions_module, "WINDOW_S", 0)


def pointed(x: int) -> Motion:
    return Motion("bob", PointerMoved(document="plans", page=1, x=x, y=0))


class Hearer:
    def __init__(self) -> None:
        self.told: list[tuple[str, list[int]]] = []
        self.heard = asyncio.Event()

    def __call__(self, place: str, motions: list[Motion]) -> None:
        xs = [motion.move.x for motion in motions if isinstance(motion.move, PointerMoved)]
        self.told.append((place, xs))
        self.heard.set()


async def test_what_comes_in_a_moment_is_told_at_once() -> None:
    hearer = Hearer()
    motions = Motions(hearer)
    for x in range(3):
        motions.take("c1", pointed(x))
    motions.take("c2", pointed(9))
    assert hearer.told == []
    await hearer.heard.wait()
    assert hearer.told == [("c1", [0, 1, 2]), ("c2", [9])]
    hearer.heard.clear()
    motions.take("c1", pointed(4))
    await hearer.heard.wait()
    assert hearer.told[2:] == [("c1", [4])]


async def test_of_too_many_the_oldest_are_forgotten_and_counted() -> None:
    hearer = Hearer()
    motions = Motions(hearer)
    for x in range(MOST + 2):
        motions.take("c1", pointed(x))
    await hearer.heard.wait()
    assert (hearer.told[0][1][0], hearer.told[0][1][-1], motions.dropped) == (2, MOST + 1, 2)
