"""Has a document's pages made by limited processes, and tells how far they are."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from conferences.conversion.formats import Format, office
from conferences.core.slides import Failure

ROOT = Path(__file__).resolve().parent.parent.parent
STALL_S = 90.0
"""For one page; whoever needs longer gets no pages."""
PICTURE_S = 20.0
OFFICE_S = 180.0
OFFICE_MEGABYTES = 4096
PATH = "/usr/local/bin:/usr/bin:/bin"


class ConversionFailed(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class Size(NamedTuple):
    """In pixels."""

    width: int
    height: int


class Made(NamedTuple):
    """A page is there: `<page>.webp` and `<page>-small.webp`."""

    page: int
    pages: int


def convert(source: Path, format: Format, folder: Path) -> Iterator[Made]:
    """Page by page into the folder; after the last one `text.json` is there too. Raises ConversionFailed."""
    if format.needs_office:
        source = _as_pdf(source, format, folder)
        format = Format.PDF
    kind = "image" if format is Format.IMAGE else "pdf"
    command = [sys.executable, "-m", "conferences.conversion.renderer", kind, str(source), str(folder)]
    with _process(command, folder, STALL_S) as running:
        for line in running.lines():
            said = json.loads(line)
            if "failure" in said:
                raise ConversionFailed(Failure(said["failure"]))
            yield Made(said["page"], said["pages"])
    if running.process.returncode:
        raise ConversionFailed(_failure_of(running.process.returncode))
    if not (folder / "text.json").exists():
        raise ConversionFailed(Failure.BROKEN)


def copy_picture(source: Path, folder: Path) -> Size:
    """`large.webp` and `preview.webp` into the folder; the size of the latter. Raises ConversionFailed."""
    command = [sys.executable, "-m", "conferences.conversion.pictures", str(source), str(folder)]
    said: dict[str, Any] = {}
    with _process(command, folder, PICTURE_S) as running:
        for line in running.lines():
            said = json.loads(line)
    if running.process.returncode:
        raise ConversionFailed(_failure_of(running.process.returncode))
    if "failure" in said:
        raise ConversionFailed(Failure(said["failure"]))
    return Size(said["width"], said["height"])


def _as_pdf(source: Path, format: Format, folder: Path) -> Path:
    program = office()
    if program is None:
        raise ConversionFailed(Failure.NEEDS_OFFICE)
    desk = folder / "office"
    desk.mkdir()
    named = str(shutil.copy(source, desk / f"document.{format.value}"))
    limits = [
        sys.executable,
        "-m",
        "conferences.conversion.limited",
        str(OFFICE_MEGABYTES),
        str(int(OFFICE_S)),
    ]
    command: list[str] = [
        *(*limits, str(program), "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *(
            f"-env:UserInstallation={(desk / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(desk),
            named,
        ),
    ]
    with _process(command, desk, OFFICE_S) as running:
        for _said in running.lines():
            pass
    made = desk / "document.pdf"
    if running.stalled:
        raise ConversionFailed(Failure.TOO_COMPLEX)
    if not made.exists():
        raise ConversionFailed(Failure.BROKEN)
    return made


class _Running:
    """A process in a group of its own; the group is killed when it says nothing for too long."""

    def __init__(self, process: subprocess.Popen[str], stall_s: float) -> None:
        self.process = process
        self.stalled = False
        self._stall_s = stall_s
        self._alarm = threading.Timer(stall_s, self._give_up)

    def lines(self) -> Iterator[str]:
        """Until it ends. Raises ConversionFailed when it says nothing any more."""
        self._alarm.start()
        for line in self.process.stdout or ():
            self._alarm.cancel()
            self._alarm = threading.Timer(self._stall_s, self._give_up)
            self._alarm.start()
            yield line
        self.process.wait()
        if self.stalled:
            raise ConversionFailed(Failure.TOO_COMPLEX)

    def end(self) -> None:
        self._alarm.cancel()
        self._kill()
        self.process.wait()

    def _give_up(self) -> None:
        self.stalled = True
        self._kill()

    def _kill(self) -> None:
        """With its children: LibreOffice's program is one."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@contextmanager
def _process(command: Sequence[str], home: Path, stall_s: float) -> Iterator[_Running]:
    surroundings = {"PATH": PATH, "HOME": str(home), "LANG": "C.UTF-8"}  # none of our secrets
    with subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        running = _Running(process, stall_s)
        try:
            yield running
        finally:
            running.end()


def _failure_of(status: int) -> Failure:
    """Killed for what it took, or dead of what it read."""
    greedy = status in (-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGABRT, -signal.SIGXFSZ)
    return Failure.TOO_COMPLEX if greedy else Failure.BROKEN
