import sys
from pathlib import Path

from meetingserver import env
from meetingserver.worker import Worker, end_all, worker_commands
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


def test_workers_do_the_work_of_every_queue_and_one_the_periodic_tasks(tmp_path: Path) -> None:
    commands = worker_commands(tmp_path, "INFO")
    queues = [command[command.index("--queues") + 1] for command in commands]
    assert queues == ["default", "recording", "streaming"]
    assert [command.count("--beat") for command in commands] == [1, 0, 0]


def test_all_workers_end_together(tmp_path: Path) -> None:
    workers = [Worker(lasting(tmp_path), env.surroundings()) for _ in range(2)]
    workers[0].start()
    wait_until(lambda: len(started(tmp_path)) == 1, "one worker runs")
    end_all(workers)
    assert not is_alive(started(tmp_path)[0])
