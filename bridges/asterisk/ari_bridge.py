"""Mode `ari`, its lower half: the connection, the calls that come to our Stasis application, and what there is."""

import asyncio
import logging
from time import monotonic
from typing import Any

from msgspec import structs

from bridges.asterisk.ami_events import HELPER
from bridges.asterisk.ari import Absent, AriClient
from bridges.asterisk.ari_events import STATES, AriEvents, Event
from bridges.asterisk.bridge import AsteriskBridge
from bridges.asterisk.calls import PLACED
from bridges.asterisk.config import Config
from bridges.asterisk.values import is_placed, leg_of
from bridges.errors import BridgeError, BridgeUnavailable, LegGone
from bridges.events import BridgeUp
from bridges.types import Health, Leg, LegState, Room

log = logging.getLogger(__name__)

USUAL_PORT = 8088
MUTED = "MEETINGSERVER_MUTED"
"""A variable of the channel, for the next process: Asterisk itself does not say who is muted."""
TALK_DETECTION = "1000,160"
"""Milliseconds of silence after which nobody talks, and of talking before somebody does."""


class AriBridge(AsteriskBridge):
    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self._ari: AriClient | None = None
        self._app = config.context
        self._muted: set[str] = set()
        self._leaving: set[str] = set()
        self._translate = AriEvents(key, self._app, self._calls, self._media, self._muted, self._leaving)
        self._awaited: dict[str, asyncio.Event] = {}
        """Channels of ours that will come to our application."""

    # The connection

    async def check(self) -> Health:
        began = monotonic()
        try:
            async with self._client() as ari:
                about = await ari.ask("GET", "asterisk/info")
                bridges = await ari.ask("GET", "bridges")
        except BridgeError as error:
            return Health(works=False, answer=str(error))
        rooms = sum(1 for bridge in bridges if self._translate.room_of(bridge["id"]))
        answer = f"Asterisk {about['system']['version']}, open rooms: {rooms}"
        return Health(works=True, answer=answer, latency_ms=(monotonic() - began) * 1000)

    def _client(self) -> AriClient:
        config = self.config
        return AriClient(
            config.host, config.port or USUAL_PORT, config.username, config.password, tls=config.tls
        )

    async def _connect(self) -> BridgeUp:
        self._ari = self._client()
        await self._ari.listen(self._app)
        return await self._snapshot()

    async def _connection_ends(self) -> None:
        assert self._ari
        async for event in self._ari.events():
            await self._stream.space()
            try:
                self._observe(event)
            except (KeyError, TypeError, ValueError) as error:
                log.warning("Asterisk said something odd (%s): %r", event.get("type"), error)

    async def _disconnect(self) -> None:
        if self._ari:
            await self._ari.close()
            self._ari = None

    async def _ask(self, method: str, path: str, **params: str) -> Any:
        if self._ari is None:
            raise BridgeUnavailable("There is no connection to Asterisk now")
        return await self._ari.ask(method, path, **params)

    async def _ask_channel(self, method: str, leg: str, command: str = "", **params: str) -> Any:
        """About the channel of a call. Raises LegGone."""
        channel = self._calls[leg].vendor
        try:
            return await self._ask(method, f"channels/{channel}{command}", **params)
        except Absent as error:
            raise LegGone(f"There is no call {leg}") from error

    def _observe(self, event: Event) -> None:
        self._tell(self._translate.observe(event))
        match event["type"]:
            case "StasisStart":
                self._comes(event["channel"])
            case "ChannelLeftBridge":
                self._spawn(self._tidy(self._translate.room_of(event["bridge"]["id"])))
            case "PlaybackFinished":
                self._played(event["playback"]["id"], done=event["playback"]["state"] == "done")

    def _comes(self, channel: Event) -> None:
        if awaited := self._awaited.get(channel["id"]):
            awaited.set()
        elif HELPER.match(channel["id"]):
            self._spawn(self._hang_up_channel(channel["id"]))
        else:
            self._spawn(self._lead(channel))

    async def _lead(self, channel: Event) -> None:
        leg = leg_of(self.key, channel["id"])
        try:
            if channel["state"] != "Up":
                await self._ask("POST", f"channels/{channel['id']}/answer")
            await self._ask(
                "POST",
                f"channels/{channel['id']}/variable",
                variable="TALK_DETECT(set)",
                value=TALK_DETECTION,
            )
        except Absent:
            log.debug("A caller hung up at once")
            return
        if leg in self._calls and self._calls[leg].state in PLACED:
            self._tell(self._calls.answers(leg))
        else:
            info = structs.replace(self._translate.caller(channel), state=LegState.ARRIVED)
            self._tell(self._calls.arrives(info))

    def _played(self, playback: str, *, done: bool) -> None:
        """A sound has come to its end, or was stopped."""

    async def _tidy(self, room: str) -> None:
        """An empty room is closed."""

    async def _destroy(self, room: str) -> None:
        try:
            await self._ask("DELETE", f"bridges/{self._translate.bridge_of(room)}")
        except Absent:
            log.debug("The room to be closed was closed")

    async def _hang_up_channel(self, channel: str) -> None:
        try:
            await self._ask("DELETE", f"channels/{channel}", reason="normal")
        except Absent:
            log.debug("The channel to be hung up was gone")

    # What there is

    async def _snapshot(self) -> BridgeUp:
        channels = {channel["id"]: channel for channel in await self._ask("GET", "channels")}
        rooms, inside = [], set()
        for bridge in await self._ask("GET", "bridges"):
            if room := self._translate.room_of(bridge["id"]):
                callers = [name for name in bridge["channels"] if name in channels and not HELPER.match(name)]
                rooms.append(
                    Room(room=room, legs=tuple([await self._found(channels[c], room) for c in callers]))
                )
                inside |= set(callers)
        waiting = [
            await self._found(channel, "") for channel in channels.values() if self._waits(channel, inside)
        ]
        self._calls.keep_only({leg.leg for room in rooms for leg in room.legs} | {leg.leg for leg in waiting})
        stale = [c for c in channels if c.startswith(f"{self.key}_media_") and c not in self._media]
        for channel in stale:
            await self._hang_up_channel(channel)
        self._lose_media(channel for channel in self._media if channel not in channels)
        return BridgeUp(rooms=tuple(rooms), waiting=tuple(waiting))

    def _waits(self, channel: Event, inside: set[str]) -> bool:
        if channel["id"] in inside or HELPER.match(channel["id"]):
            return False
        if channel["state"] in STATES:
            return is_placed(channel["id"])
        dialplan = channel["dialplan"]
        return bool(dialplan["app_name"] == "Stasis" and dialplan["app_data"].split(",")[0] == self._app)

    async def _found(self, channel: Event, room: str) -> Leg:
        await self._subscribe(f"channel:{channel['id']}")
        if await self._is_muted(channel["id"]):
            self._muted.add(leg_of(self.key, channel["id"]))
        info = self._translate.inside(channel, room)
        if not room:
            info = structs.replace(info, state=STATES.get(channel["state"], LegState.ARRIVED))
        self._calls.put(info)
        return info

    async def _subscribe(self, source: str) -> None:
        await self._ask("POST", f"applications/{self._app}/subscription", eventSource=source)

    async def _is_muted(self, channel: str) -> bool:
        try:
            return bool(
                (await self._ask("GET", f"channels/{channel}/variable", variable=MUTED))["value"] == "1"
            )
        except Absent:
            return False
