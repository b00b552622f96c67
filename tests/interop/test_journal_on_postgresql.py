"""The journal's own tests, and those of what billing asks the database, on PostgreSQL."""

import subprocess
import sys

import pytest

from meetingserver import env
from tests.house import ROOT

pytestmark = pytest.mark.interop


def test_journal_and_billing_keep_their_promises_on_postgresql_too(postgres: str) -> None:
    journal = ["tests/conferences/test_journal.py", "tests/conferences/test_placement.py"]
    billing = [f"tests/billing/test_{name}.py" for name in ("days", "selectors", "services")]
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *journal, *billing],
        cwd=ROOT,
        env=env.surroundings(DATABASE_URL=postgres),
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout
