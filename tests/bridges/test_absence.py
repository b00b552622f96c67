"""Bridges that are away."""

import asyncio

import pytest

from bridges.absence import Absence


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it was waited, in no time."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return waited


def test_each_absence_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    absence = Absence("Janus hall", first_pause=1, longest_pause=4)
    assert absence.is_news("nobody listens")
    assert not absence.is_news("it refuses")
    absence.over()
    assert absence.is_news("the connection broke")
    assert caplog.messages == [
        "Janus hall is away: nobody listens",
        "Janus hall is away: the connection broke",
    ]


async def test_pauses_double_and_begin_anew_when_it_was_there(pauses: list[float]) -> None:
    absence = Absence("Janus hall", first_pause=1, longest_pause=4)
    for _ in range(4):
        await absence.pause()
    absence.over()
    await absence.pause()
    assert pauses == [1, 2, 4, 4, 1]
