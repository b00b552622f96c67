"""`manage.py write_protocol` writes what has changed, and only that."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

TYPES = "conferences/static/conferences/core/messages.d.ts"
PAGE = "docs/protocol.md"


@pytest.fixture
def base(tmp_path: Path, settings: Settings) -> Path:
    settings.BASE_DIR = tmp_path
    for file in (TYPES, PAGE):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / PAGE).write_text(
        "By hand.\n<!-- tables: begin -->\nold\n<!-- tables: end -->\nAlso by hand.\n"
    )
    return tmp_path


def run(*options: str) -> str:
    said = StringIO()
    call_command("write_protocol", *options, stdout=said)
    return said.getvalue()


def test_it_writes_both_and_then_has_nothing_to_say(base: Path) -> None:
    assert run().splitlines() == [f"wrote {TYPES}", f"wrote {PAGE}"]
    assert run() == run("--check") == ""


def test_it_leaves_alone_what_was_written_by_hand(base: Path) -> None:
    run()
    page = (base / PAGE).read_text()
    assert page.startswith("By hand.\n")
    assert page.endswith("\nAlso by hand.\n")
    assert "old" not in page.splitlines()


def test_it_only_complains_when_asked_to_check(base: Path) -> None:
    before = (base / PAGE).read_text()
    with pytest.raises(CommandError):
        run("--check")
    assert (base / PAGE).read_text() == before
