import sys
from pathlib import Path

from meetingserver import env
from meetingserver.children import Child, end_all
from tests.house import is_alive, wait_until


def lasting(folder: Path) -> list[str]:
    """A program that writes its process id to a new file, and stays."""
    program = "import os, sys, signal; open(f'{sys.argv[1]}/{os.getpid()}', 'w'); signal.pause()"
    return [sys.executable, "-c", program, str(folder)]


def started(folder: Path) -> list[int]:
    return [int(file.name) for file in folder.iterdir()]


def test_a_child_ends_when_it_is_told_to(tmp_path: Path) -> None:
    child = Child(lasting(tmp_path), env.surroundings())
    child.start()
    wait_until(lambda: len(started(tmp_path)) == 1, "the child runs")
    child.end()
    assert not is_alive(started(tmp_path)[0])


def test_a_child_that_ends_by_itself_is_started_again(tmp_path: Path) -> None:
    failing = [
        sys.executable,
        "-c",
        "import os, sys; open(f'{sys.argv[1]}/{os.getpid()}', 'w')",
        str(tmp_path),
    ]
    child = Child(failing, env.surroundings())
    child.start()
    wait_until(lambda: len(started(tmp_path)) >= 2, "the child was started again")
    child.end()


def test_all_children_end_together(tmp_path: Path) -> None:
    childs = [Child(lasting(tmp_path), env.surroundings()) for _ in range(2)]
    childs[0].start()
    wait_until(lambda: len(started(tmp_path)) == 1, "one child runs")
    end_all(childs)
    assert not is_alive(started(tmp_path)[0])


def test_a_child_is_told_its_settings_on_its_standard_input(tmp_path: Path) -> None:
    listening = [
        *(sys.executable, "-c"),
        "import os, sys; open(sys.argv[1] + '/' + str(os.getpid()), 'w').write(sys.stdin.read())",
        str(tmp_path),
    ]
    child = Child(listening, env.surroundings(), told=b"a secret")
    child.start()
    wait_until(
        lambda: any(file.read_text() == "a secret" for file in tmp_path.iterdir()), "the child was told"
    )
    child.end()
