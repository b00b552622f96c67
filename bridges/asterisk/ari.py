"""Asterisk's REST interface: commands by HTTP, events by one websocket.

https://docs.asterisk.org/Configuration/Interfaces/Asterisk-REST-Interface-ARI/
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from typing import Any, Self

import aiohttp
from msgspec import DecodeError, json

from bridges.asterisk.values import Refused
from bridges.errors import (
    BridgeAuthFailed,
    BridgeError,
    BridgeTimeout,
    BridgeUnavailable,
    ProtocolError,
)

log = logging.getLogger(__name__)

PATIENCE_S = 10.0
HEARTBEAT_S = 15.0
MOST_BYTES = 1 << 20
FORBIDDEN = (401, 403)


class AriClient:
    """Commands; with `listen` also events."""

    def __init__(
        self,
        host: str,
        port: int,
        username: str,
        password: str,
        *,
        tls: ssl.SSLContext | None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        host = f"[{host}]" if ":" in host else host
        self._base = f"{'https' if tls else 'http'}://{host}:{port}/ari"
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=tls or True),
            headers={"Authorization": aiohttp.encode_basic_auth(username, password)},
            timeout=aiohttp.ClientTimeout(total=patience_s),
        )
        self._patience_s = patience_s
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        if self._socket:
            await self._socket.close()
        await self._session.close()

    async def listen(self, app: str) -> None:
        """From now on events of this Stasis application are kept for `events`. Raises as `ask`."""
        try:
            async with asyncio.timeout(self._patience_s):
                self._socket = await self._session.ws_connect(
                    f"{self._base}/events",
                    params={"app": app, "subscribeAll": "false"},
                    heartbeat=HEARTBEAT_S,
                    max_msg_size=MOST_BYTES,
                )
        except aiohttp.WSServerHandshakeError as error:
            raise _failure(error.status, "events", "") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise BridgeUnavailable(_unreachable(self._base, error)) from error

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """Until the connection ends."""
        if self._socket is None:
            return
        async for message in self._socket:
            if message.type != aiohttp.WSMsgType.TEXT:
                continue
            try:
                event = json.decode(message.data)
            except DecodeError:
                continue
            if isinstance(event, dict):
                yield event

    async def ask(self, method: str, path: str, body: object = None, **params: str) -> Any:
        """The answer's JSON; None if there is none. Raises Refused, BridgeAuthFailed, BridgeUnavailable,
        BridgeTimeout, ProtocolError."""
        data = await self._answer(method, path, body, params)
        try:
            return json.decode(data) if data else None
        except DecodeError as error:
            raise ProtocolError(f"Asterisk did not answer {path} with JSON") from error

    async def fetch(self, path: str) -> bytes:
        """A file. Raises as `ask`."""
        return await self._answer("GET", path, None, {})

    async def _answer(self, method: str, path: str, body: object, params: dict[str, str]) -> bytes:
        try:
            async with self._session.request(
                method, f"{self._base}/{path}", params=params, json=body
            ) as response:
                data = await response.read()
        except TimeoutError as error:
            raise BridgeTimeout(f"Asterisk did not answer {method} {path}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise BridgeUnavailable(_unreachable(self._base, error)) from error
        if response.status >= 400:
            raise _failure(response.status, path, data.decode(errors="replace")[:200])
        return data


def _failure(status: int, path: str, message: str) -> BridgeError:
    log.debug("Asterisk answered %s with %s %s", path, status, message)
    if status in FORBIDDEN:
        return BridgeAuthFailed("Asterisk refuses the REST user or its password")
    return Refused(f"Asterisk answered {path} with {status}")


def _unreachable(base: str, error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"The certificate of {base} is not trusted"
    return f"No connection to {base}"
