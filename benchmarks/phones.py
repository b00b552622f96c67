"""How many callers one core mixes into conferences with browsers, and how late they hear each other.

Beside it Janus' AudioBridge, which mixes the same callers without any browser.

    sudo .venv/bin/python benchmarks/phones.py [ROOMS]

Needs root (priorities, socket buffers), two cores, Debian's `janus` and `sip-tester`. What is measured runs
on one core: the process of our SIP bridge with real calls, and our conferences with one speaking browser
each; the load runs on the other. Two callers of a room talk all the time, the others are as quiet as a line
is. What a server does besides (journal, pages, the way in to a conference) is not in it.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.forwarding_load.servers import cpu_seconds
from benchmarks.phones_load.bridge import Bridge
from benchmarks.phones_load.calls import Calls
from benchmarks.phones_load.janus import Janus
from benchmarks.phones_load.people import BURST_FRAMES, Address, Browser, Caller, Crowd, Delays

HOST = "127.0.0.1"
ROOMS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
CALLERS, TALKERS = 20, 2
SERVER_CORE, LOAD_CORE = 0, 1
PRIORITY, SESSION_PRIORITY = -9, -20
WARM_UP, WINDOW, PATIENCE = 32.0, 20.0, 40.0
"""Seconds. After a hiccup, and all calls begin at once, lines hold more sound back for half a minute."""
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
    """Packets that a caller got for each that they sent."""
    empty: float
    """The part of those without a sound: there always is one."""
    phone_to_phone: Delays
    web_to_phone: Delays
    phone_to_web: Delays

    @property
    def callers_per_core(self) -> float:
        return ROOMS * CALLERS / self.cpu


class Load:
    """Everybody, driven by one loop. `speaker` and `listener`, in the first room, are the callers whose sound
    is looked at."""

    def __init__(self) -> None:
        self.speaker, self.listener = Caller(HOST), Caller(HOST)
        others = Crowd(HOST, people=CALLERS - 2, talkers=0)
        self.crowds = [others, *(Crowd(HOST, people=CALLERS, talkers=TALKERS) for _ in range(1, ROOMS))]
        self.browsers: list[Browser] = []
        self.delays = (Delays(), Delays(), Delays())
        self._selector = selectors.EpollSelector()
        self._step = 0
        self._bursting: list[Delays] = []
        for source in (*self.crowds, self.speaker, self.listener):
            self.watch(source)

    def watch(self, who: Crowd | Caller | Browser) -> None:
        self._selector.register(who.socket, selectors.EVENT_READ, who.read)

    def ports(self, room: int) -> list[int]:
        """Of its callers' sound."""
        callers = [self.speaker, self.listener] if not room else []
        who = [*callers, *[self.crowds[room]] * (CALLERS - len(callers))]
        return [one.socket.getsockname()[1] for one in who]

    def sends(self, room: int, targets: list[Address]) -> None:
        """Where its callers send to, if they do not learn it from what they hear."""
        if not room:
            self.speaker.target, self.listener.target, *targets = targets
        self.crowds[room].targets |= dict.fromkeys(targets)

    def settle(self) -> None:
        """Until everybody is there."""
        end = time.monotonic() + PATIENCE
        while not self._is_complete:
            if time.monotonic() > end:
                raise TimeoutError("Not everybody came into their conference")
            self.run(0.1)

    @property
    def _is_complete(self) -> bool:
        callers = (self.speaker, self.listener, *self.crowds)
        return all(b.is_connected for b in self.browsers) and all(who.is_complete for who in callers)

    def run(self, seconds: float) -> None:
        begin, first = time.monotonic(), self._step
        while (passed := self._step - first) * STEP < seconds:
            self._read_until(begin + passed * STEP)
            turn, part = divmod(self._step, STEPS)
            for crowd in self.crowds:
                crowd.send(turn, part, STEPS)
            phase = turn // PHASE_TURNS
            for place, browser in enumerate(self.browsers):
                if (place + phase) % STEPS == part:
                    self._browse(browser, turn, is_first=not place)
            if phase % STEPS == part:
                self.speaker.send(turn, burst=self._burst(turn, web=False))
                self.listener.send(turn, burst=None)
            self._step += 1

    def _browse(self, browser: Browser, turn: int, *, is_first: bool) -> None:
        if browser.is_connected:
            browser.send_turn(turn, burst=self._burst(turn, web=True) if is_first else None)
        browser.tick(time.monotonic())

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

    def measured(self, *processes: "subprocess.Popen[Any]") -> Figures:
        self.run(WARM_UP)
        self.delays = (Delays(), Delays(), Delays())
        before, counted, began = [*map(cpu_seconds, processes)], self._counted(), time.monotonic()
        busy = time.process_time()
        self.run(WINDOW)
        took = time.monotonic() - began
        spent = [(cpu_seconds(p) - b) / took for p, b in zip(processes, before, strict=True)]
        busy = (time.process_time() - busy) / took
        print("  of a core:", *(f"{one:.2f}" for one in spent), f"the load {busy:.2f}, took {took:.1f} s")
        sent, received, empty = (now - then for now, then in zip(self._counted(), counted, strict=True))
        return Figures(sum(spent), received / sent, empty / received, *self.delays)

    def _counted(self) -> tuple[int, int, int]:
        """Packets that the crowds sent, received, and received without a sound."""
        talking = self.crowds[1:]
        sums = [sum(counts) for counts in zip(*((c.sent, c.received, c.empty) for c in talking), strict=True)]
        return sums[0], sums[1], sums[2]


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
    with ExitStack() as opened:
        bridge = opened.enter_context(closing(Bridge(HOST, SERVER_CORE)))
        hub = opened.enter_context(closing(Process("hub", HOST, msgspec.json.encode(bridge.config).decode())))
        load = Load()
        for room in range(ROOMS):
            _seat_browser(hub, load, room)
        dialled = [(str(room), port) for room in range(ROOMS) for port in load.ports(room)]
        opened.enter_context(closing(Calls(HOST, bridge.port, dialled)))
        load.settle()
        figures = load.measured(bridge.process, hub.popen)
        inside = hub.ask({"figures": True})
    print(f"  {inside}", flush=True)
    return figures, max(inside[part]["late_p99_ms"] for part in ("bridge", "conferences"))


