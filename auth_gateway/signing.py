"""Signatures of requests as Standard Webhooks has them (specification 1.0.0): HMAC-SHA256 over `id.ts.body`.
Two secrets may be valid at a time, so that they can be changed without a gap. PURE."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence

TOLERANCE_S = 5 * 60
PREFIX = "whsec_"


def secret_bytes(secret: str) -> bytes:
    """`whsec_` and base64, as the specification writes secrets; or any other text. Raises ValueError."""
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("what follows whsec_ is not base64") from None


def signature(secret: bytes, id: str, at: int, body: bytes) -> str:
    signed = f"{id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def signed_headers(secrets: Sequence[bytes], id: str, at: int, body: bytes) -> dict[str, str]:
    """Signed by every secret, the newest first. `at` in seconds since 1970."""
    if not secrets:
        return {}
    return {
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(secret, id, at, body) for secret in secrets),
    }


def signed_id(secrets: Sequence[bytes], headers: Mapping[str, str], body: bytes, now: float) -> str | None:
    """The id of a message that one of the secrets signed within the last minutes; None: it is not so. That an
    id comes once, whoever asks has to see to."""
    id, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (0 < len(id) <= 100 and at.isascii() and at.isdigit() and len(at) <= 12):
        return None
    given = headers.get("webhook-signature", "").encode(errors="replace").split(b" ")[:10]
    right = [signature(secret, id, int(at), body).encode() for secret in secrets]
    matches = [hmac.compare_digest(one, other) for one in given for other in right]
    return id if any(matches) and abs(now - int(at)) <= TOLERANCE_S else None
