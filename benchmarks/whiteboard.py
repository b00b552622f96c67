"""How smooth it is when many draw at once: how long a pen in motion and a finished shape take to everybody,
and what that costs the server; with motions gathered as they are, and told as they come.

    .venv/bin/python benchmarks/whiteboard.py [DRAWERS [SECONDS]]

Everybody draws at 20 signals a second, finishes a stroke every two, and hears all others. The server on one
core, the drawers on another if there is one.
"""

import asyncio
import contextlib
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.fanout import pin
from benchmarks.fanout_load.listener import Listener
from tests.conferences.browsers import SECRET_KEY, new_room, seat_token
from tests.house import ROOT, RunningServer, running_server

SIGNALS_A_SECOND = 20
SIGNALS_IN_A_STROKE = 40
PATIENCE_S = 25.0
UNGATHERED = Path(__file__).parent / "whiteboard_load" / "ungathered"

MOVED = re.compile(rb'"shape":"(\d+-\d+)","kind":"stroke","colour":"red","width":"thin","points":\[(\d+)')
"""A stroke, and its signal's number, which stands in the first coordinate."""
ADDED = re.compile(rb'"shape.added","at":\d+,"document":"[\w-]+","page":1,"shape":"(\d+-\d+)"')
OPENED = re.compile(rb'"board.opened","at":\d+,"document":"([\w-]+)"')


@dataclass
class Hall:
    """The people, what they said when, and how long it took to everybody."""

    people: list[Listener] = field(default_factory=list)
    told: dict[tuple[bytes, int], float] = field(default_factory=dict)
    asked: dict[bytes, float] = field(default_factory=dict)
    signals: list[float] = field(default_factory=list)
    shapes: list[float] = field(default_factory=list)
    board: bytes = b""
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    frames: int = 0
    bytes: int = 0

    def heard(self, _listener: Listener, text: bytes, now: float) -> None:
        self.frames += 1
        self.bytes += len(text)
        if text.startswith(b'{"signal":{"type":"drawing.motion"'):
            self.signals += [now - self.told[shape, int(number)] for shape, number in MOVED.findall(text)]
        elif added := ADDED.findall(text):
            self.shapes += [now - self.asked[shape] for shape in added]
        elif opened := OPENED.search(text):
            self.board = opened[1]
            self.opened.set()


@dataclass(frozen=True)
class Figures:
    p50_ms: float
    p99_ms: float
    shape_p50_ms: float
    shape_p99_ms: float
    dropped: float
    """Share of the signals that did not reach somebody."""
    cpu: float
    """Share of a core."""
    frames_per_s: float
    """To each."""
    kilobytes_per_s: float


async def measured(server: RunningServer, drawers: int, seconds: float) -> Figures:
    async with gathered(server, drawers) as hall:
        cpu, began = cpu_seconds(server.pid), time.perf_counter()
        hall.frames = hall.bytes = 0
        await asyncio.gather(*(draws(hall, number, seconds) for number in range(drawers)))
        took, used = time.perf_counter() - began, cpu_seconds(server.pid) - cpu
        frames, kilobytes = hall.frames, hall.bytes / 1024
        await asyncio.sleep(1)
    signals, shapes = sorted(hall.signals), sorted(hall.shapes)
    return Figures(
        p50_ms=1000 * statistics.median(signals),
        p99_ms=1000 * signals[int(len(signals) * 0.99)],
        shape_p50_ms=1000 * statistics.median(shapes),
        shape_p99_ms=1000 * shapes[int(len(shapes) * 0.99)],
        dropped=1 - len(signals) / (len(hall.told) * drawers),
        cpu=used / took,
        frames_per_s=frames / took / drawers,
        kilobytes_per_s=kilobytes / took / drawers,
    )


