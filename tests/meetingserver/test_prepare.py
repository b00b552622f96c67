from pathlib import Path

import pytest

from tests.house import RunningServer

pytestmark = pytest.mark.interop


def test_an_empty_folder_becomes_a_server_that_may_start_and_twice_is_harmless(tmp_path: Path) -> None:
    fresh = RunningServer(tmp_path, {})
    for _ in range(2):
        prepared = fresh.manage("prepare")
        assert prepared.returncode == 0, prepared.stderr
    assert fresh.manage("migrate", "--check").returncode == 0
    assert (tmp_path / "static" / "staticfiles.json").is_file()
