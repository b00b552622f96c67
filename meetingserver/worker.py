"""The Celery workers that the server starts, watches and ends. Run as a module it *is* one of them, and ends
with its parent even when that was killed.

There is one for each kind of work: a document does not wait for a recording, nor a live stream for either.
"""

import os
import sys
import warnings
from pathlib import Path

from meetingserver.children import end_with

NICE_MAKING, NICE_STREAMING = 10, 5
"""Conferences come first (nice(2))."""
STREAMS = 8
"""Recordings that are watched while they run, at most; each is a thread."""

DELIVERIES = 8
"""Targets of billing records that are seen to at the same time, each by a process: that can be killed."""


def worker_commands(folder: Path, log_level: str, *, billing_targets: int = 0) -> list[list[str]]:
    """For all queues; one of the workers does the periodic tasks, and `folder` keeps when they last ran."""
    cores = max(1, (os.cpu_count() or 1) - 1)
    commands = [
        _command("default", 0, log_level, "--concurrency", "1", "--beat", "--schedule", str(folder / "beat")),
        _command("recording", NICE_MAKING, log_level, "--concurrency", str(cores)),
        _command("streaming", NICE_STREAMING, log_level, "--pool", "threads", "--concurrency", str(STREAMS)),
    ]
    if billing_targets:
        at_once = str(min(billing_targets, DELIVERIES))
        commands.append(_command("billing", 0, log_level, "--concurrency", at_once))
    return commands


def _command(queue: str, nice: int, log_level: str, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "meetingserver.worker", str(os.getpid()), str(nice)),
        *("--quiet", "worker", "--hostname", f"{queue}@%h", "--queues", queue, *more),
        *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", log_level),
    ]


def main(parent: int, nice: int, arguments: list[str]) -> None:
    end_with(parent)
    os.nice(nice)
    from meetingserver.celery import app

    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    app.worker_main(arguments)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
