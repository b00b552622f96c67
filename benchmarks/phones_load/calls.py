"""Real calls by sipp, which does their SIP; their sound is sent and heard by others."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SCENARIO = Path(__file__).parent / "call.xml"
_PER_SECOND = 15
"""The bridge's doorman lets in no more."""


class Calls:
    """Each dials a room, and has its sound at a port."""

    def __init__(self, host: str, bridge_port: int, dialled: Sequence[tuple[str, int]]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sipp-")
        rows = "\n".join(f"{room};{port};" for room, port in dialled)
        calls = Path(self._folder.name) / "calls.csv"
        calls.write_text(f"SEQUENTIAL\n{rows}\n")
        command = ["sipp", f"{host}:{bridge_port}", "-sf", str(_SCENARIO), "-inf", str(calls), "-i", host]
        command += ["-m", str(len(dialled)), "-l", str(len(dialled)), "-r", str(_PER_SECOND), "-nostdin"]
        self._process = subprocess.Popen(
            command, cwd=self._folder.name, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()
