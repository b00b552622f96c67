"""The mapping file, read when the server starts."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from meetingserver.billed import mappings


def test_without_a_file_nothing_goes_anywhere() -> None:
    assert mappings(file="").targets == {}


def test_a_wrong_file_stops_the_start(tmp_path: Path) -> None:
    file = tmp_path / "billing.toml"
    file.write_text("[target.x]\nurl = 'ftp://x'\n[[target.x.table]]\n")
    with pytest.raises(ImproperlyConfigured, match=r"billing\.toml, line 2, column 1: an address begins"):
        mappings(file=str(file))
