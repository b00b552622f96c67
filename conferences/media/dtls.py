"""DTLS with a peer whose certificate is known by its fingerprint, to agree on SRTP keys (RFC 5763, RFC 5764).

Does no I/O: datagrams go in, datagrams come out.
"""

import datetime
import secrets
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL

from conferences.media.srtp import PROFILES, Profile

_MTU = 1200
_READ_SIZE = 65536
_RECORD_HEADER_SIZE = 13
_DIGESTS = {"sha-256": hashes.SHA256(), "sha-384": hashes.SHA384(), "sha-512": hashes.SHA512()}
_CIPHERS = b"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256"


class HandshakeFailed(Exception):
    """The peer is not who its offer said, speaks no profile of ours, or broke the protocol."""


class Fingerprint(NamedTuple):
    algorithm: str
    value: str


class SrtpKeys(NamedTuple):
    """Master keys with their salts: `local` encrypts what we send, `remote` what the peer sends."""

    profile: Profile
    local: bytes
    remote: bytes


def _fingerprint(certificate: x509.Certificate, algorithm: str) -> Fingerprint:
    return Fingerprint(algorithm, certificate.fingerprint(_DIGESTS[algorithm]).hex(":").upper())


class Identity:
    """A certificate made for this run of the server, and the TLS context that shows it."""

    def __init__(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _self_signed(key)
        self.fingerprint = _fingerprint(certificate, "sha-256")
        self.context = _context(certificate, key)


def _self_signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, secrets.token_hex(8))])
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )


def _context(certificate: Any, key: Any) -> SSL.Context:
    context = SSL.Context(SSL.DTLS_METHOD)
    context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_QUERY_MTU)
    # The fingerprint from the signalling decides, not a chain of authorities (RFC 5763, section 5).
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
    context.use_certificate(certificate)
    context.use_privatekey(key)
    context.set_cipher_list(_CIPHERS)
    context.set_tlsext_use_srtp(b":".join(profile.name for profile in PROFILES))
    return context


class Handshake:
    """One DTLS association. `keys` is set once the peer has proven to be the one of its offer."""

    def __init__(self, identity: Identity, peer: Fingerprint, *, server: bool = True) -> None:
        self.keys: SrtpKeys | None = None
        self.closed_by_peer = False
        self._peer = peer
        self._server = server
        self._connection: Any = SSL.Connection(identity.context)
        self._connection.set_ciphertext_mtu(_MTU)
        if server:
            self._connection.set_accept_state()
        else:
            self._connection.set_connect_state()

    def start(self) -> list[bytes]:
        """Return the client's first flight (a server has none)."""
        return self._proceed()

    def receive(self, datagram: bytes) -> list[bytes]:
        """Take a datagram; return the datagrams to answer with. Raise `HandshakeFailed`."""
        try:
            self._connection.bio_write(datagram)
        except SSL.Error as error:
            raise HandshakeFailed from error
        if self.keys is None:
            return self._proceed()
        self._read()
        return self._outgoing()

    def timeout(self) -> float | None:
        """Seconds until `expire` wants to be called, if nothing is received before."""
        seconds: float | None = self._connection.DTLSv1_get_timeout()
        return seconds

    def expire(self) -> list[bytes]:
        """Return the last flight again."""
        self._connection.DTLSv1_handle_timeout()
        return self._outgoing()

    def close(self) -> list[bytes]:
        """Say goodbye."""
        try:
            self._connection.shutdown()
        except SSL.Error:
            return []
        return self._outgoing()

    def _proceed(self) -> list[bytes]:
        try:
            self._connection.do_handshake()
        except SSL.WantReadError:
            return self._outgoing()
        except SSL.Error as error:
            raise HandshakeFailed from error
        self._identify()
        self.keys = self._export_keys()
        return self._outgoing()

    def _identify(self) -> None:
        certificate = self._connection.get_peer_certificate(as_cryptography=True)
        if certificate is None or self._peer.algorithm not in _DIGESTS:
            raise HandshakeFailed
        if _fingerprint(certificate, self._peer.algorithm).value != self._peer.value.upper():
            raise HandshakeFailed

    def _export_keys(self) -> SrtpKeys:
        selected = self._connection.get_selected_srtp_profile()
        profile = next((profile for profile in PROFILES if profile.name == selected), None)
        if profile is None:
            raise HandshakeFailed
        key, salt = profile.key_size, profile.salt_size
        material = self._connection.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt))
        client = material[:key] + material[2 * key : 2 * key + salt]
        server = material[key : 2 * key] + material[2 * key + salt :]
        return SrtpKeys(profile, server, client) if self._server else SrtpKeys(profile, client, server)

    def _read(self) -> None:
        try:
            self._connection.recv(_READ_SIZE)
        except SSL.ZeroReturnError:
            self.closed_by_peer = True
        except SSL.Error:
            return

    def _outgoing(self) -> list[bytes]:
        try:
            return _split(self._connection.bio_read(_READ_SIZE))
        except SSL.WantReadError:
            return []


def _split(flight: bytes) -> list[bytes]:
    """Cut what OpenSSL wrote into one memory buffer into datagrams again, at the borders of records."""
    datagrams: list[bytes] = []
    start = at = 0
    while at + _RECORD_HEADER_SIZE <= len(flight):
        end = at + _RECORD_HEADER_SIZE + int.from_bytes(flight[at + 11 : at + 13])
        if end - start > _MTU and at > start:
            datagrams.append(flight[start:at])
            start = at
        at = end
    return [*datagrams, flight[start:]] if start < len(flight) else datagrams
