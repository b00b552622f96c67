"""A database that is away for a moment."""

import pytest
from django.db import OperationalError

from bridges import patience
from bridges.patience import RETRIES_S, patiently
from tests.bridges.town import Town


class Database:
    """Answers from the third question on."""

    def __init__(self, away: int = 2) -> None:
        self.asked = 0
        self.away = away

    async def __call__(self) -> int:
        self.asked += 1
        if self.asked <= self.away:
            raise OperationalError("away")
        return self.asked


async def test_it_is_waited_for() -> None:
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    assert await patiently(Database(), pause) == 3
    assert paused == [0.2, 0.5]
    with pytest.raises(OperationalError):
        await patiently(Database(away=99), pause)
    assert len(paused) == 2 + len(RETRIES_S)


@pytest.mark.parametrize(
    "question",
    ["bridges.selectors.call_known", "bridges.seat.port_take", "bridges.services.call_ended"],
)
async def test_callers_do_not_notice(town: Town, monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    module, _, name = question.rpartition(".")
    answers = getattr(__import__(module, fromlist=[name]), name)
    asked: list[str] = []

    def away_at_first(*args: object, **more: object) -> object:
        asked.append(name)
        if len(asked) == 1:
            raise OperationalError("away")
        return answers(*args, **more)

    monkeypatch.setattr(patience, "RETRIES_S", (0.0,) * 3)
    monkeypatch.setattr(question, away_at_first)
    host, guest = await town.host(), await town.guest()
    guest.hangs_up()
    await town.becomes(lambda state: list(state.calls) == [host.leg], "told")
    assert len(asked) >= 2
