"""A signed message for every row, to an address of the mapping file (Standard Webhooks 1.0.0). A repeated one
has the `webhook-id` and the body of the first, and a signature for the time at which it is sent again: who
takes it tells it by its id, and says so by any 2xx, or by 409."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from auth_gateway import client
from auth_gateway.configuration import Gateway
from auth_gateway.contract import Unavailable
from auth_gateway.signing import secret_bytes, signed_headers
from billing.mapping import Row, Target
from billing.targets.port import Held, Parcel, Refused
from conferences.core.words import Millis

CONNECT_S = 3.0
HAD_IT = 409
NEVER = (400, 413, 415, 422)
"""What no repetition makes better."""


class WebhookPort:
    most = 1

    def __init__(self, target: Target, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._server = Gateway(
            url=target.url,
            secrets=tuple(secret_bytes(secret) for secret in target.secrets),
            connect_s=CONNECT_S,
            total_s=target.timeout_s,
            ca_file=target.ca_file,
            fingerprint=target.fingerprint,
        )

    def close(self) -> None:
        """Connections are not kept."""

    def deliver(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            for place, row in enumerate(parcel.rows):
                self._post(f"{parcel.record}.{place}", _message(row, parcel.at))

    def _post(self, id: str, body: bytes) -> None:
        at = int(self._clock())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": str(at),
            **signed_headers(self._server.secrets, id, at, body),
        }
        answer = client.post(self._server, body, headers)
        if isinstance(answer, Unavailable):
            raise Held(f"the web server did not answer: {answer.detail or answer.code}")
        if answer.status in NEVER:
            raise Refused(f"the web server refused it: {answer.status}")
        if answer.status != HAD_IT and not 200 <= answer.status < 300:
            raise Held(f"the web server answers {answer.status}")


def _message(row: Row, at: Millis) -> bytes:
    """The same at every try. Raises Refused."""
    told = {
        "type": row.table.name,
        "timestamp": datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds"),
        "data": row.values,
    }
    try:
        return json.dumps(told, default=_said, allow_nan=False).encode()
    except (TypeError, ValueError):
        raise Refused(f"{row.table.title}: a value cannot be said in JSON") from None


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError
