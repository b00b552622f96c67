"""A Janus, real or simulated, with callers: what the contract suite needs of it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Self

from msgspec import structs

from bridges.janus.adapter import Adapter
from bridges.janus.config import Config
from bridges.janus.session import Timing
from tests.bridges.janus.phones import JanusPhone, PhoneGateway
from tests.bridges.proxy import Wire
from tests.bridges.rig import Callee, Phone
from tests.bridges.stage import OTHER_ROOM, ROOM

API_SECRET, ADMIN_KEY, ROOM_SECRET, PIN = "api-change-me", "admin-change-me", "room-change-me", "4711"
"""As in docs/phones-janus.md."""
IMPATIENT = Timing(answers_within=3, keepalive_every=1, look_every=0.2, first_pause=0.05, longest_pause=0.2)


class JanusRig:
    numbers: Mapping[Callee, str] = MappingProxyType({})
    secret = API_SECRET
    has_menu = False

    def __init__(self, gateway: PhoneGateway, wire: Wire) -> None:
        self.gateway = gateway
        self._wire = wire

    @classmethod
    @asynccontextmanager
    async def of(cls, port: int) -> AsyncIterator[Self]:
        wire = Wire(port)
        await wire.mend()
        secrets = {"api_secret": API_SECRET, "admin_key": ADMIN_KEY, "room_secret": ROOM_SECRET, "pin": PIN}
        async with PhoneGateway(port, **secrets) as gateway:
            yield cls(gateway, wire)
            await wire.cut()
            for room in (await gateway.ask("list", admin_key=ADMIN_KEY))["list"]:
                await gateway.ask("destroy", room=room["room"])

    def config(self, **changed: object) -> Config:
        usual = Config(
            host="127.0.0.1",
            port=self._wire.port,
            api_secret=API_SECRET,
            admin_key=ADMIN_KEY,
            room_secret=ROOM_SECRET,
            pin=PIN,
            rooms=(ROOM, OTHER_ROOM),
        )
        return structs.replace(usual, **changed)

    def bridge(self, *, secret: str = "") -> Adapter:
        return Adapter("janus", self.config(api_secret=secret or API_SECRET), IMPATIENT)

    async def call(self, *, caller: str, dialled: str) -> JanusPhone:
        return await self.gateway.call(dialled, caller)

    async def call_by_menu(self, room: str) -> Phone:
        raise NotImplementedError

    async def called(self, callee: Callee) -> Phone:
        raise NotImplementedError

    async def cut(self) -> None:
        await self._wire.cut()

    async def mend(self) -> None:
        await self._wire.mend()

    async def end_media(self, room: str) -> None:
        await self.gateway.kick_ours(room, "media")
