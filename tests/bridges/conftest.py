"""Rooms to call."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bridges import policy
from conferences.journal import crossing
from conferences.models import Room
from tests.bridges.town import Town, town_furnish


@pytest.fixture
async def town(aroom: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """Open, with one simulated bridge `sim`; who tries a wrong code is not kept waiting."""
    monkeypatch.setattr(policy, "FAILURE_S", 0.0)
    await crossing(town_furnish)(aroom, "sim")
    town = Town(aroom, tmp_path)
    await town.opens()
    yield town
    await town.closes()
