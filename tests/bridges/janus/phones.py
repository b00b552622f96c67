"""Who brings callers into the rooms of a Janus, real or simulated: by plain RTP, as gateways do."""

import asyncio
import itertools
from typing import Any, Self

import aiohttp

from tests.bridges.patience import within_patience
from tests.bridges.sip_phones import Sound

PLUGIN = "janus.plugin.audiobridge"
Data = dict[str, Any]


class JanusPhone:
    """One caller; a `rig.Phone`."""

    def __init__(self, gateway: "PhoneGateway", handle: int, sound: Sound) -> None:
        self.ear = sound.ear
        self.name = ""
        self.sound = sound
        self.out = asyncio.Event()
        self._gateway, self._handle = gateway, handle

    async def press(self, keys: str) -> None:
        raise NotImplementedError

    def talk(self, hz: float) -> None:
        self.sound.voice.hz = hz

    async def hold(self, *, held: bool) -> None:
        raise NotImplementedError

    async def hang_up(self) -> None:
        await self._gateway.detach(self._handle)
        self.sound.close()

    async def over(self) -> None:
        async with within_patience("the phone hears that its call is over"):
            await self.out.wait()


class PhoneGateway:
    """With a session of its own. It knows all secrets, and the token for locked rooms not."""

    def __init__(self, port: int, *, api_secret: str, admin_key: str, room_secret: str, pin: str) -> None:
        self._port, self._api_secret = port, api_secret
        self._admin_key, self._room_secret, self._pin = admin_key, room_secret, pin
        self._names = itertools.count(1)
        self._asked: dict[str, asyncio.Future[Data]] = {}
        self._phones: dict[int, JanusPhone] = {}
        self._desk = 0
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()
        await self._http.close()

    async def open(self) -> None:
        """Once more, after Janus was restarted: all calls are over."""
        await self._close()
        self._socket = await self._http.ws_connect(
            f"http://127.0.0.1:{self._port}/", protocols=("janus-protocol",)
        )
        self._reading = asyncio.create_task(self._read(self._socket))
        self._session = (await self._request(janus="create"))["data"]["id"]
        self._desk = await self._attach()

    async def _close(self) -> None:
        for phone in self._phones.values():
            phone.sound.close()
        self._phones.clear()
        if self._reading and self._socket:
            self._reading.cancel()
            await self._socket.close()

    async def call(self, room: str, display: str, name: str = "") -> JanusPhone:
        loop = asyncio.get_running_loop()
        _, sound = await loop.create_datagram_endpoint(Sound, ("127.0.0.1", 0))
        handle = await self._attach()
        phone = self._phones[handle] = JanusPhone(self, handle, sound)
        rtp = {"ip": "127.0.0.1", "port": sound.port, "payload_type": 0}
        wish = {"request": "join", "room": room, "pin": self._pin, "display": display, "rtp": rtp}
        joined = await self._message(
            handle, wish | {"codec": "pcmu", "prebuffer": 2} | ({"id": name} if name else {})
        )
        phone.name = joined["id"]
        sound.to = (joined["rtp"]["ip"], joined["rtp"]["port"])
        return phone

    async def call_by_webrtc(self, room: str, display: str, offer: str) -> str:
        """With an offer (SDP); returns the answer."""
        body = {"request": "join", "room": room, "pin": self._pin, "display": display}
        handle = await self._attach()
        await self._message(handle, body)
        configured = await self._request(
            janus="message",
            session_id=self._session,
            handle_id=handle,
            body={"request": "configure", "muted": False},
            jsep={"type": "offer", "sdp": offer},
        )
        return str(configured["jsep"]["sdp"])

    async def ask(self, request: str, **fields: Any) -> Data:
        """About a room."""
        return await self._message(self._desk, {"request": request, "secret": self._room_secret} | fields)

    async def make(self, room: str) -> None:
        await self.ask(
            "create", room=room, admin_key=self._admin_key, pin=self._pin, allow_rtp_participants=True
        )

    async def kick_ours(self, room: str, purpose: str) -> None:
        inside = (await self.ask("listparticipants", room=room))["participants"]
        for one in inside:
            if f":{purpose}:" in one["id"]:
                await self.ask("kick", room=room, id=one["id"])

    async def detach(self, handle: int) -> None:
        await self._request(janus="detach", session_id=self._session, handle_id=handle)

    async def _attach(self) -> int:
        attached = await self._request(janus="attach", session_id=self._session, plugin=PLUGIN)
        return int(attached["data"]["id"])

    async def _message(self, handle: int, body: Data) -> Data:
        answer = await self._request(janus="message", session_id=self._session, handle_id=handle, body=body)
        data: Data = answer["plugindata"]["data"]
        if "error" in data:
            raise PermissionError(data["error"])
        return data

    async def _request(self, **message: Any) -> Data:
        name = str(next(self._names))
        answer = self._asked[name] = asyncio.get_running_loop().create_future()
        assert self._socket
        await self._socket.send_json(message | {"transaction": name, "apisecret": self._api_secret})
        async with within_patience(f"Janus answers {message}"):
            answered: Data = await answer
        return answered

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in socket:
            message = frame.json()
            answer = self._asked.get(message.get("transaction", ""))
            if answer and not answer.done() and message["janus"] != "ack":
                answer.set_result(message)
            phone = self._phones.get(message.get("sender", 0))
            data = message.get("plugindata", {}).get("data", {})
            if phone and (data.get("kicked") == phone.name or data.get("audiobridge") == "destroyed"):
                phone.out.set()
