"""How much server CPU a forwarded packet costs, beside Janus on the same load in the same run.

    sudo .venv/bin/python benchmarks/forwarding.py

Needs root, two cores and Debian's `janus`. Everything happens in a network namespace that is removed
afterwards: the server on one core, the clients on the other. Received packets are counted, not decrypted.
"""

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.forwarding_load.client import Client, Publisher
from benchmarks.forwarding_load.servers import Janus, Ours, Server, cpu_seconds

NAMESPACE = "forwarding-benchmark"
ADDRESS = "10.77.0.1"
LOAD_CORE = 1
PRIORITY = -10
WARM_UP, WINDOW, DRAIN = 2.0, 8.0, 0.5
PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured in a window: packets that should have come and that came, seconds of server CPU."""

    expected: int
    received: int
    cpu: float

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.expected + other.expected, self.received + other.received, self.cpu + other.cpu)

    @property
    def cost(self) -> float:
        """Microseconds of server CPU per delivered packet."""
        return self.cpu / max(self.received, 1) * 1e6

    @property
    def delivered(self) -> float:
        return self.received / max(self.expected, 1)


class Load:
    """Clients and their packets, driven by one loop."""

    def __init__(self) -> None:
        self.clients: list[Client] = []
        self.publishers: list[Publisher] = []
        self._selector = selectors.EpollSelector()

    def client(self) -> Client:
        client = Client(ADDRESS)
        self.clients.append(client)
        return client

    def run(
        self, seconds: float, until: Callable[[], bool] = lambda: False, *, publish: bool = False
    ) -> None:
        """Keep everything going for a while."""
        publishers = self.publishers if publish else []
        now = time.monotonic()
        end, ticked_at = now + seconds, 0.0
        while now < end and not until():
            due = min((publisher.due_at for publisher in publishers), default=now + 0.02)
            for key, _ in self._selector.select(max(0.0, min(due - now, 0.02))):
                key.data()
            now = time.monotonic()
            for publisher in publishers:
                publisher.publish_due(now)
            if now - ticked_at > 0.1:
                ticked_at = now
                for client in self.clients:
                    client.tick(now)

    def publish(self, seconds: float) -> tuple[int, int]:
        """Let all publishers send, and wait for what is on its way. Return how much was sent and received."""
        sent, received = self._counts()
        for publisher in self.publishers:
            publisher.start()
        self.run(seconds, publish=True)
        self.run(DRAIN)
        sent_by_now, received_by_now = self._counts()
        return sent_by_now - sent, received_by_now - received

    def settle(self) -> None:
        """Wait until all clients are connected."""
        for client in self.clients:
            if client.socket not in self._selector.get_map():
                self._selector.register(client.socket, selectors.EVENT_READ, client.read)
        self.run(PATIENCE, until=lambda: all(client.is_connected for client in self.clients))
        if not all(client.is_connected for client in self.clients):
            raise TimeoutError("Not all clients were connected")

    def _counts(self) -> tuple[int, int]:
        return sum(client.sent for client in self.clients), sum(client.received for client in self.clients)

    def close(self) -> None:
        for client in self.clients:
            client.close()


def one_to_many(server: Server, load: Load) -> int:
    """One camera, forty viewers: 500 packets a second of 1000 bytes, in frames of four."""
    publisher = load.client()
    server.publish(publisher, 1, "video", 1001)
    load.settle()
    load.publishers.append(Publisher(publisher, 1001, video=True, size=1000, per_burst=4, interval=4 / 500))
    load.publish(0.3)
    for viewer in range(40):
        server.subscribe(load.client(), 100 + viewer, [1], "video")
    load.settle()
    return 40


def everybody_talks(server: Server, load: Load) -> int:
    """Ten speakers of 50 packets a second each, who all hear the nine others."""
    speakers = range(1, 11)
    for speaker in speakers:
        client = load.client()
        server.publish(client, speaker, "audio", 1000 + speaker)
        load.settle()
        load.publishers.append(
            Publisher(client, 1000 + speaker, video=False, size=120, per_burst=1, interval=0.02)
        )
    load.publish(0.3)
    for speaker in speakers:
        others = [other for other in speakers if other != speaker]
        server.subscribe(load.client(), 100 + speaker, others, "audio")
    load.settle()
    return 9


def measure(make: Callable[[str], Server], scenario: Callable[[Server, Load], int]) -> Figures:
    """Run one scenario against one server."""
    server, load = make(ADDRESS), Load()
    try:
        copies = scenario(server, load)
        load.publish(WARM_UP)
        cpu = cpu_seconds(server.process)
        sent, received = load.publish(WINDOW)
        figures = Figures(sent * copies, received, cpu_seconds(server.process) - cpu)
    finally:
        load.close()
        server.close()
    print(
        f"  {server.name:6} {scenario.__name__:16} {load.clients[0].profile}  {figures.cost:5.1f} us/packet  "
        f"delivered {figures.delivered:.4f}  {received / WINDOW:6.0f} packets/s",
        flush=True,
    )
    return figures


@contextmanager
def _namespace() -> Iterator[None]:
    """Janus takes no loopback address, so there is a pair of virtual interfaces that has one."""
    _ip("netns", "add", NAMESPACE)
    try:
        for command in (
            "link set lo up",
            "link add media0 type veth peer name media1",
            f"addr add {ADDRESS}/24 dev media0",
            "link set media0 up",
            "link set media1 up",
        ):
            _ip("-n", NAMESPACE, *command.split())
        yield
    finally:
        _ip("netns", "delete", NAMESPACE)


def _ip(*arguments: str) -> None:
    subprocess.run(["/usr/sbin/ip", *arguments], check=True)


def _main(arguments: Sequence[str]) -> None:
    if "--inside" not in arguments:
        with _namespace():
            inside = [sys.executable, __file__, "--inside", *arguments]
            _ip("netns", "exec", NAMESPACE, *inside)
        return
    os.sched_setaffinity(0, {LOAD_CORE})
    os.nice(PRIORITY)
    janus, ours = measure(Janus, one_to_many), measure(Ours, one_to_many)
    janus, ours = janus + measure(Janus, one_to_many), ours + measure(Ours, one_to_many)
    measure(Janus, everybody_talks)
    measure(Ours, everybody_talks)
    ratio = ours.cost / janus.cost
    print(f"RESULT cpu_ratio_vs_janus={ratio:.3f} delivered={ours.delivered:.4f}")


if __name__ == "__main__":
    _main(sys.argv[1:])
