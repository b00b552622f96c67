"""A real Janus (Debian's package) on loopback only. Its configuration is the snippets of
docs/phones-janus.md: what admins copy is what is tested."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import pytest

from tests.house import ROOT, free_port, is_up, wait_until

LIBRARIES = "/usr/lib/*-linux-gnu/janus"
HANDBOOK = ROOT / "docs" / "phones-janus.md"
SNIPPET = re.compile(r"^`(janus[\w.]*\.jcfg)`[^\n]*:\n\n```\n(.*?)```", re.MULTILINE | re.DOTALL)
WANTED = ("audiobridge", "websockets")


class Janus:
    """Started by `start`, as often as need be, with the same port."""

    def __init__(self) -> None:
        program = shutil.which("janus")
        found = sorted(Path("/").glob(LIBRARIES[1:]))
        if program is None or not found:
            pytest.skip("Janus is not installed: apt-get install janus")
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="meetingserver-janus-"))
        self._command = [program, "--configs-folder", str(self._folder), "--debug-level", "2"]
        self._process: subprocess.Popen[bytes] | None = None
        self._configure(found[0])

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._folder
        )
        wait_until(lambda: is_up(self.port), "Janus listens")

    def end(self, *, suddenly: bool = False) -> None:
        if self._process:
            (self._process.kill if suddenly else self._process.terminate)()
            self._process.wait(10)

    def _configure(self, libraries: Path) -> None:
        snippets = dict(SNIPPET.findall(HANDBOOK.read_text()))
        snippets["janus.transport.websockets.jcfg"] = snippets["janus.transport.websockets.jcfg"].replace(
            "8188", str(self.port)
        )
        folders = (
            f'general: {{ plugins_folder = "{libraries}/plugins"\n'
            f'transports_folder = "{libraries}/transports"\n'
        )
        snippets["janus.jcfg"] = snippets["janus.jcfg"].replace("general: {", folders) + (
            f'plugins: {{ disable = "{_unwanted(libraries / "plugins")}" }}\n'
            f'transports: {{ disable = "{_unwanted(libraries / "transports")}" }}\n'
        )
        for name, text in snippets.items():
            (self._folder / name).write_text(text)


def _unwanted(folder: Path) -> str:
    names = [file.name for file in sorted(folder.glob("*.so"))]
    return ",".join(name for name in names if not any(wanted in name for wanted in WANTED))
