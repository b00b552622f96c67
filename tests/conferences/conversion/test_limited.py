"""Limits hold for the process that takes them, and for what it becomes."""

import subprocess
import sys

from conferences.conversion.converter import ROOT

GREEDY = "len(bytearray(600 * 1024 * 1024))"


def limited(code: str, *, megabytes: int = 300, seconds: int = 60) -> int:
    command = [sys.executable, "-m", "conferences.conversion.limited", str(megabytes), str(seconds)]
    return subprocess.run(
        [*command, sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True
    ).returncode


def test_whoever_is_modest_is_not_disturbed() -> None:
    assert limited("print('hello')") == 0


def test_memory_is_bounded() -> None:
    assert limited(GREEDY) == 1


def test_time_is_bounded() -> None:
    assert limited("while True: pass", seconds=1) < 0
