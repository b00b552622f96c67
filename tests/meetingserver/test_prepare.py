import shutil
from io import StringIO
from pathlib import Path

import pytest
from pytest_django import Settings

from bridges import speech
from meetingserver.management.commands.prepare import Command
from tests.house import RunningServer, prepare, prepared_folder

pytestmark = pytest.mark.interop


def test_an_empty_folder_becomes_a_server_that_may_start_and_twice_is_harmless(tmp_path: Path) -> None:
    shutil.copytree(prepared_folder(), tmp_path, dirs_exist_ok=True)  # it was empty
    server = RunningServer(tmp_path, {})
    prepare(server)
    assert server.manage("migrate", "--check").returncode == 0
    assert (tmp_path / "static" / "staticfiles.json").is_file()


@pytest.mark.django_db
def test_a_server_without_a_voice_for_its_prompts_starts_and_says_so(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PHONE_SOUNDS = tmp_path
    monkeypatch.setattr(speech, "PROGRAM", "no-such-program")
    told = StringIO()
    Command(stdout=told)._prompts()  # noqa: SLF001 - the rest is done by the test above
    assert "sudo apt install espeak-ng" in told.getvalue()
