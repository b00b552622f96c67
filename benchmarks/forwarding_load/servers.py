"""The two servers under load, each as a process of its own on one core."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from benchmarks.forwarding_load.client import Client

SERVER_CORE = 0
_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
_JANUS = "/usr/bin/janus"
_ROOM = 77
_SOURCES = (("audio", "microphone"), ("video", "camera"), ("video", "screen"), ("audio", "screen_audio"))


class Server(Protocol):
    name: str
    process: subprocess.Popen[str]

    def publish(self, client: Client, peer: int, kind: str, ssrc: int) -> None:
        """Connect a client that sends one stream."""

    def subscribe(self, client: Client, peer: int, publishers: Sequence[int], kind: str) -> None:
        """Connect a client that receives these publishers."""

    def close(self) -> None: ...


def cpu_seconds(process: subprocess.Popen[Any]) -> float:
    """User and system time so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _CLOCK_TICKS


def _start(command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
    pinned = ["/usr/bin/taskset", "-c", str(SERVER_CORE), *command]
    return subprocess.Popen(pinned, text=True, **options)


class Ours:
    name = "ours"

    def __init__(self, address: str) -> None:
        command = [sys.executable, "-m", "benchmarks.forwarding_load.engine", address]
        self.process = _start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def publish(self, client: Client, peer: int, kind: str, ssrc: int) -> None:
        source = "camera" if kind == "video" else "microphone"
        self._connect(client, peer, sent=source, ssrc=ssrc, slots=[])

    def subscribe(self, client: Client, peer: int, publishers: Sequence[int], kind: str) -> None:
        self._connect(client, peer, sent="", ssrc=0, slots=[kind] * len(publishers))

    def _connect(self, client: Client, peer: int, *, sent: str, ssrc: int, slots: Sequence[str]) -> None:
        sections = [(kind, "sendonly", ssrc if source == sent else 0) for kind, source in _SOURCES]
        sections += [(kind, "recvonly", 0) for kind in slots]
        offer = client.describe(sections, setup="actpass")
        request = {"peer": str(peer), "offer": offer, "permit": [sent] if sent else []}
        requests, answers = self.process.stdin, self.process.stdout
        if requests is None or answers is None:
            raise RuntimeError("The engine's pipes are not open")
        requests.write(json.dumps(request) + "\n")
        requests.flush()
        client.connect(json.loads(answers.readline())["answer"])

    def close(self) -> None:
        self.process.communicate(timeout=10)


class Janus:
    """The Debian package, with its videoroom plugin, over its HTTP interface."""

    name = "janus"

    def __init__(self, address: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="janus-")
        self._url = f"http://{address}:8088/janus"
        self._handles: dict[int, int] = {}
        _configure(Path(self._folder.name), address)
        command = [_JANUS, "--configs-folder", self._folder.name, "--debug-level", "2"]
        self.process = _start(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._session = self._create_session()
        room = {"request": "create", "room": _ROOM, "publishers": 50, "bitrate": 0}
        self._post(f"/{self._session}/{self._attach()}", janus="message", body=room)

    def publish(self, client: Client, peer: int, kind: str, ssrc: int) -> None:
        handle = self._attach()
        offer = client.describe([(kind, "sendonly", ssrc)], setup="actpass")
        body = {"request": "joinandconfigure", "ptype": "publisher", "room": _ROOM, "id": peer}
        client.connect(self._negotiate(handle, body, {"type": "offer", "sdp": offer})["sdp"])

    def subscribe(self, client: Client, peer: int, publishers: Sequence[int], kind: str) -> None:
        handle = self._attach()
        streams = [{"feed": publisher} for publisher in publishers]
        offer = self._negotiate(
            handle, {"request": "join", "ptype": "subscriber", "room": _ROOM, "streams": streams}
        )
        mids = [line.partition(":")[2] for line in offer["sdp"].splitlines() if line.startswith("a=mid:")]
        answer = client.describe([(kind, "recvonly", 0) for _ in mids], setup="active", mids=mids)
        client.connect(offer["sdp"])
        jsep = {"type": "answer", "sdp": answer}
        self._post(f"/{self._session}/{handle}", janus="message", body={"request": "start"}, jsep=jsep)

    def _create_session(self) -> int:
        for _ in range(100):
            try:
                return int(self._post("", janus="create")["data"]["id"])
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("Janus does not answer")

    def _attach(self) -> int:
        attached = self._post(f"/{self._session}", janus="attach", plugin="janus.plugin.videoroom")
        return int(attached["data"]["id"])

    def _negotiate(self, handle: int, body: dict[str, Any], jsep: Any = None) -> dict[str, str]:
        """Return the server's description, which comes as an event."""
        extra = {"jsep": jsep} if jsep else {}
        self._post(f"/{self._session}/{handle}", janus="message", body=body, **extra)
        for _ in range(200):
            with urllib.request.urlopen(f"{self._url}/{self._session}?maxev=1", timeout=40) as response:  # noqa: S310
                event = json.load(response)
            if event.get("sender") == handle and "jsep" in event:
                description: dict[str, str] = event["jsep"]
                return description
        raise TimeoutError("Janus sent no description")

    def _post(self, path: str, **message: Any) -> dict[str, Any]:
        data = json.dumps({"transaction": "load", **message}).encode()
        with urllib.request.urlopen(self._url + path, data, timeout=10) as response:  # noqa: S310
            answer: dict[str, Any] = json.load(response)
        if answer["janus"] == "error":
            raise RuntimeError(answer["error"])
        return answer

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self._folder.cleanup()


def _configure(folder: Path, address: str) -> None:
    """Only what the measurement needs."""
    plugins = Path("/usr/lib/x86_64-linux-gnu/janus/plugins")
    others = ",".join(p.name for p in plugins.glob("*.so") if "videoroom" not in p.name)
    transports = Path("/usr/lib/x86_64-linux-gnu/janus/transports")
    silent = ",".join(p.name for p in transports.glob("*.so") if "http" not in p.name)
    (folder / "janus.jcfg").write_text(f"""
general: {{ session_timeout = 0
  plugins_folder = "{plugins}"
  transports_folder = "{transports}" }}
nat: {{ ice_enforce_list = "{address}" }}
plugins: {{ disable = "{others}" }}
transports: {{ disable = "{silent}" }}
""")
    (folder / "janus.transport.http.jcfg").write_text(
        f'general: {{ http = true\n port = 8088\n ip = "{address}" }}\n'
    )
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: { }\n")
