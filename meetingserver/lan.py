"""The local network: the addresses of this machine, and a self-signed certificate for them. Imports nothing
of ours."""

import datetime as dt
import ipaddress
import os
import socket
from pathlib import Path

import ifaddr
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_FOR = dt.timedelta(days=365)
RENEWED_BEFORE_END = dt.timedelta(days=30)


def addresses() -> list[str]:
    """IPv4 addresses of this machine that others may reach, else loopback."""
    found = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)]
    outside = [ip for ip in found if not ipaddress.ip_address(ip).is_loopback]
    return outside or ["127.0.0.1"]


def host_name() -> str:
    """The name this machine gives itself."""
    return socket.gethostname().lower()


def certificate(folder: Path, names: list[str], now: dt.datetime) -> tuple[Path, Path]:
    """Certificate and key for these names as PEM files; made anew when names changed or the end is near."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    wanted = sorted({"localhost", "127.0.0.1", *names})
    if not (key_file.exists() and certificate_file.exists() and _still_good(certificate_file, wanted, now)):
        key = ec.generate_private_key(ec.SECP256R1())
        _write_private(key_file, _pem(key))
        certificate_file.write_bytes(_signed(key, wanted, now).public_bytes(serialization.Encoding.PEM))
    return certificate_file, key_file


def _still_good(file: Path, wanted: list[str], now: dt.datetime) -> bool:
    found = x509.load_pem_x509_certificate(file.read_bytes())
    alternatives = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    names = sorted(str(name.value) for name in alternatives)
    return names == wanted and now < found.not_valid_after_utc - RENEWED_BEFORE_END


def _signed(key: ec.EllipticCurvePrivateKey, names: list[str], now: dt.datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "MeetingServer")])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_private(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
