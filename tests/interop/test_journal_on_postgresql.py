"""The journal's own tests, on PostgreSQL."""

import subprocess
import sys

import pytest

from meetingserver import env
from tests.house import ROOT

pytestmark = pytest.mark.interop


def test_the_journal_keeps_its_promises_on_postgresql_too(postgres: str) -> None:
    tests = ["tests/conferences/test_journal.py", "tests/conferences/test_placement.py"]
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=env.surroundings(DATABASE_URL=postgres),
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout
