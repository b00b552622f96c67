"""How fast people join, and how fast what one says reaches everybody; beside Channels' `group_send`
under Daphne on the same load in the same run.

    .venv/bin/python benchmarks/fanout.py [PARTICIPANTS [CONFERENCES_OF_TEN]]

The server on one core, the clients on another if there is one. Ours decides, journals durably (SQLite) and
redacts; the peer only echoes.
"""

import asyncio
import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.fanout_load.listener import Listener
from tests.conferences.browsers import SECRET_KEY, seat_token
from tests.house import ROOT, RunningServer, free_port, running_server, wait_until

SMALL = 10
MESSAGES = 100
WINDOW = 8
"""Messages on their way at once when throughput is measured."""
PATIENCE_S = 25.0
JOINING_AT_ONCE = 20

ROOMS = """
from auth_gateway.services import user_create
from conferences.services import room_create
owner = user_create(username="alice", password="correct horse battery staple")
print(*(room_create(owner=owner, wishes={"name": "Hall"})[0].pk for _ in range(%d)))
"""
MARK = re.compile(rb"mark-(\d+)-")


@dataclass
class Hall:
    """The people of one conference, and how each marked message reached them."""

    people: list[Listener] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    sent: dict[int, float] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)
    complete: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    def heard(self, _listener: Listener, text: bytes, now: float) -> None:
        for found in MARK.findall(text):
            mark = int(found)
            self.latencies.append(now - self.sent[mark])
            self.missing[mark] -= 1
            if not self.missing[mark]:
                self.complete.release()

    def say(self, mark: int, template: bytes) -> None:
        self.sent[mark], self.missing[mark] = time.perf_counter(), len(self.people)
        speaker = self.people[1 + mark % (len(self.people) - 1)]
        speaker.say(template % (b"mark-%d-" % mark + b"x" * 200))


@dataclass(frozen=True)
class Figures:
    joins_per_s: float
    p50_ms: float
    p99_ms: float
    deliveries_per_s: float
    kb_each: float


@dataclass(frozen=True)
class Candidate:
    """A server to be measured."""

    port: int
    pid: int
    template: bytes
    """What to send for a message."""
    rooms: Sequence[int] = ()

    def path(self, hall: int) -> str:
        return "/ws/" if self.rooms else f"/hall-{hall}"

    def hello(self, hall: int, who: str) -> bytes:
        return b'{"seat":"%s"}' % seat_token(self.rooms[hall], who).encode() if self.rooms else b""


async def measured(candidate: Candidate, people: int, halls: Sequence[int]) -> Figures:
    """As many people in every hall; the first hall's number tells where to start."""
    before = memory_kb(candidate.pid)
    began = time.perf_counter()
    async with gathered(candidate, people, halls) as filled:
        joined = time.perf_counter() - began
        kb_each = (memory_kb(candidate.pid) - before) / (people * len(halls))
        await asyncio.gather(*(talks(hall, candidate.template, MESSAGES // 5, 1) for hall in filled))
        for hall in filled:
            hall.latencies.clear()
        rounds = max(10, MESSAGES // len(halls))
        await asyncio.gather(*(talks(hall, candidate.template, rounds, 1) for hall in filled))
        latencies = sorted(ms * 1000 for hall in filled for ms in hall.latencies)
        began = time.perf_counter()
        await asyncio.gather(*(talks(hall, candidate.template, rounds, WINDOW) for hall in filled))
        took = time.perf_counter() - began
    return Figures(
        joins_per_s=people * len(halls) / joined,
        p50_ms=statistics.median(latencies),
        p99_ms=latencies[int(len(latencies) * 0.99)],
        deliveries_per_s=rounds * people * len(halls) / took,
        kb_each=kb_each,
    )


@contextlib.asynccontextmanager
async def gathered(candidate: Candidate, people: int, halls: Sequence[int]) -> AsyncIterator[list[Hall]]:
    filled = {number: Hall() for number in halls}
    door = asyncio.Semaphore(JOINING_AT_ONCE)

    async def join(number: int, who: str) -> None:
        async with door, asyncio.timeout(PATIENCE_S):
            hall = filled[number]
            listener = await Listener.connect(candidate.port, candidate.path(number), hall.heard)
            if hello := candidate.hello(number, who):
                listener.say(hello)
            await listener.welcomed
            hall.people.append(listener)

    try:
        for number in halls:
            await join(number, "alice")
        names = [f"guest-{n}" for n in range(1, people)]
        await asyncio.gather(*(join(number, who) for who in names for number in halls))
        yield list(filled.values())
    finally:
        for hall in filled.values():
            for listener in hall.people:
                listener.leave()


async def talks(hall: Hall, template: bytes, messages: int, window: int) -> None:
    """One after the other, with at most `window` on their way."""
    first = len(hall.sent)
    async with asyncio.timeout(PATIENCE_S):
        for mark in range(first, first + messages):
            if mark - first >= window:
                await hall.complete.acquire()
            hall.say(mark, template)
        for _ in range(min(window, messages)):
            await hall.complete.acquire()


def memory_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


@contextlib.contextmanager
def ours(folder: Path, rooms: int) -> Iterator[Candidate]:
    with running_server(
        folder,
        SECRET_KEY=SECRET_KEY,
        EMBEDDED_WORKER="false",
        MAX_PARTICIPANTS="10000",
        LOG_LEVEL="WARNING",
    ) as server:
        yield candidate_of(server, rooms)


def candidate_of(server: RunningServer, rooms: int) -> Candidate:
    made = server.manage("shell", "-v0", "-c", ROOMS % rooms)
    template = b'{"command":{"type":"chat.send","text":"%s"}}'
    return Candidate(server.port, server.pid, template, [int(pk) for pk in made.stdout.split()])


@contextlib.contextmanager
def peer() -> Iterator[Candidate]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.fanout_load.peer", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: listens(port), "the peer listens")
        yield Candidate(port, process.pid, b'{"type":"chat.send","text":"%s"}')
    finally:
        process.terminate()
        process.wait()


def listens(port: int) -> bool:
    hexadecimal = f":{port:04X} 00000000:0000 0A"
    return hexadecimal in Path("/proc/net/tcp").read_text()


def pin(pid: int, core: int) -> None:
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {core})


def show(what: str, figures: Figures) -> None:
    print(
        f"{what:<44} {figures.joins_per_s:7.0f} {figures.p50_ms:8.1f} {figures.p99_ms:8.1f} "
        f"{figures.deliveries_per_s:13.0f} {figures.kb_each:9.0f}",
        flush=True,
    )


def main(people: int, small_halls: int) -> None:
    pin(0, 1)
    print(f"{'':<44} {'joins/s':>7} {'p50 ms':>8} {'p99 ms':>8} {'deliveries/s':>13} {'KB/person':>9}")
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), 1 + small_halls) as candidate:
        pin(candidate.pid, 0)
        big = asyncio.run(measured(candidate, people, [0]))
        show(f"MeetingServer, one conference of {people}", big)
        small = asyncio.run(measured(candidate, SMALL, range(1, 1 + small_halls)))
        show(f"MeetingServer, {small_halls} conferences of {SMALL}", small)
    with peer() as candidate:
        pin(candidate.pid, 0)
        theirs = asyncio.run(measured(candidate, people, [0]))
        show(f"Channels group_send, one group of {people}", theirs)
        show(
            f"Channels group_send, {small_halls} groups of {SMALL}",
            asyncio.run(measured(candidate, SMALL, range(1, 1 + small_halls))),
        )
    print(
        f"RESULT joins_per_s={big.joins_per_s:.0f} p50_ms={big.p50_ms:.2f} p99_ms={big.p99_ms:.2f} "
        f"kb_per_participant={big.kb_each:.0f} "
        f"speedup_vs_group_send={big.deliveries_per_s / theirs.deliveries_per_s:.1f}"
    )


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    main(*(given + [200, 30][len(given) :]))
