"""Certificates that nobody but who is told trusts."""

import subprocess
from pathlib import Path

from tests.interop.phones import LOCALHOST


def certificate(folder: Path) -> Path:
    """Key and certificate of 127.0.0.1, signed by itself."""
    folder.mkdir()
    key, signed, both = folder / "key.pem", folder / "certificate.pem", folder / "both.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = [
        "-subj",
        f"/CN={LOCALHOST}",
        "-addext",
        f"subjectAltName=IP:{LOCALHOST}",
        "-keyout",
        str(key),
        "-out",
        str(signed),
    ]
    subprocess.run([*request, *files], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + signed.read_bytes())
    return both
