"""One session at a Janus over one WebSocket: requests and their answers, and what it tells unasked.

https://janus.conf.meetecho.com/docs/rest.html (WebSockets interface), audiobridge.html
"""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Self

import aiohttp
from msgspec import DecodeError, json

from bridges.errors import (
    BridgeAuthFailed,
    BridgeError,
    BridgeTimeout,
    BridgeUnavailable,
    LegGone,
    ProtocolError,
    RoomNotFound,
)
from bridges.janus.config import Config

log = logging.getLogger(__name__)

PROTOCOL = "janus-protocol"
PLUGIN = "janus.plugin.audiobridge"
MOST_BYTES = 1 << 20
MOST_WAITING = 5000
"""Messages nobody has looked at yet: then Janus waits."""

Data = dict[str, Any]


class Timing(NamedTuple):
    """In seconds. Janus ends sessions it has not heard of for 60."""

    answers_within: float = 10.0
    keepalive_every: float = 25.0
    look_every: float = 5.0
    """For rooms that others made."""
    first_pause: float = 0.2
    longest_pause: float = 30.0


class Message(NamedTuple):
    """`handle`: to which of ours it was told; `data`: of the plugin. Empty `data`: the handle is gone."""

    handle: int
    data: Data


class RoomExists(BridgeError):
    pass


class Refused(BridgeError):
    """Janus does not do it; the message is its own."""


