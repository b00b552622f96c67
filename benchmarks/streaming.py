"""How many may watch live: what one viewer fetches, by the server alone and by nginx with `X-Accel-Redirect`.

    .venv/bin/python benchmarks/streaming.py [--seconds 10] [--connections 32]

A viewer fetches in 2.048 s: the manifest, a segment of sound, one of pictures, one of the journal. Counted is
the CPU time of who serves, of nginx and the server behind it together; the load is made on another core.
"""

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.fanout import pin
from conferences.clock import now
from streaming.tokens import Pass, key_derive, token_sign
from tests.house import free_port, running_server, wait_until
from tests.streaming.test_nginx import SECRET, configuration

SEGMENT_S = 2.048
FETCHED = {
    "manifest.json": 40_000,
    "audio/0.m4s": 25_000,
    "video/live/0.m4s": 180_000,
    "journal/1000000.json": 1_000,
}
"""And bytes: 100 kbit/s of sound, 700 kbit/s of pictures."""


@dataclass(frozen=True)
class Figures:
    viewers: float
    """Whom one core serves."""
    requests_a_second: float
    megabits_a_second: float


@contextlib.contextmanager
def serving(folder: Path, *, nginx: bool) -> Iterator[tuple[int, list[int]]]:
    """The port, and the processes that serve."""
    bundle = folder / "recordings" / "archery-12" / "1"
    for path, size in FETCHED.items():
        (bundle / path).parent.mkdir(parents=True, exist_ok=True)
        (bundle / path).write_bytes(os.urandom(size))
    options = {"SECRET_KEY": SECRET, "EMBEDDED_WORKER": "false", "BEHIND_PROXY": "true"}
    with running_server(folder, **options, **({"SENDFILE": "nginx"} if nginx else {})) as server:
        if not nginx:
            yield server.port, [server.process.pid]
            return
        port, place = free_port(), folder / "nginx"
        place.mkdir()
        (place / "nginx.conf").write_text(configuration(server.port, port, folder))
        command = [
            "/usr/sbin/nginx",
            "-p",
            str(place),
            "-c",
            "nginx.conf",
            "-e",
            "error.log",
            "-g",
            "daemon off;",
        ]
        process = subprocess.Popen(command)
        try:
            wait_until(lambda: (place / "nginx.pid").exists(), "nginx runs")
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            wait_until(lambda: bool(children.read_text()), "nginx works")
            yield port, [server.process.pid, process.pid, *map(int, children.read_text().split())]
        finally:
            process.terminate()
            process.wait()


def cpu_s(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def watch(port: int, until: float) -> tuple[int, int]:
    """One connection that fetches as quickly as it can: rounds, and bytes."""
    token = token_sign(Pass("archery-12", 1, "g"), key=key_derive(SECRET), now=now())
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    rounds = received = 0
    while time.monotonic() < until:
        for path, size in FETCHED.items():
            line = f"GET /media/{token}/archery-12/1/{path} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            writer.write(line.encode())
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head[:200]
            await reader.readexactly(size)
            received += size
        rounds += 1
    writer.close()
    return rounds, received


async def load(port: int, connections: int, seconds: float) -> tuple[int, int]:
    until = time.monotonic() + seconds
    done = await asyncio.gather(*(watch(port, until) for _ in range(connections)))
    return sum(rounds for rounds, _ in done), sum(received for _, received in done)


def measured(*, nginx: bool, connections: int, seconds: float) -> Figures:
    with (
        tempfile.TemporaryDirectory(prefix="streaming-") as folder,
        serving(Path(folder), nginx=nginx) as served,
    ):
        port, pids = served
        for pid in pids:
            pin(pid, 0)
        asyncio.run(load(port, 2, 1.0))
        before = cpu_s(pids)
        rounds, received = asyncio.run(load(port, connections, seconds))
        cpu = cpu_s(pids) - before
    return Figures(rounds * SEGMENT_S / cpu, rounds * len(FETCHED) / cpu, received * 8 / 1e6 / cpu)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=32)
    wanted = parser.parse_args()
    pin(0, 1)
    print(f"{'':<8} {'viewers/core':>12} {'requests/s':>11} {'Mbit/s':>8}")
    found = {}
    for name in ("server", "nginx"):
        figures = measured(nginx=name == "nginx", connections=wanted.connections, seconds=wanted.seconds)
        found[name] = figures
        columns = f"{figures.requests_a_second:11.0f} {figures.megabits_a_second:8.0f}"
        print(f"{name:<8} {figures.viewers:12.0f} {columns}", flush=True)
    print(f"RESULT server_viewers={found['server'].viewers:.0f} nginx_viewers={found['nginx'].viewers:.0f}")


if __name__ == "__main__":
    main()
