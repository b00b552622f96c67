"""One session at a Janus, and what may become of it."""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from msgspec import structs

from bridges.errors import (
    BridgeAuthFailed,
    BridgeTimeout,
    BridgeUnavailable,
    LegGone,
    ProtocolError,
    RoomNotFound,
)
from bridges.janus.config import Config
from bridges.janus.session import Message, Refused, RoomExists, Session
from tests.auth_gateway.servers import Certificate
from tests.bridges.janus.rig import ADMIN_KEY, API_SECRET, IMPATIENT
from tests.bridges.simulators.janus import JanusSimulator
from tests.house import free_port

ROOM = "123456789"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def config_of(port: int, api_secret: str = API_SECRET) -> Config:
    return Config(host="127.0.0.1", port=port, api_secret=api_secret)


@pytest.fixture
async def session(janus: JanusSimulator) -> AsyncIterator[Session]:
    async with Session(config_of(janus.port), IMPATIENT) as session:
        yield session


async def test_it_asks_and_is_told_in_the_order_of_janus(session: Session) -> None:
    assert (await session.about())["version_string"] == "1.1.2"
    desk, watcher = await session.attach(), await session.attach()
    await session.ask(desk, "create", room=ROOM, admin_key=ADMIN_KEY, secret="s")
    await session.ask(watcher, "join", room=ROOM, id="watcher")
    await session.ask(desk, "kick", room=ROOM, id="watcher", secret="s")
    joined, kicked = session.waiting()
    assert (joined.handle, joined.data["audiobridge"]) == (watcher, "joined")
    assert kicked == Message(watcher, {"audiobridge": "event", "room": ROOM, "kicked": "watcher"})


async def test_a_handle_that_is_gone_is_told_without_data(session: Session) -> None:
    handle = await session.attach()
    await session.detach(handle)
    await session.detach(handle)
    assert await anext(session.messages()) == Message(handle, {})
    with pytest.raises(BridgeUnavailable):
        await session.ask(handle, "list")


@pytest.mark.parametrize(
    ("asked", "fields", "error"),
    [
        ("listparticipants", {"room": "nope"}, RoomNotFound),
        ("listparticipants", {"room": 5}, ProtocolError),
        ("create", {"room": ROOM}, RoomExists),
        ("mute", {"room": ROOM, "id": "nobody", "secret": "s"}, LegGone),
        ("mute", {"room": ROOM, "id": "nobody", "secret": "wrong"}, BridgeAuthFailed),
        ("create", {"room": "1", "admin_key": "wrong"}, BridgeAuthFailed),
        ("join", {"room": ROOM, "rtp": {"ip": "127.0.0.1", "port": 9}}, Refused),
        ("suspend", {"room": ROOM}, Refused),
    ],
    ids=range(8),
)
async def test_refusals_have_their_kinds(
    session: Session, asked: str, fields: dict[str, object], error: type[Exception]
) -> None:
    desk = await session.attach()
    await session.ask(desk, "create", room=ROOM, admin_key=ADMIN_KEY, secret="s")
    with pytest.raises(error):
        await session.ask(desk, asked, **fields)


async def test_a_session_outlives_the_patience_of_janus(janus: JanusSimulator, session: Session) -> None:
    await janus.heard("keepalive")
    await session.attach()


async def test_the_end_of_the_connection_ends_what_is_told_and_asked(
    janus: JanusSimulator, session: Session
) -> None:
    desk = await session.attach()
    janus.is_mute = True
    asked = asyncio.create_task(session.ask(desk, "list"))
    await janus.heard("message")
    await janus.close()
    assert [message async for message in session.messages()] == []
    with pytest.raises(BridgeUnavailable):
        await asked
    with pytest.raises(BridgeUnavailable):
        await session.attach()


async def test_a_janus_that_says_nothing_is_not_there(janus: JanusSimulator, session: Session) -> None:
    janus.is_mute = True
    assert [message async for message in session.messages()] == []


async def test_a_wrong_api_secret_is_said_so_and_not_shown(
    janus: JanusSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(BridgeAuthFailed) as failed:
        await Session(config_of(janus.port, "not-the-secret"), IMPATIENT).open()
    assert "not-the-secret" not in str(failed.value) + caplog.text


async def test_where_nobody_listens_there_is_no_connection() -> None:
    with pytest.raises(BridgeUnavailable):
        await Session(config_of(free_port()), IMPATIENT).open()


@asynccontextmanager
async def listening(serve: Handler, encrypted: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_get("/", serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=encrypted).start()
    yield int(runner.addresses[0][1])
    await runner.cleanup()


async def test_a_web_server_is_no_janus() -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="Hello")

    async with listening(page) as port:
        with pytest.raises(ProtocolError):
            await Session(config_of(port), IMPATIENT).open()


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    asked = []

    async def page(request: web.Request) -> web.Response:
        asked.append(request)
        return web.Response()

    certificate = Certificate(tmp_path, "127.0.0.1")
    encrypted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    encrypted.load_cert_chain(certificate.file, certificate.key_file)
    async with listening(page, encrypted) as port:
        with pytest.raises(BridgeUnavailable, match="certificate"):
            await Session(structs.replace(config_of(port), tls=True), IMPATIENT).open()
    assert not asked, "nothing was told to a stranger"


async def test_another_websocket_is_no_janus() -> None:
    async def echo(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for frame in socket:
            await socket.send_str(frame.data)
        return socket

    async with listening(echo) as port:
        with pytest.raises(ProtocolError):
            await Session(config_of(port), IMPATIENT).open()


@pytest.mark.parametrize(
    "answer",
    [{"janus": "success"}, {"janus": "success", "data": {"id": "x"}}, {"janus": "error"}, {"janus": "echo"}],
    ids=range(4),
)
async def test_an_answer_that_is_none_is_an_error(answer: dict[str, object]) -> None:
    async def odd(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("janus-protocol",))
        await socket.prepare(request)
        async for frame in socket:
            await socket.send_json(answer | {"transaction": frame.json()["transaction"]})
        return socket

    async with listening(odd) as port:
        with pytest.raises(ProtocolError):
            await Session(config_of(port), IMPATIENT).open()


async def test_who_takes_the_connection_and_is_silent_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(BridgeTimeout):
        await Session(config_of(silent.getsockname()[1]), IMPATIENT._replace(answers_within=0.2)).open()
