"""All parts together, with nobody around."""

from pathlib import Path

import pytest

from bridges.base import MediaLeg
from bridges.prompts import Prompts
from bridges.signs import SIGNS
from bridges.telephones import Telephones
from conferences import doors
from conferences.hub import Hub
from tests.conferences.doubles import Watch


class Silence:
    """Conferences without sound."""

    def join_audio(self, conference: str, key: str, leg: MediaLeg) -> None: ...

    def leave_audio(self, conference: str, key: str) -> None: ...

    def caller_speaks(self, conference: str, participant: str, level: int) -> None: ...


@pytest.mark.django_db(transaction=True)
async def test_it_starts_with_all_sounds_and_without_bridges(tmp_path: Path) -> None:
    prompts = Prompts(brand=tmp_path / "brand", made=tmp_path)
    telephones = Telephones(
        Silence(), open=doors.open, telling=Hub(), prompts=prompts, server="server-1", now=Watch()
    )
    assert not telephones.keeper.works
    await telephones.start()
    assert telephones.keeper.works
    assert {file.stem for file in (tmp_path / "signs").iterdir()} == set(SIGNS)
    await telephones.stop_callers()
    await telephones.stop()
    assert not telephones.keeper.works
    assert len(telephones.switchboard) == len(telephones.media) == telephones.keeper.count() == 0
