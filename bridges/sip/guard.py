"""Who may knock: a filter in the kernel (BPF) on the sockets that the SIP stack listens on.

Requests from elsewhere than the trunk and the allowed networks are dropped before anything of ours reads
them: a scanner hears nothing, and costs nothing. Answers to what we asked pass from everywhere, so that a
trunk with many addresses can answer.
"""

import asyncio
import ctypes
import logging
import os
import socket
import struct
import sys
from collections.abc import Collection, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

logger = logging.getLogger(__name__)

Network = IPv4Network | IPv6Network

SO_ATTACH_FILTER = 26
NETWORK_HEADER = -0x100000
"""Offsets from here are into the IP header (linux/filter.h, SKF_NET_OFF)."""
PASS, DROP = 0xFFFFFFFF, 0
LOAD_WORD, LOAD_BYTE, IF_EQUAL, AND, SHIFT_RIGHT, RETURN = 0x20, 0x30, 0x15, 0x54, 0x74, 0x06
UDP_HEADER = 8
ANSWER = int.from_bytes(b"SIP/")
MOST_NETWORKS = 200
OFFSETS = {4: 12, 6: 8}
"""Of the source address in the IP header."""


class Guard:
    def __init__(self, networks: Iterable[Network], hosts: Iterable[str]) -> None:
        """`hosts`: the trunk's names, whose addresses may change."""
        self._networks = frozenset(networks)
        self._hosts = frozenset(hosts)
        self._standing: dict[int, frozenset[Network]] = {}
        """What each socket lets in, by its inode."""

    async def stand(self, ports: Collection[int]) -> None:
        """Filters what listens on these ports. To be repeated, for names get other addresses."""
        if sys.platform != "linux":
            logger.error(
                "Only a firewall keeps strangers from the SIP port: this system has no socket filters."
            )
            return
        allowed = self._networks | {network for host in self._hosts for network in await addresses_of(host)}
        for listening in sockets_on(ports):
            with listening:
                inode = os.fstat(listening.fileno()).st_ino
                if self._standing.get(inode) != allowed:
                    attach(listening, allowed)
                    self._standing[inode] = allowed


async def addresses_of(host: str) -> set[Network]:
    """Empty if nobody knows it now."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except OSError:
        logger.warning("The trunk's host %s has no address now.", host)
        return set()
    return {ip_network(address[0].partition("%")[0]) for *_, address in found}


def sockets_on(ports: Collection[int]) -> list[socket.socket]:
    """Copies of this process's UDP and listening TCP sockets on these local ports."""
    found: list[socket.socket] = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            candidate = socket.socket(fileno=os.dup(int(entry.name)))
        except OSError:
            continue
        if _listens(candidate, ports):
            found.append(candidate)
        else:
            candidate.close()
    return found


def _listens(candidate: socket.socket, ports: Collection[int]) -> bool:
    if candidate.family not in (socket.AF_INET, socket.AF_INET6) or candidate.getsockname()[1] not in ports:
        return False
    if candidate.type == socket.SOCK_STREAM:
        return bool(candidate.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    return candidate.type == socket.SOCK_DGRAM


def attach(listening: socket.socket, networks: Collection[Network]) -> None:
    """A connection inherits the filter of the socket that accepted it."""
    steps = program(networks, datagrams=listening.type == socket.SOCK_DGRAM)
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    listening.setsockopt(
        socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(steps), ctypes.addressof(code))
    )


def program(networks: Collection[Network], *, datagrams: bool) -> list[tuple[int, int, int, int]]:
    """Instructions `(code, jump if true, jump if false, operand)` that pass packets from these networks."""
    if len(networks) > MOST_NETWORKS:
        raise ValueError("Too many networks.")
    steps: list[tuple[int, int, int, int]] = []
    if datagrams:
        steps += [(LOAD_WORD, 0, 0, UDP_HEADER), (IF_EQUAL, 0, 1, ANSWER), (RETURN, 0, 0, PASS)]
    for version in (4, 6):
        of_version = sorted((n for n in networks if n.version == version), key=str)
        tests = [step for network in of_version for step in _passes(network)] + [(RETURN, 0, 0, DROP)]
        steps += [*_unless(version, len(tests)), *tests]
    return [*steps, (RETURN, 0, 0, DROP)]


def _unless(version: int, steps: int) -> list[tuple[int, int, int, int]]:
    """Skips these steps if the packet is of another version: a jump of 32 bits, for there may be many."""
    jump_always = 0x05
    return [
        (LOAD_BYTE, 0, 0, NETWORK_HEADER & 0xFFFFFFFF),
        (SHIFT_RIGHT, 0, 0, 4),
        (IF_EQUAL, 1, 0, version),
        (jump_always, 0, 0, steps),
    ]


def _passes(network: Network) -> list[tuple[int, int, int, int]]:
    """Compares word by word; a packet that does not match goes on behind these steps."""
    words = network.max_prefixlen // 32
    address, mask = int(network.network_address), int(network.netmask)
    comparisons: list[tuple[int, int, int]] = []
    for word in range(words):
        shift = 32 * (words - 1 - word)
        if part := mask >> shift & 0xFFFFFFFF:
            comparisons.append((OFFSETS[network.version] + 4 * word, part, address >> shift & 0xFFFFFFFF))
    steps: list[tuple[int, int, int, int]] = []
    for index, (offset, part, wanted) in enumerate(comparisons):
        left = 3 * (len(comparisons) - 1 - index) + 1
        steps += [
            (LOAD_WORD, 0, 0, (NETWORK_HEADER + offset) & 0xFFFFFFFF),
            (AND, 0, 0, part),
            (IF_EQUAL, 0, left, wanted),
        ]
    return [*steps, (RETURN, 0, 0, PASS)]
