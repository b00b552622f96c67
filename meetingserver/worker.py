"""The Celery workers that the server starts, watches and ends. Run as a module it *is* one of them, and ends
with its parent even when that was killed.

There is one for each kind of work: a document does not wait for a recording, nor a live stream for either.
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
LONG_ENOUGH_S = 60.0
LONGEST_PAUSE_S = 60.0
GRACE_S = 10.0
NICE_MAKING, NICE_STREAMING = 10, 5
"""Conferences come first (nice(2))."""
STREAMS = 8
"""Recordings that are watched while they run, at most; each is a thread."""


class Worker(threading.Thread):
    """Keeps one worker process running until `end()`. A worker that ends by itself is started again, after a
    pause that doubles each time. The thread lives as long as its child: Linux ties the child's life to it."""

    def __init__(self, command: list[str], surroundings: Mapping[str, str]) -> None:
        super().__init__(name="worker-watch", daemon=True)
        self.command = command
        self.surroundings = surroundings
        self.ending = threading.Event()

    def run(self) -> None:
        pause = 1.0
        while not self.ending.is_set():
            started = time.monotonic()
            with self._new_process() as process:
                self._watch(process)
            if self.ending.is_set():
                return
            pause = 1.0 if time.monotonic() - started > LONG_ENOUGH_S else min(2 * pause, LONGEST_PAUSE_S)
            logger.error("The worker ended with status %s; again in %s s.", process.returncode, pause)
            self.ending.wait(pause)

    def end(self) -> None:
        """Waits for the running task for a while, then ends the worker anyway (a task may run twice)."""
        self.ending.set()
        self.join()

    def _new_process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own command
            self.command, env=self.surroundings, start_new_session=True
        )

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None and not self.ending.wait(0.5):
            pass
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def end_all(workers: Sequence[Worker]) -> None:
    """At the same time; of those that run."""
    running = [worker for worker in workers if worker.is_alive()]
    for worker in running:
        worker.ending.set()
    for worker in running:
        worker.end()


def worker_commands(folder: Path, log_level: str) -> list[list[str]]:
    """For all queues; one of the workers does the periodic tasks, and `folder` keeps when they last ran."""
    cores = max(1, (os.cpu_count() or 1) - 1)
    return [
        _command("default", 0, log_level, "--concurrency", "1", "--beat", "--schedule", str(folder / "beat")),
        _command("recording", NICE_MAKING, log_level, "--concurrency", str(cores)),
        _command("streaming", NICE_STREAMING, log_level, "--pool", "threads", "--concurrency", str(STREAMS)),
    ]


def _command(queue: str, nice: int, log_level: str, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "meetingserver.worker", str(os.getpid()), str(nice)),
        *("--quiet", "worker", "--hostname", f"{queue}@%h", "--queues", queue, *more),
        *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", log_level),
    ]


def _end_with(parent: int) -> None:
    """Linux sends SIGTERM when the parent is gone; if it went before we asked, nobody would (prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("The server has gone.")


def main(parent: int, nice: int, arguments: list[str]) -> None:
    _end_with(parent)
    os.nice(nice)
    from meetingserver.celery import app

    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    app.worker_main(arguments)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