@contextlib.asynccontextmanager
async def gathered(server: RunningServer, drawers: int) -> AsyncIterator[Hall]:
    """Before a board on which everybody may draw."""
    hall, room = Hall(), new_room(server)
    try:
        async with asyncio.timeout(PATIENCE_S):
            for who in ("alice", *(f"guest-{n}" for n in range(1, drawers))):
                person = await Listener.connect(server.port, "/ws/", hall.heard)
                say(person, seat=seat_token(room, who))
                await person.welcomed
                hall.people.append(person)
            ask(hall.people[0], "board.permit", who="everyone")
            ask(hall.people[0], "board.open", name="Board")
            await hall.opened.wait()
        yield hall
    finally:
        for person in hall.people:
            person.leave()


async def draws(hall: Hall, number: int, seconds: float) -> None:
    """One stroke after the other; not all people at the same moment."""
    person, step = hall.people[number], 1 / SIGNALS_A_SECOND
    place: dict[str, Any] = {"document": hall.board.decode(), "page": 1}
    pen = {"kind": "stroke", "colour": "red", "width": "thin"}
    due = time.perf_counter() + step * number / len(hall.people)
    for signal in range(int(seconds * SIGNALS_A_SECOND)):
        due += step
        await asyncio.sleep(max(0, due - time.perf_counter()))
        stroke, part = divmod(signal, SIGNALS_IN_A_STROKE)
        shape = f"{number}-{stroke}"
        hall.told[shape.encode(), part] = time.perf_counter()
        points = [part, number, 5_000, 5_000, 6_000, 4_000]
        say(person, signal={"type": "pen.moved", **place, "shape": shape, **pen, "points": points})
        if part == SIGNALS_IN_A_STROKE - 1:
            hall.asked[shape.encode()] = time.perf_counter()
            ask(person, "shape.add", **place, shape=shape, figure=pen | {"points": points * 15})


def ask(person: Listener, kind: str, **fields: object) -> None:
    say(person, ref=1, command={"type": kind, **fields})


def say(person: Listener, **message: object) -> None:
    person.say(json.dumps(message).encode())


def cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def running(**variables: str) -> Iterator[RunningServer]:
    quiet = {"SECRET_KEY": SECRET_KEY, "EMBEDDED_WORKER": "false", "LOG_LEVEL": "WARNING"}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), **quiet, **variables) as server,
    ):
        pin(server.pid, 0)
        yield server


def show(what: str, figures: Figures) -> None:
    print(
        f"{what:<22} {figures.p50_ms:8.1f} {figures.p99_ms:8.1f} {figures.shape_p50_ms:9.1f} "
        f"{figures.shape_p99_ms:9.1f} {figures.dropped:8.2%} {figures.cpu:6.0%} "
        f"{figures.frames_per_s:9.0f} {figures.kilobytes_per_s:7.0f}",
        flush=True,
    )


def main(drawers: int, seconds: int) -> None:
    pin(0, 1)
    print(f"{drawers} draw for {seconds} s; to each of them:")
    print(
        f"{'':<22} {'p50 ms':>8} {'p99 ms':>8} {'shape p50':>9} {'shape p99':>9} {'dropped':>8} {'cpu':>6} "
        f"{'frames/s':>9} {'KB/s':>7}"
    )
    with running() as server:
        ours = asyncio.run(measured(server, drawers, seconds))
        show("gathered", ours)
    with running(PYTHONPATH=f"{UNGATHERED}:{ROOT}") as server:
        show("as they come", asyncio.run(measured(server, drawers, seconds)))
    print(
        f"RESULT p50_ms={ours.p50_ms:.1f} p99_ms={ours.p99_ms:.1f} dropped={ours.dropped:.4f} "
        f"shape_p50_ms={ours.shape_p50_ms:.1f} shape_p99_ms={ours.shape_p99_ms:.1f} cpu={ours.cpu:.2f} "
        f"frames_per_s={ours.frames_per_s:.0f} kb_per_s={ours.kilobytes_per_s:.0f}"
    )


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    main(*(given + [50, 20][len(given) :]))
