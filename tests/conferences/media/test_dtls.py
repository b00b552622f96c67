"""Agreeing on keys."""

import pytest

from conferences.media.dtls import Fingerprint, Handshake, HandshakeFailed, Identity
from conferences.media.srtp import PROFILES

SERVER, BROWSER, MALLORY = Identity(), Identity(), Identity()


def shake(server: Handshake, client: Handshake, *, lose_first: int = 0) -> None:
    """Carry datagrams to and fro until nobody has anything to say."""
    to_server, to_client = client.start()[lose_first:], server.start()
    while to_server or to_client:
        to_client += [answer for datagram in to_server for answer in server.receive(datagram)]
        to_server = [answer for datagram in to_client for answer in client.receive(datagram)]
        to_client = []


def pair(browser: Identity = BROWSER) -> tuple[Handshake, Handshake]:
    return Handshake(SERVER, BROWSER.fingerprint), Handshake(browser, SERVER.fingerprint, server=False)


def test_both_sides_agree_on_keys_of_the_best_profile() -> None:
    server, client = pair()
    shake(server, client)
    assert server.keys is not None
    assert client.keys is not None
    assert server.keys.profile is PROFILES[0]
    assert (server.keys.local, server.keys.remote) == (client.keys.remote, client.keys.local)


def test_somebody_with_another_certificate_gets_no_keys() -> None:
    server, client = pair(browser=MALLORY)
    with pytest.raises(HandshakeFailed):
        shake(server, client)
    assert server.keys is None


def test_an_unknown_digest_is_no_proof() -> None:
    server = Handshake(SERVER, Fingerprint("md5", BROWSER.fingerprint.value))
    with pytest.raises(HandshakeFailed):
        shake(server, Handshake(BROWSER, SERVER.fingerprint, server=False))


def test_a_lost_flight_is_sent_again() -> None:
    server, client = pair()
    assert client.start()
    assert client.timeout() is not None
    assert server.timeout() is None


def test_goodbye_is_heard() -> None:
    server, client = pair()
    shake(server, client)
    for datagram in client.close():
        server.receive(datagram)
    assert server.closed_by_peer


@pytest.mark.parametrize(
    "datagram", [b"\x16", b"\x16" * 60, b"\x16\xfe\xfd" + bytes(200), bytes(range(20, 63))]
)
def test_nonsense_is_ignored_or_fails_the_handshake(datagram: bytes) -> None:
    server, _ = pair()
    try:
        server.receive(datagram)
    except HandshakeFailed:
        return
    assert server.keys is None
