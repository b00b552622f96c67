"""Processes of our own that are started, watched, and ended with us, even when we are killed. Imports nothing
of ours."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
LONG_ENOUGH_S = 60.0
LONGEST_PAUSE_S = 60.0
GRACE_S = 10.0


class Child(threading.Thread):
    """Keeps one process running until `end()`. One that ends by itself is started again, after a pause that
    doubles each time. The thread lives as long as its child: Linux ties the child's life to it."""

    def __init__(
        self, command: list[str], surroundings: Mapping[str, str], *, name: str = "worker", told: bytes = b""
    ) -> None:
        """`told` is written to its standard input: what must not stand in a list of processes."""
        super().__init__(name=f"{name}-watch", daemon=True)
        self.command = command
        self.surroundings = surroundings
        self.ending = threading.Event()
        self.what = name
        self.told = told
        self.process_id = 0
        """0: none runs."""

    def run(self) -> None:
        pause = 1.0
        while not self.ending.is_set():
            started = time.monotonic()
            with self._new_process() as process:
                self.process_id = process.pid
                self._tell(process)
                self._watch(process)
                self.process_id = 0
            if self.ending.is_set():
                return
            pause = 1.0 if time.monotonic() - started > LONG_ENOUGH_S else min(2 * pause, LONGEST_PAUSE_S)
            logger.error("The %s ended with status %s; again in %s s.", self.what, process.returncode, pause)
            self.ending.wait(pause)

    def end(self) -> None:
        """Waits for what it is doing for a while, then ends it anyway."""
        self.ending.set()
        self.join()

    def _new_process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own command
            self.command,
            env=self.surroundings,
            start_new_session=True,
            stdin=subprocess.PIPE if self.told else None,
        )

    def _tell(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None:
            return
        try:
            process.stdin.write(self.told)
            process.stdin.close()
        except OSError:
            logger.warning("The %s ended before it was told its settings.", self.what)

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None and not self.ending.wait(0.5):
            pass
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def end_all(children: Sequence[Child]) -> None:
    """At the same time; of those that run."""
    running = [child for child in children if child.is_alive()]
    for child in running:
        child.ending.set()
    for child in running:
        child.end()


def end_with(parent: int) -> None:
    """Linux sends SIGTERM when the parent is gone; if it went before we asked, nobody would (prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("The server has gone.")
