"""The way to the site's sign-in server and back: one POST within hard limits, or a reason why not.

It runs on a loop of its own in a thread of its own, so that views call it as it is and coroutines through
`asyncio.to_thread`; and so that its deadline holds whatever the other side does, drip by drip.
"""

import asyncio
import functools
import os
import ssl
import threading
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

import aiohttp

from auth_gateway.configuration import Gateway
from auth_gateway.contract import Reply, Unavailable

MOST_BYTES = 64 * 1024
GRACE_S = 5.0
"""How long after its deadline the loop itself may be late before we give up on it."""

T = TypeVar("T")


def post(gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> Reply | Unavailable:
    """Ask; once more when there was no connection at all, for then nothing was asked. Never raises."""
    asking = _run(_within(gateway, body, headers))
    try:
        return asking.result(gateway.total_s + GRACE_S)
    except TimeoutError:
        asking.cancel()
        return Unavailable("timeout", "this process is too busy to ask")


async def _within(gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> Reply | Unavailable:
    try:
        async with asyncio.timeout(gateway.total_s):
            return await _twice(gateway, body, headers)
    except TimeoutError:
        return Unavailable("timeout", f"no whole answer within {gateway.total_s:g} s")


async def _twice(gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> Reply | Unavailable:
    try:
        return await _once(gateway, body, headers)
    except aiohttp.ClientSSLError as error:
        return _unreachable(error)
    except aiohttp.ClientConnectorError:
        return await _last(gateway, body, headers)
    except (aiohttp.ClientError, ssl.SSLError, OSError, ValueError) as error:
        return _unreachable(error)


async def _last(gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> Reply | Unavailable:
    try:
        return await _once(gateway, body, headers)
    except (aiohttp.ClientError, ssl.SSLError, OSError, ValueError) as error:
        return _unreachable(error)


def _unreachable(error: Exception) -> Unavailable:
    match error:
        case aiohttp.ServerFingerprintMismatch():
            got = error.got.hex()
            return Unavailable(
                "certificate", f"another certificate than the pinned one: its SHA-256 is {got}"
            )
        case aiohttp.ClientConnectorCertificateError():
            return Unavailable("certificate", str(error.certificate_error))
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Unavailable("certificate", "no encrypted connection could be made")
        case aiohttp.ClientConnectorError():
            return Unavailable("unreachable", f"no connection: {error.os_error.strerror or error.os_error}")
        case TimeoutError():
            return Unavailable("timeout", "no answer in time")
        case _:
            return Unavailable("unreachable", f"the connection broke: {type(error).__name__}")


async def _once(gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> Reply | Unavailable:
    """A connection of its own, and none kept: a stale one could not be told from a refused request."""
    limits = aiohttp.ClientTimeout(total=gateway.total_s, sock_connect=gateway.connect_s)
    connector = aiohttp.TCPConnector(ssl=_trust(gateway), force_close=True)
    async with (
        aiohttp.ClientSession(
            connector=connector, timeout=limits, auto_decompress=False, cookie_jar=_no_cookies()
        ) as session,
        session.post(
            gateway.url, data=body, headers=_all_headers(gateway, headers), allow_redirects=False
        ) as answer,
    ):
        return await _read(answer)


def _no_cookies() -> aiohttp.abc.AbstractCookieJar:
    return aiohttp.DummyCookieJar()


def _all_headers(gateway: Gateway, headers: Mapping[str, str]) -> dict[str, str]:
    own = {"User-Agent": "MeetingServer", "Accept": "application/json", "Accept-Encoding": "identity"}
    return {**own, **_credentials(gateway), **headers}


def _credentials(gateway: Gateway) -> dict[str, str]:
    if gateway.bearer:
        return {"Authorization": f"Bearer {gateway.bearer}"}
    if gateway.username:
        return {"Authorization": aiohttp.encode_basic_auth(gateway.username, gateway.password)}
    return {}


def _trust(gateway: Gateway) -> ssl.SSLContext | aiohttp.Fingerprint:
    """A pinned certificate is trusted for what it is, whoever signed it."""
    if gateway.fingerprint:
        return aiohttp.Fingerprint(bytes.fromhex(gateway.fingerprint))
    return _authorities(gateway.ca_file)


@functools.cache
def _authorities(ca_file: str) -> ssl.SSLContext:
    """Reading them takes longer than asking."""
    return ssl.create_default_context(cafile=ca_file or None)


async def _read(answer: aiohttp.ClientResponse) -> Reply | Unavailable:
    content = b""
    if (answer.content_length or 0) > MOST_BYTES:
        return _too_large()
    async for chunk in answer.content.iter_chunked(8192):
        content += chunk
        if len(content) > MOST_BYTES:
            return _too_large()
    return Reply(answer.status, answer.headers.get("Content-Type", "").lower(), content)


def _too_large() -> Unavailable:
    return Unavailable("too_large", f"more than {MOST_BYTES // 1024} kB")


# The loop


class _Loop:
    """One for a process; after a fork the child makes its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def get(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._owner != os.getpid():
                self._loop = asyncio.new_event_loop()
                self._owner = os.getpid()
                threading.Thread(target=self._loop.run_forever, name="sign-in", daemon=True).start()
            return self._loop


_loop = _Loop()


def _run(asking: Coroutine[Any, Any, T]) -> "Future[T]":
    return asyncio.run_coroutine_threadsafe(asking, _loop.get())
