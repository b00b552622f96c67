"""The bridge's process as a service of its own: started, and started anew with other settings when no call is
up."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import msgspec

from bridges.sip.settings import Settings
from meetingserver.env import surroundings

logger = logging.getLogger(__name__)

LOOK_S = 2.0
"""So soon a change by an admin is noticed."""


class Service:
    """`read` the settings as they are now; `waits` is called again and again while calls hold up new ones."""

    def __init__(
        self, read: Callable[[], Settings], waits: Callable[[], None], *, look_s: float = LOOK_S
    ) -> None:
        self._read = read
        self._waits = waits
        self._look_s = look_s
        self._ends = False
        self._process: subprocess.Popen[bytes] | None = None
        self._complaint = ""

    def run(self) -> int:
        """Until it is told to end, or the process ends by itself: its status. Raises what `read` raises at
        first."""
        while True:
            settings = msgspec.structs.replace(self._read(), parent=os.getpid())
            with _started(settings) as self._process:
                is_outdated = self._watch(self._process, settings)
            if self._ends or not is_outdated:
                return self._process.returncode
            logger.warning("The SIP bridge is started anew with its new settings.")

    def end(self) -> None:
        """Calls end, too."""
        self._ends = True
        if self._process:
            self._process.terminate()

    def _watch(self, process: subprocess.Popen[bytes], settings: Settings) -> bool:
        """Until it has ended; whether it was told that there are other settings."""
        is_outdated = False
        while True:
            try:
                process.wait(self._look_s)
            except subprocess.TimeoutExpired:
                is_outdated = self._look(process, settings, is_outdated=is_outdated)
            else:
                return is_outdated

    def _look(self, process: subprocess.Popen[bytes], settings: Settings, *, is_outdated: bool) -> bool:
        try:
            if is_outdated:
                self._waits()
            elif msgspec.structs.replace(self._read(), parent=settings.parent) != settings:
                process.send_signal(signal.SIGHUP)
                return True
        except Exception as error:  # noqa: BLE001 - the database is away, or an admin is at work: calls go on
            if str(error) != self._complaint:
                self._complaint = str(error)
                logger.warning("The bridge keeps its settings, for there are no others: %s", error)
        return is_outdated


def _started(settings: Settings) -> subprocess.Popen[bytes]:
    """Told its settings where nobody else reads."""
    command = [sys.executable, "-m", "bridges.sip.process"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, env=surroundings(), start_new_session=True, stdin=subprocess.PIPE
    )
    assert process.stdin is not None  # noqa: S101 - for types: we asked for it
    process.stdin.write(msgspec.json.encode(settings))
    process.stdin.close()
    return process
