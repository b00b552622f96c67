"""Of a recorder that is killed, all is kept but what came in its last second."""

import subprocess
import sys
from pathlib import Path

from recording.track_files import FLUSH_S, seal_leftovers
from tests.house import ROOT
from tests.recording.feed import chunks, names, numbers
from tests.recording.talking import PEOPLE

ENOUGH_S = 3.0


def killed_after_a_while(raw: Path) -> list[tuple[float, int]]:
    """The turns it began: when, and how often everybody had been heard before."""
    turns: list[tuple[float, int]] = []
    command = [sys.executable, "-m", "tests.recording.talking", str(raw)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            now, ticks = line.split()
            turns.append((float(now), int(ticks)))
            if turns[-1][0] - turns[0][0] > ENOUGH_S:
                break
        process.kill()
        turns += [(float(line.split()[0]), int(line.split()[1])) for line in process.stdout if "\n" in line]
    return turns


def test_what_came_before_the_last_second_is_kept(tmp_path: Path) -> None:
    turns = killed_after_a_while(tmp_path)
    done, _ = turns[-2]  # the turn before the last was over when the last began
    certain = max(ticks for now, ticks in turns if now <= done - FLUSH_S)
    assert certain > 0
    seal_leftovers(tmp_path)
    assert not [name for name in names(tmp_path) if name.endswith(".open")]
    for person in range(PEOPLE):
        for source, rate in (("microphone", 1), ("camera", 4)):
            found = numbers(chunks(tmp_path, f"p{person}.{source}.{person:08x}.1"))
            assert found == list(range(1, len(found) + 1)), "no hole"
            assert len(found) >= certain * rate
