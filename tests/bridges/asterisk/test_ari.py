"""The REST interface's client, against a server that says what a test wants."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bridges.asterisk.ari import AriClient
from bridges.asterisk.values import Refused
from bridges.errors import BridgeAuthFailed, BridgeError, BridgeTimeout, BridgeUnavailable, ProtocolError
from tests.house import free_port

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def connected(handler: Handler, *, patience_s: float = 10) -> AsyncIterator[AriClient]:
    app = web.Application()
    app.router.add_route("*", "/ari/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        async with client_of(port, patience_s=patience_s) as client:
            yield client
    finally:
        await runner.cleanup()


def client_of(port: int, *, patience_s: float = 10) -> AriClient:
    return AriClient("127.0.0.1", port, "meetingserver", "not-the-secret", tls=None, patience_s=patience_s)


async def test_what_is_asked_comes_with_its_parameters_and_the_password() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.method == "DELETE":
            return web.Response(status=204)
        return web.json_response({"path": request.path, **request.query, **request.headers})

    async with connected(handler) as ari:
        answer = await ari.ask("POST", "channels/1.1/mute", direction="in")
        assert (answer["path"], answer["direction"]) == ("/ari/channels/1.1/mute", "in")
        assert answer["Authorization"] == aiohttp.encode_basic_auth("meetingserver", "not-the-secret")
        assert await ari.ask("DELETE", "channels/1.1") is None


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, BridgeAuthFailed),
        (403, BridgeAuthFailed),
        (404, Refused),
        (409, Refused),
        (422, Refused),
        (500, Refused),
    ],
)
async def test_refusals_are_told_without_the_password(status: int, error: type[BridgeError]) -> None:
    async def handler(_: web.Request) -> web.StreamResponse:
        return web.json_response({"message": "no"}, status=status)

    async with connected(handler) as ari:
        with pytest.raises(error) as refused:
            await ari.ask("GET", "channels")
        assert "not-the-secret" not in str(refused.value)
        with pytest.raises(error):
            await ari.listen("meetingserver")


async def test_what_is_no_json_is_told() -> None:
    async def handler(_: web.Request) -> web.StreamResponse:
        return web.Response(text="<html>")

    async with connected(handler) as ari:
        with pytest.raises(ProtocolError):
            await ari.ask("GET", "channels")


async def test_who_does_not_answer_in_time_is_given_up() -> None:
    async def handler(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async with connected(handler, patience_s=0.05) as ari:
        with pytest.raises(BridgeTimeout):
            await ari.ask("GET", "channels")
        with pytest.raises(BridgeUnavailable):
            await ari.listen("meetingserver")


async def test_who_is_not_there_is_told() -> None:
    async with client_of(free_port()) as ari:
        with pytest.raises(BridgeUnavailable):
            await ari.ask("GET", "channels")
        with pytest.raises(BridgeUnavailable):
            await ari.listen("meetingserver")
        assert [event async for event in ari.events()] == []


async def test_events_come_until_the_connection_ends_and_nonsense_is_left_out() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for text in ("nonsense", "[1]", '{"type": "StasisStart"}'):
            await socket.send_str(text)
        await socket.send_bytes(b"{}")
        await socket.close()
        return socket

    async with connected(handler) as ari:
        await ari.listen("meetingserver")
        assert [event async for event in ari.events()] == [{"type": "StasisStart"}]
