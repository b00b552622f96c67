"""A network of its own for a server and its browsers: Firefox takes no loopback address for media."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class PrivateNetwork:
    """`within` is put before a command that is to run inside; `address` is that of all who run there."""

    def __init__(self) -> None:
        number = os.getpid()
        self.name = f"meeting{number}"
        self.within = ("ip", "netns", "exec", self.name)
        self.outside = f"10.203.{number % 250}.1"
        self.address = f"10.203.{number % 250}.2"

    def build(self) -> None:
        inner, outer = "inner", f"outer{os.getpid()}"
        _ip("netns", "add", self.name)
        _ip("link", "add", outer, "type", "veth", "peer", "name", inner, "netns", self.name)
        _ip("address", "add", f"{self.outside}/30", "dev", outer)
        _ip("link", "set", outer, "up")
        _ip("-n", self.name, "address", "add", f"{self.address}/30", "dev", inner)
        for device in ("lo", inner):
            _ip("-n", self.name, "link", "set", device, "up")
        _ip("-n", self.name, "route", "add", "default", "via", self.outside)

    def remove(self) -> None:
        _ip("netns", "delete", self.name)


@contextmanager
def private_network() -> Iterator[PrivateNetwork]:
    assert os.geteuid() == 0, (
        "Meeting in Firefox needs a network of its own, and that needs root: sudo bin/test"
    )
    network = PrivateNetwork()
    network.build()
    try:
        yield network
    finally:
        network.remove()


def _ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(arguments)}: {done.stderr}"
