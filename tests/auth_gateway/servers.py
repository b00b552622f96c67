"""Sign-in servers for tests: small real ones, on sockets, that behave as they are told."""

import contextlib
import datetime as dt
import json
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from auth_gateway.contract import Question

Behave = Callable[["Request"], None]
SECRET = "whsec_c2l4dGVlbiBieXRlcyBvciBtb3JlIG9mIGl0"


class Request:
    """What came in, and the way back."""

    def __init__(self, headers: dict[str, str], body: bytes, write: Callable[[bytes], None]) -> None:
        self.headers, self.body, self.write = headers, body, write
        self.over = threading.Event()
        """Whoever dribbles stops when it is set."""

    @property
    def asked(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def answer(
        self, status: int, body: bytes = b"", *, kind: str = "application/json", more: str = ""
    ) -> None:
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        self.write(head.encode() + body)

    def says(self, **fields: Any) -> None:
        """In our words, with the nonce of this question."""
        self.answer(200, json.dumps({"result": "allow", "nonce": self.asked["id"], **fields}).encode())


class SignInServer(socketserver.ThreadingTCPServer):
    """`behave` may be exchanged at any time; `requests` are all that came, in order."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, behave: Behave, certificate: "Certificate | None" = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behave = behave
        self.requests: list[Request] = []
        self.port = int(self.server_address[1])
        self.url = f"{'https' if certificate else 'http'}://localhost:{self.port}/auth"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key_file)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asks may hang up in the middle."""


class _Handler(socketserver.StreamRequestHandler):
    server: SignInServer

    def handle(self) -> None:
        if not self.rfile.readline():
            return  # they hung up before they asked anything
        headers = {}
        while (line := self.rfile.readline().decode().strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        request = Request(headers, body, self._write)
        self.server.requests.append(request)
        self.server.behave(request)

    def _write(self, content: bytes) -> None:
        self.wfile.write(content)
        self.wfile.flush()


@contextlib.contextmanager
def sign_in_server(behave: Behave, certificate: "Certificate | None" = None) -> Iterator[SignInServer]:
    server = SignInServer(behave, certificate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        for request in server.requests:
            request.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Certificate:
    """One that nobody but itself signed."""

    def __init__(self, folder: Path, host: str = "localhost") -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        begin = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + dt.timedelta(days=30))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.file, self.key_file = folder / "certificate.pem", folder / "key.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        self.sha256 = certificate.fingerprint(hashes.SHA256()).hex()


ALICES = Question(action="login", user="alice", password="correct horse", ip="192.0.2.7", host="meet.example")
