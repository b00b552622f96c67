"""Where a peer is, who it is, and whether it is still there."""

from collections.abc import Sequence

from conferences.media.association import (
    CONSENT_EXPIRES_AFTER,
    HANDSHAKE_DEADLINE,
    Address,
    Association,
)
from conferences.media.burst import Burst
from conferences.media.contract import MediaStats
from conferences.media.dtls import Handshake, Identity
from conferences.media.srtp import Arena
from conferences.media.stun import BindingRequest
from tests.conferences.media.test_stun import check

SERVER, BROWSER = Identity(), Identity()
WIFI, MOBILE = ("192.0.2.1", 1000), ("198.51.100.1", 2000)


class Socket:
    """Remembers what was sent where."""

    def __init__(self) -> None:
        self.arena = Arena(2048)
        self.stats = MediaStats()
        self.sent: list[tuple[bytes, Address]] = []
        self.forgotten: list[Address] = []

    def send(self, datagram: bytes, address: Address) -> None:
        self.sent.append((datagram, address))

    def send_burst(self, burst: Burst, address: Address) -> None:
        raise NotImplementedError

    def forget(self, fragment: str, addresses: Sequence[Address]) -> None:
        self.forgotten += addresses


class Sink:
    """Remembers what was received."""

    def __init__(self) -> None:
        self.ready = 0

    def transport_ready(self) -> None:
        self.ready += 1

    def rtp_received(self, data: memoryview, now: float) -> None: ...

    def rtcp_received(self, data: bytes, now: float) -> None: ...

    def flush(self, now: float) -> None: ...


def association(now: float = 0.0) -> Association:
    return Association(Socket(), Handshake(SERVER, BROWSER.fingerprint), Sink(), now)


def nominate(peer: Association, address: Address, now: float, priority: int = 1) -> None:
    request = BindingRequest.parse(check(peer.password))
    peer.checked(BindingRequest(request.message, "", "", priority, nominates=True), address, now)


def test_the_first_check_tells_where_the_peer_is() -> None:
    peer = association()
    nominate(peer, WIFI, 1.0)
    assert peer.address == WIFI


def test_a_better_path_is_taken_at_once_and_a_worse_one_when_the_current_is_silent() -> None:
    peer = association()
    nominate(peer, MOBILE, 1.0, priority=1)
    nominate(peer, WIFI, 1.1, priority=2)
    assert peer.address == WIFI
    nominate(peer, MOBILE, 1.2, priority=1)
    assert peer.address == WIFI
    nominate(peer, MOBILE, 3.0, priority=1)
    assert peer.address == MOBILE


def test_paths_are_bounded() -> None:
    socket = Socket()
    peer = Association(socket, Handshake(SERVER, BROWSER.fingerprint), Sink(), 0.0)
    for port in range(1, 21):
        nominate(peer, ("192.0.2.1", port), port / 100, priority=100 - port)
    assert len(socket.forgotten) == 12
    assert peer.address not in socket.forgotten


def test_keys_are_agreed_with_the_browser_of_the_offer() -> None:
    socket, sink = Socket(), Sink()
    peer = Association(socket, Handshake(SERVER, BROWSER.fingerprint), sink, 0.0)
    nominate(peer, WIFI, 0.0)
    socket.sent.clear()
    browser = Handshake(BROWSER, SERVER.fingerprint, server=False)
    flight = browser.start()
    while flight:
        for datagram in flight:
            peer.dtls_received(datagram)
        flight = [answer for datagram, _ in socket.sent for answer in browser.receive(datagram)]
        socket.sent.clear()
    assert (sink.ready, peer.is_ready, peer.tag_size) == (1, True, 16)
    for datagram in browser.close():
        peer.dtls_received(datagram)
    assert peer.has_left


def test_somebody_else_fails_the_handshake() -> None:
    socket = Socket()
    peer = Association(socket, Handshake(SERVER, BROWSER.fingerprint), Sink(), 0.0)
    nominate(peer, WIFI, 0.0)
    socket.sent.clear()
    mallory = Handshake(Identity(), SERVER.fingerprint, server=False)
    flight = mallory.start()
    while flight:
        for datagram in flight:
            peer.dtls_received(datagram)
        flight = [answer for datagram, _ in socket.sent for answer in mallory.receive(datagram)]
        socket.sent.clear()
    assert peer.has_failed(0.1)
    assert socket.stats.handshakes_failed == 1


def test_who_never_agrees_on_keys_has_failed() -> None:
    peer = association()
    nominate(peer, WIFI, HANDSHAKE_DEADLINE)
    assert not peer.has_failed(HANDSHAKE_DEADLINE)
    assert peer.has_failed(HANDSHAKE_DEADLINE + 0.1)


def test_who_falls_silent_has_failed() -> None:
    peer = association()
    assert peer.has_failed(CONSENT_EXPIRES_AFTER + 0.1)


def test_media_before_the_keys_is_dropped() -> None:
    socket = Socket()
    peer = Association(socket, Handshake(SERVER, BROWSER.fingerprint), Sink(), 0.0)
    peer.rtp_received(socket.arena, 100, WIFI, 0.0)
    peer.rtcp_received(socket.arena, 100, WIFI, 0.0)
    assert socket.stats.dropped == {"early": 2}
