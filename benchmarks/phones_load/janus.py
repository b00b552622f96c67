"""Janus' AudioBridge (the Debian package) as a process: rooms of callers over plain RTP."""

import json
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

_JANUS = "/usr/bin/janus"
_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu/janus")
_PORT = 18_088

Address = tuple[str, int]


class Janus:
    """`process` is what costs. A room's callers come one after the other."""

    def __init__(self, host: str, core: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="janus-")
        self._host = host
        self._url = f"http://{host}:{_PORT}/janus"
        _configure(Path(self._folder.name), host)
        command = [_JANUS, "--configs-folder", self._folder.name, "--debug-level", "2"]
        self.process = subprocess.Popen(
            ["/usr/bin/taskset", "-c", str(core), *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._session = self._begin()
        self._keeper = self._attach()

    def room(self, room: int) -> None:
        """With two packets held back, instead of six: what Janus can do at its best."""
        wish = {"request": "create", "room": room, "sampling_rate": 16_000}
        self._ask(self._keeper, wish | {"allow_rtp_participants": True, "default_prebuffering": 2})

    def join(self, room: int, caller: int, port: int) -> Address:
        """A caller with PCMU, whose sound is at this port; returns where they send to."""
        handle = self._attach()
        rtp = {"ip": self._host, "port": port, "payload_type": 0}
        wish = {"request": "join", "room": room, "id": caller, "codec": "pcmu", "prebuffer": 2, "rtp": rtp}
        self._ask(handle, wish)
        for _ in range(1000):
            event = self._next()
            data = event.get("plugindata", {}).get("data", {})
            if event.get("sender") == handle and "rtp" in data:
                return data["rtp"]["ip"], data["rtp"]["port"]
        raise TimeoutError("Janus does not let the caller in")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self._folder.cleanup()

    def _begin(self) -> int:
        for _ in range(100):
            try:
                return int(self._post("", janus="create")["data"]["id"])
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("Janus does not answer")

    def _attach(self) -> int:
        found = self._post(f"/{self._session}", janus="attach", plugin="janus.plugin.audiobridge")
        return int(found["data"]["id"])

    def _ask(self, handle: int, body: dict[str, Any]) -> dict[str, Any]:
        return self._post(f"/{self._session}/{handle}", janus="message", body=body)

    def _next(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self._url}/{self._session}?maxev=1", timeout=40) as response:  # noqa: S310
            event: dict[str, Any] = json.load(response)
        return event

    def _post(self, path: str, **message: Any) -> dict[str, Any]:
        data = json.dumps({"transaction": "load", **message}).encode()
        with urllib.request.urlopen(self._url + path, data, timeout=10) as response:  # noqa: S310
            answer: dict[str, Any] = json.load(response)
        if answer["janus"] == "error" or "error" in answer.get("plugindata", {}).get("data", {}):
            raise RuntimeError(answer)
        return answer


def _configure(folder: Path, host: str) -> None:
    """Only what the measurement needs."""
    others = ",".join(p.name for p in (_LIBRARIES / "plugins").glob("*.so") if "audiobridge" not in p.name)
    silent = ",".join(p.name for p in (_LIBRARIES / "transports").glob("*.so") if "http" not in p.name)
    (folder / "janus.jcfg").write_text(f"""
general: {{ session_timeout = 0
  plugins_folder = "{_LIBRARIES}/plugins"
  transports_folder = "{_LIBRARIES}/transports" }}
plugins: {{ disable = "{others}" }}
transports: {{ disable = "{silent}" }}
""")
    (folder / "janus.transport.http.jcfg").write_text(
        f'general: {{ http = true\n port = {_PORT}\n ip = "{host}" }}\n'
    )
    (folder / "janus.plugin.audiobridge.jcfg").write_text(f'general: {{ local_ip = "{host}" }}\n')
