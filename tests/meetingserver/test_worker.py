import sys
from pathlib import Path

from meetingserver import env
from meetingserver.worker import Worker, worker_command
from tests.house import is_alive, wait_until


def lasting(folder: Path) -> list[str]:
    """A program that writes its process id to a new file, and stays."""
    program = "import os, sys, signal; open(f'{sys.argv[1]}/{os.getpid()}', 'w'); signal.pause()"
    return [sys.executable, "-c", program, str(folder)]


def started(folder: Path) -> list[int]:
    return [int(file.name) for file in folder.iterdir()]


def test_the_worker_ends_with_the_server(tmp_path: Path) -> None:
    worker = Worker(lasting(tmp_path), env.surroundings())
    worker.start()
    wait_until(lambda: len(started(tmp_path)) == 1, "the worker runs")
    worker.end()
    assert not is_alive(started(tmp_path)[0])


def test_a_worker_that_ends_by_itself_is_started_again(tmp_path: Path) -> None:
    failing = [
        sys.executable,
        "-c",
        "import os, sys; open(f'{sys.argv[1]}/{os.getpid()}', 'w')",
        str(tmp_path),
    ]
    worker = Worker(failing, env.surroundings())
    worker.start()
    wait_until(lambda: len(started(tmp_path)) >= 2, "the worker was started again")
    worker.end()


def test_the_worker_does_the_work_of_every_queue(tmp_path: Path) -> None:
    command = worker_command(tmp_path, "INFO")
    assert command[command.index("--queues") + 1] == "default,recording"
