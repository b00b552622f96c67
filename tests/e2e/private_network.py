"""A network of its own for a server and its browsers: Firefox takes no loopback address for media."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class PrivateNetwork:
    """`within` is put before a command that is to run inside; `address` is that of all who run there.

    Its gateway lives in a second namespace: a Chromium outside would break off its requests
    (ERR_NETWORK_CHANGED) if a device came or went beside it.
    """

    def __init__(self) -> None:
        number = os.getpid()
        self.name = f"meeting{number}"
        self.gateway = f"gateway{number}"
        self.within = ("ip", "netns", "exec", self.name)
        self.outside = f"10.203.{number % 250}.1"
        self.address = f"10.203.{number % 250}.2"

    def build(self) -> None:
        for name in (self.name, self.gateway):
            _ip("netns", "add", name)
        pair = ("type", "veth", "peer", "name", "inner", "netns", self.name)
        _ip("-n", self.gateway, "link", "add", "outer", *pair)
        for name, device, address in (
            (self.gateway, "outer", self.outside),
            (self.name, "inner", self.address),
        ):
            _ip("-n", name, "address", "add", f"{address}/30", "dev", device)
            _ip("-n", name, "link", "set", device, "up")
        _ip("-n", self.name, "link", "set", "lo", "up")
        _ip("-n", self.name, "route", "add", "default", "via", self.outside)

    def remove(self) -> None:
        for name in (self.name, self.gateway):
            _ip("netns", "delete", name)


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