def _seat_browser(hub: Process, load: Load, room: int) -> None:
    browser = Browser(HOST, 1000 + room, talks=bool(room))
    sections = [("audio", "sendonly", 1000 + room), ("video", "sendonly", 0), ("video", "sendonly", 0)]
    sections += [("audio", "sendonly", 0), ("audio", "recvonly", 0), ("audio", "recvonly", 0)]
    offer = browser.describe(sections, setup="actpass")
    browser.connect(hub.ask({"room": str(room), "offer": offer})["answer"])
    load.watch(browser)
    load.browsers.append(browser)


def janus() -> Figures:
    load = Load()
    with closing(Janus(HOST, SERVER_CORE)) as server:
        for room in range(ROOMS):
            server.room(room + 1)
            ports = enumerate(load.ports(room), start=1)
            load.sends(room, [server.join(room + 1, caller, port) for caller, port in ports])
        load.settle()
        return load.measured(server.process)


def _tell(name: str, figures: Figures) -> None:
    phones, web, back = (delays.median_ms for delays in figures[3:])
    print(
        f"  {name:6} {figures.cpu:.2f} of a core, {figures.callers_per_core:.0f} callers per core, "
        f"delivered {figures.delivered:.3f}, empty {figures.empty:.4f}, "
        f"ms from mouth to ear: phone to phone {phones:.0f}, web to phone {web:.0f}, phone to web {back:.0f}",
        flush=True,
    )


def _come_first() -> None:
    """Before other programs, also where Linux shares the cores by sessions (sched(7), autogroup)."""
    os.nice(PRIORITY)
    session = Path("/proc/self/autogroup")
    if session.exists():
        session.write_text(str(SESSION_PRIORITY))


def _main() -> None:
    os.sched_setaffinity(0, {LOAD_CORE})
    _come_first()
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
