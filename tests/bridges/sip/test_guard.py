import socket
from ipaddress import ip_network

import pytest

from bridges.sip.guard import Guard, attach, program, sockets_on

INVITE, ANSWER = b"INVITE sip:1@here SIP/2.0", b"SIP/2.0 200 OK"


def received(networks: list[str], source: str, payload: bytes) -> bool:
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as ours, socket.socket(family, socket.SOCK_DGRAM) as theirs:
        ours.bind(("::1" if ":" in source else "127.0.0.1", 0))
        ours.setblocking(False)
        attach(ours, [ip_network(network) for network in networks])
        theirs.bind((source, 0))
        theirs.sendto(payload, ours.getsockname())
        try:
            return ours.recv(100) == payload
        except BlockingIOError:
            return False


def test_requests_pass_from_allowed_networks_only() -> None:
    assert received(["127.0.0.1/32"], "127.0.0.1", INVITE)
    assert not received(["127.0.0.1/32"], "127.0.0.2", INVITE)
    assert received(["10.0.0.0/8", "127.0.0.0/30"], "127.0.0.3", INVITE)
    assert not received(["127.0.0.0/30"], "127.0.0.4", INVITE)
    assert not received([], "127.0.0.1", INVITE)


def test_answers_pass_from_everywhere() -> None:
    assert received([], "127.0.0.2", ANSWER)


def test_ipv6_is_guarded_too() -> None:
    assert received(["fc00::/7", "::1/128"], "::1", INVITE)
    assert not received(["fc00::/7", "127.0.0.0/8"], "::1", INVITE)


async def test_it_stands_at_what_listens_on_a_port_and_nowhere_else() -> None:
    with socket.socket() as listening, socket.socket() as other:
        for one in (listening, other):
            one.bind(("127.0.0.1", 0))
            one.listen()
        port = listening.getsockname()[1]
        found = sockets_on([port])
        assert [copy.getsockname()[1] for copy in found] == [port]
        for copy in found:
            copy.close()
        await Guard([], ["localhost"]).stand([port])
        with socket.socket() as stranger:
            stranger.settimeout(0.1)
            stranger.bind(("127.0.0.2", 0))
            with pytest.raises(TimeoutError):
                stranger.connect(("127.0.0.1", port))
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            pass


def test_too_many_networks_are_refused() -> None:
    with pytest.raises(ValueError, match="Too many"):
        program([ip_network(f"10.0.{number}.0/24") for number in range(201)], datagrams=True)