class Session:
    """Used after `open`. Requests raise BridgeUnavailable, BridgeTimeout, BridgeAuthFailed, ProtocolError."""

    def __init__(self, config: Config, timing: Timing) -> None:
        scheme, host = "wss" if config.tls else "ws", config.host
        authority = f"[{host}]" if ":" in host else host
        self._url = f"{scheme}://{authority}:{config.port}{config.path}"
        self._api_secret = config.api_secret
        self._timing = timing
        self._names = itertools.count(1)
        self._asked: dict[str, asyncio.Future[Data]] = {}
        self._told: asyncio.Queue[Message | None] = asyncio.Queue(MOST_WAITING)
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self._living: asyncio.Task[None] | None = None
        self._id = 0

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        self._http = aiohttp.ClientSession()
        try:
            await self._connect(self._http)
            self._id = _id_of(await self._request({"janus": "create"}))
        except BaseException:
            await self.close()
            raise
        self._living = asyncio.create_task(self._keep_alive())

    async def close(self) -> None:
        """Our participants leave."""
        if self._id and self._reading and not self._reading.done():
            with suppress(BridgeError):
                await self._request({"janus": "destroy", "session_id": self._id})
        self._id = 0
        tasks = [task for task in (self._living, self._reading) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._socket:
            with suppress(aiohttp.ClientError, OSError, TimeoutError):
                async with asyncio.timeout(self._timing.answers_within):
                    await self._socket.close()
        if self._http:
            await self._http.close()
        self._ends()

    async def about(self) -> Data:
        """Of the server."""
        return await self._request({"janus": "info"})

    async def attach(self) -> int:
        """A handle: in at most one room."""
        return _id_of(await self._request({"janus": "attach", "session_id": self._id, "plugin": PLUGIN}))

    async def detach(self, handle: int) -> None:
        """Its participant leaves. Harmless if it is gone."""
        with suppress(BridgeError):
            await self._request({"janus": "detach", "session_id": self._id, "handle_id": handle})

    async def ask(self, handle: int, request: str, **fields: object) -> Data:
        """Of the AudioBridge. Raises also RoomNotFound, RoomExists, LegGone, Refused."""
        body = {"request": request} | {name: value for name, value in fields.items() if value != ""}
        message = {"janus": "message", "session_id": self._id, "handle_id": handle, "body": body}
        data = _data_of(await self._request(message))
        if "error_code" in data:
            raise _refusal(data["error_code"], str(data.get("error", "")), request)
        return data

    async def messages(self) -> AsyncIterator[Message]:
        """Until the connection ends."""
        while (message := await self._told.get()) is not None:
            yield message

    def waiting(self) -> list[Message]:
        """What has come until now."""
        found = [self._told.get_nowait() for _ in range(self._told.qsize())]
        if None in found:
            self._told.put_nowait(None)
        return [message for message in found if message is not None]

    # The wire

    async def _connect(self, http: aiohttp.ClientSession) -> None:
        try:
            async with asyncio.timeout(self._timing.answers_within):
                self._socket = await http.ws_connect(
                    self._url,
                    protocols=(PROTOCOL,),
                    max_msg_size=MOST_BYTES,
                )
        except aiohttp.WSServerHandshakeError as error:
            raise ProtocolError(f"{self._url} is no WebSocket interface: status {error.status}") from error
        except aiohttp.ClientConnectorCertificateError as error:
            raise BridgeUnavailable(f"{self._url} shows a certificate that is not trusted") from error
        except TimeoutError as error:
            raise BridgeTimeout(f"{self._url} did not answer") from error
        except (aiohttp.ClientError, OSError) as error:
            raise BridgeUnavailable(f"No connection to {self._url}") from error
        if self._socket.protocol != PROTOCOL:
            raise ProtocolError(f"{self._url} does not speak {PROTOCOL}")
        self._reading = asyncio.create_task(self._read(self._socket))

    async def _request(self, message: Data, *, acknowledged: bool = False) -> Data:
        """The answer; `acknowledged`: that it was heard is the answer."""
        name = f"{'k' if acknowledged else 'r'}{next(self._names)}"
        if self._socket is None or self._socket.closed:
            raise BridgeUnavailable("There is no connection to Janus now")
        answer = self._asked[name] = asyncio.get_running_loop().create_future()
        secret = {"apisecret": self._api_secret} if self._api_secret else {}
        try:
            async with asyncio.timeout(self._timing.answers_within):
                await self._socket.send_bytes(json.encode(message | {"transaction": name} | secret))
                return _accepted(await answer)
        except TimeoutError as error:
            raise BridgeTimeout(f"Janus did not answer: {_what(message)}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise BridgeUnavailable("The connection to Janus broke") from error
        finally:
            self._asked.pop(name, None)

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for frame in socket:
                message = _message_in(frame)
                if message.get("janus") == "timeout":
                    break
                await self._take(message)
        finally:
            self._ends()

    async def _take(self, message: Data) -> None:
        """What answers us may be news for others as well, in its place between the rest."""
        match message:
            case {"janus": "event", "sender": int(handle), "plugindata": {"data": dict(data)}}:
                await self._told.put(Message(handle, data))
            case {"janus": "detached" | "hangup", "sender": int(handle)}:
                await self._told.put(Message(handle, {}))
            case _:
                pass
        name = message.get("transaction")
        if not isinstance(name, str) or name not in self._asked:
            return
        if message.get("janus") == "ack" and not name.startswith("k"):
            return
        if not self._asked[name].done():
            self._asked[name].set_result(message)

    def _ends(self) -> None:
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(BridgeUnavailable("The connection to Janus broke"))
        if self._told.full():
            self._told.get_nowait()
        self._told.put_nowait(None)

    async def _keep_alive(self) -> None:
        """A Janus that does not answer is not there."""
        while True:
            await asyncio.sleep(self._timing.keepalive_every)
            try:
                await self._request({"janus": "keepalive", "session_id": self._id}, acknowledged=True)
            except BridgeError as error:
                log.warning("Janus does not answer: %s", error)
                if self._reading:
                    self._reading.cancel()
                return


def _message_in(frame: aiohttp.WSMessage) -> Data:
    """Empty if it is none."""
    try:
        message = json.decode(frame.data) if frame.type is aiohttp.WSMsgType.TEXT else None
    except DecodeError:
        message = None
    if isinstance(message, dict):
        return message
    log.warning("Janus said something odd")
    return {}


def _what(message: Mapping[str, Any]) -> str:
    """Without secrets."""
    return str(message["body"]["request"] if "body" in message else message["janus"])


def _accepted(message: Data) -> Data:
    match message:
        case {"janus": "error", "error": {"code": 403}}:
            raise BridgeAuthFailed("Janus refuses the API secret")
        case {"janus": "error", "error": {"code": 458 | 459}}:
            raise BridgeUnavailable("Janus has forgotten our session")
        case {"janus": "error", "error": {"code": 460}}:
            raise ProtocolError("This Janus has no AudioBridge")
        case {"janus": "error", "error": {"code": int(code)}}:
            raise ProtocolError(f"Janus answered with error {code}")
        case {"janus": "success" | "event" | "ack" | "server_info"}:
            return message
        case _:
            raise ProtocolError("Janus answered with what is no answer")


def _id_of(message: Data) -> int:
    match message:
        case {"data": {"id": int(id)}}:
            return id
        case _:
            raise ProtocolError("Janus answered with what is no answer")


def _data_of(message: Data) -> Data:
    match message:
        case {"plugindata": {"data": dict(data)}}:
            return data
        case _:
            raise ProtocolError("Janus answered with what is no answer")


def _refusal(code: object, text: str, request: str) -> BridgeError:
    """By the codes of the AudioBridge (plugins/janus_audiobridge.c)."""
    match code:
        case 484:
            return ProtocolError(f'Janus answered "{request}" with: {text}; string_ids must be true there')
        case 485:
            return RoomNotFound(text)
        case 486:
            return RoomExists(text)
        case 489 if "wrong" in text or "allowed list" in text:
            return BridgeAuthFailed(f'Janus answered "{request}" with: {text}')
        case 492 | 487:
            return LegGone(text)
        case _:
            return Refused(f'Janus answered "{request}" with: {text}')
