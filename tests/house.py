"""The doubles and helpers that tests share: small real objects with a dial, no mocks."""

import atexit
import contextlib
import fcntl
import functools
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from meetingserver import env

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60.0
ACCOUNT = "MEETINGSERVER_ADMIN_"
VISIT = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])"


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_up(port: int) -> bool:
    """Whether somebody listens there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """For things in other processes, which cannot tell us; within this process await an event instead."""
    end = time.monotonic() + patience_s
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"Waited {patience_s} s in vain: {what}")
        time.sleep(0.05)


def is_alive(process_id: int) -> bool:
    """A zombie has ended; whoever should collect it may be slow or gone."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def children_of(process_id: int) -> list[int]:
    """Each thread has its own; threads come and go while we look."""
    found: list[int] = []
    for thread in Path(f"/proc/{process_id}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found += [int(child) for child in (thread / "children").read_text().split()]
    return found


def end(process: subprocess.Popen[bytes], patience_s: float = 10.0) -> None:
    """In its own way; who takes too long is killed."""
    process.terminate()
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Answer(NamedTuple):
    status: int
    headers: Message
    body: str


class RunningServer:
    """`manage.py serve` as a process of its own, with its own folder and ports."""

    def __init__(
        self,
        folder: Path,
        variables: Mapping[str, str],
        *,
        within: Sequence[str] = (),
    ) -> None:
        """`within` is put before its command, to run in another network."""
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._within = within
        self.variables = {
            **env.surroundings(),
            "DJANGO_SETTINGS_MODULE": "meetingserver.settings",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "MEDIA_PORT": str(free_port(socket.SOCK_DGRAM)),
            **variables,
        }
        self.log = folder / "serve.log"
        """What the process says; a pipe that nobody reads would stop it."""
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command of `manage.py` beside the server."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.variables,
            text=True,
            capture_output=True,
            check=False,
        )

    def shell(self, code: str) -> str:
        """Run it with the server's own database and files; gives what it printed."""
        done = self.manage("shell", "-v0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *options: str) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._within, sys.executable, "manage.py", "serve", *options],
                cwd=ROOT,
                env=self.variables,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._answers, "the server answers /healthz")

    def get(self, path: str) -> tuple[int, str]:
        answer = self.asks("GET", path)
        return answer.status, answer.body

    def asks(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        with contextlib.closing(self.connection()) as connection:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())

    def connection(self) -> HTTPConnection:
        return HTTPConnection("localhost", self.port, timeout=5)

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def send(self, number: signal.Signals) -> int:
        """Sends a signal and gives the exit status."""
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            end(self.process, patience_s=PATIENCE_S / 2)

    def _answers(self) -> bool:
        assert self.process
        if self.process.poll() is not None:
            raise AssertionError(f"The server ended at once:\n{self.log.read_text()}")
        if self._within:
            visit = [*self._within, sys.executable, "-c", VISIT, f"{self.url}/healthz"]
            return subprocess.run(visit, stderr=subprocess.DEVNULL, check=False).returncode == 0
        with contextlib.suppress(OSError):
            return self.get("/healthz")[0] == 200
        return False


def prepare(server: RunningServer) -> None:
    prepared = server.manage("prepare")
    assert prepared.returncode == 0, prepared.stderr


@functools.cache
def prepared_folder(**account: str) -> Path:
    """Prepared once for all servers of a whole `bin/test`, which start with a copy; whoever comes first makes
    it while all others wait."""
    name = "-".join(["prepared", *account.values()])
    with (_shelf() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = _shelf() / name
        if not folder.exists():
            shutil.rmtree(half := _shelf() / f"{name}.half", ignore_errors=True)
            _prepare_folder(half, account)
            half.rename(folder)
    return folder


def _prepare_folder(folder: Path, account: Mapping[str, str]) -> None:
    if account:
        shutil.copytree(prepared_folder(), folder)
        made = RunningServer(folder, account).manage("first_account")
        assert made.returncode == 0, made.stderr
    else:
        folder.mkdir()
        prepare(RunningServer(folder, {}))


@functools.cache
def _shelf() -> Path:
    """What test processes share: the folder that `bin/test` names, or one of this process alone."""
    if shared := env.surroundings().get("TESTS_SHELF"):
        return Path(shared)
    own = Path(tempfile.mkdtemp(prefix="meetingserver-prepared-"))
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    return own


@contextlib.contextmanager
def running_server(folder: Path, *, within: Sequence[str] = (), **variables: str) -> Iterator[RunningServer]:
    """A prepared server that runs, and is gone afterwards. It knows the account that its variables name."""
    server = RunningServer(folder, variables, within=within)
    if "DATABASE_URL" in variables:
        prepare(server)
    else:
        account = {name: value for name, value in variables.items() if name.startswith(ACCOUNT)}
        shutil.copytree(prepared_folder(**account), folder, dirs_exist_ok=True)
    try:
        server.start()
        yield server
    finally:
        server.end()
