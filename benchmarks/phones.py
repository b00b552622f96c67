"""How many callers one core mixes into conferences with browsers, and how late they hear each other.

Beside it Janus' AudioBridge, which mixes the same callers without any browser.

    sudo .venv/bin/python benchmarks/phones.py

Needs root (priorities, socket buffers), two cores and Debian's `janus`. What is measured runs on one core:
our conferences with one speaking browser each, and our bridge with the callers; the load runs on the other.
Two callers of a room talk all the time, the others are as quiet as a line is.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.forwarding_load.servers import cpu_seconds
from benchmarks.phones_load.janus import Janus
from benchmarks.phones_load.people import BURST_FRAMES, Browser, Caller, Crowd, Delays, addresses

HOST = "127.0.0.1"
ROOMS, CALLERS, TALKERS = 10, 20, 2
SERVER_CORE, LOAD_CORE = 0, 1
PRIORITY = -10
WARM_UP, WINDOW, PATIENCE = 3.0, 20.0, 15.0
STEP = 0.002
STEPS = 10
"""Of a turn of 20 ms: nobody's phone is in step with others'."""
BURST_EVERY = 41
"""Turns."""
PHASE_TURNS = 100
"""So long everybody sends at the same moment of the turn, then a step later: who mixes does not follow."""


class Figures(NamedTuple):
    cpu: float
    """Of a core."""
    delivered: float
    phone_to_phone: Delays
    web_to_phone: Delays
    phone_to_web: Delays

    @property
    def callers_per_core(self) -> float:
        return ROOMS * CALLERS / self.cpu


class Load:
    """Everybody, driven by one loop. `speaker` and `listener` are the callers whose sound is looked at."""

    def __init__(self) -> None:
        self.crowd = Crowd(HOST)
        self.speaker, self.listener = Caller(HOST), Caller(HOST)
        self.browsers: list[Browser] = []
        self.delays = (Delays(), Delays(), Delays())
        self._selector = selectors.EpollSelector()
        self._step = 0
        self._bursting: list[Delays] = []
        for source in (self.crowd, self.speaker, self.listener):
            self.watch(source)

    def watch(self, who: Crowd | Caller | Browser) -> None:
        self._selector.register(who.socket, selectors.EVENT_READ, who.read)

    def seats(self, room: int) -> list[tuple[str, int]]:
        """Where its callers send from: in the first sit those who are looked at."""
        crowd = [self.crowd.address] * CALLERS
        return crowd if room else [self.speaker.address, self.listener.address, *crowd[2:]]

    def places(self, room: int, targets: Sequence[tuple[str, int]]) -> None:
        """Where its callers are to send to."""
        if not room:
            self.speaker.target, self.listener.target, *targets = targets
        self.crowd.targets += [(target, bool(room) and n < TALKERS) for n, target in enumerate(targets)]

    def settle(self) -> None:
        end = time.monotonic() + PATIENCE
        while not all(browser.is_connected for browser in self.browsers):
            if time.monotonic() > end:
                raise TimeoutError("Not all browsers were connected")
            for browser in self.browsers:
                browser.tick(time.monotonic())
            self._read_until(time.monotonic() + 0.05)

    def run(self, seconds: float) -> None:
        begin, first = time.monotonic(), self._step
        while (passed := self._step - first) * STEP < seconds:
            self._read_until(begin + passed * STEP)
            turn, part = divmod(self._step, STEPS)
            self.crowd.send(turn, part, STEPS)
            phase = turn // PHASE_TURNS
            for place, browser in enumerate(self.browsers):
                if (place + phase) % STEPS == part:
                    browser.send_turn(turn, burst=self._burst(turn, web=True) if not place else None)
                    browser.tick(time.monotonic())
            if phase % STEPS == part:
                self.speaker.send(turn, burst=self._burst(turn, web=False))
                self.listener.send(turn, burst=None)
            self._step += 1

    def _burst(self, turn: int, *, web: bool) -> int | None:
        """Which frame of a burst it is time for; the browser and the caller take turns."""
        number, frame = divmod(turn, BURST_EVERY)
        if bool(number % 2) != web or frame >= BURST_FRAMES:
            return None
        if not frame:
            self._conclude()
            to_phone, from_web, to_web = self.delays
            self._bursting = [from_web] if web else [to_phone, to_web]
            for delay in self._bursting:
                delay.said(time.monotonic())
        return frame

    def _conclude(self) -> None:
        """What was heard of the last burst."""
        to_web = self.delays[2]
        for delay in self._bursting:
            ears = self.browsers[:1] if delay is to_web else [self.listener]
            heard_at = max((ear.heard_at for ear in ears), default=0.0)
            if heard_at > delay.said_at:
                delay.heard(heard_at)
        for who in (self.listener, *self.browsers[:1]):
            who.heard_at = 0.0
        self._bursting = []

    def _read_until(self, end: float) -> None:
        while (left := end - time.monotonic()) > 0:
            for key, _ in self._selector.select(left):
                key.data()

    def measured(self, *processes: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> Figures:
        self.run(WARM_UP)
        self.delays = (Delays(), Delays(), Delays())
        before, counted = [*map(cpu_seconds, processes)], (self.crowd.sent, self.crowd.received)
        self.run(WINDOW)
        spent = [(cpu_seconds(p) - b) / WINDOW for p, b in zip(processes, before, strict=True)]
        print("  of a core:", *(f"{one:.2f}" for one in spent))
        sent, received = self.crowd.sent - counted[0], self.crowd.received - counted[1]
        return Figures(sum(spent), received / sent, *self.delays)


class Process:
    """Of ours, on the core that is measured: asked and answering by lines."""

    def __init__(self, module: str, *arguments: object) -> None:
        command = [sys.executable, "-m", f"benchmarks.phones_load.{module}", *map(str, arguments)]
        pinned = ["/usr/bin/taskset", "-c", str(SERVER_CORE), *command]
        self.popen = subprocess.Popen(pinned, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def tell(self, what: object) -> None:
        assert self.popen.stdin is not None
        self.popen.stdin.write(json.dumps(what) + "\n")
        self.popen.stdin.flush()

    def told(self) -> Any:
        assert self.popen.stdout is not None
        return json.loads(self.popen.stdout.readline())

    def ask(self, what: object) -> Any:
        self.tell(what)
        return self.told()

    def close(self) -> None:
        self.popen.communicate(timeout=10)


def ours() -> tuple[Figures, float]:
    """The figures, and by how much the 99th of a hundred turns was late, in ms."""
    hub, bridge, load = Process("hub", HOST), Process("bridge", HOST, ROOMS, CALLERS), Load()
    remotes: list[list[tuple[str, int]]] = []
    for room, found in enumerate(bridge.told()):
        leg, *callers = addresses(found)
        (conference,) = addresses([hub.ask({"room": str(room), "leg": leg})["address"]])
        remotes.append([conference, *load.seats(room)])
        load.places(room, callers)
        _seat_browser(hub, load, room)
    bridge.tell(remotes)
    load.settle()
    figures = load.measured(hub.popen, bridge.popen)
    bridge.tell("stop")
    mixed, conferences = bridge.told(), hub.ask({"late": True})
    print(f"  bridge {mixed}\n  conferences {conferences}", flush=True)
    for process in (bridge, hub):
        process.close()
    return figures, max(mixed["late_p99_ms"], conferences["late_p99_ms"])


def _seat_browser(hub: Process, load: Load, room: int) -> None:
    browser = Browser(HOST, 1000 + room, talks=bool(room))
    sections = [("audio", "sendonly", 1000 + room), ("video", "sendonly", 0), ("video", "sendonly", 0)]
    sections += [("audio", "sendonly", 0), ("audio", "recvonly", 0), ("audio", "recvonly", 0)]
    offer = browser.describe(sections, setup="actpass")
    browser.connect(hub.ask({"room": str(room), "peer": "browser", "offer": offer})["answer"])
    load.watch(browser)
    load.browsers.append(browser)


def janus() -> Figures:
    server, load = Janus(HOST, SERVER_CORE), Load()
    for room in range(ROOMS):
        server.room(room + 1)
        seats = enumerate(load.seats(room), start=1)
        load.places(room, [server.join(room + 1, caller, address) for caller, address in seats])
    figures = load.measured(server.process)
    server.close()
    return figures


def _tell(name: str, figures: Figures) -> None:
    phones, web, back = (delays.median_ms for delays in figures[2:])
    print(
        f"  {name:6} {figures.cpu:.2f} of a core, {figures.callers_per_core:.0f} callers per core, "
        f"delivered {figures.delivered:.3f}, ms from mouth to ear: phone to phone {phones:.0f}, "
        f"web to phone {web:.0f}, phone to web {back:.0f}",
        flush=True,
    )


def _main() -> None:
    os.sched_setaffinity(0, {LOAD_CORE})
    os.nice(PRIORITY)
    theirs = janus()
    _tell("janus", theirs)
    figures, late = ours()
    _tell("ours", figures)
    print(
        f"RESULT callers_per_core={figures.callers_per_core:.0f} "
        f"web_to_phone_ms={figures.web_to_phone.median_ms:.0f} "
        f"phone_to_web_ms={figures.phone_to_web.median_ms:.0f} tick_late_p99_ms={late:.1f} "
        f"janus_callers_per_core={theirs.callers_per_core:.0f} "
        f"janus_ms={theirs.phone_to_phone.median_ms:.0f}"
    )


if __name__ == "__main__":
    _main()
