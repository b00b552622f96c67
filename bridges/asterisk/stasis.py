"""Mode `ari`: Asterisk carries calls and mixes; what happens with them is ours."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import structs

from bridges.asterisk.ari import AriClient
from bridges.asterisk.ari_events import ODD, STATES, AriEvents, Event
from bridges.asterisk.bridge import AsteriskBridge
from bridges.asterisk.config import Config
from bridges.asterisk.encryption import encryption
from bridges.asterisk.playbacks import Playbacks, media_of
from bridges.asterisk.recordings import Recordings
from bridges.asterisk.values import Refused, is_own_channel, leg_of
from bridges.base import Call
from bridges.errors import BridgeUnavailable, LegGone, MediaFailed, NotSupported, ProtocolError, RoomNotFound
from bridges.events import BridgeUp, LegPlayed, LegRecorded
from bridges.known_calls import PLACED, Events
from bridges.types import Capabilities, Leg, LegState, Room
from bridges.values import checked_room, is_placed

log = logging.getLogger(__name__)

USUAL_PORT = 8088
PATIENCE_S = 5.0
LINGERS_S = 0.5
"""So long a channel may still be there that was hung up. The dialplan waits longer before it comes again."""
MUTED = "MEETINGSERVER_MUTED"
"""A variable of the channel, for the next process: Asterisk itself does not say who is muted."""
TALK_DETECTION = "1000,160"
"""Milliseconds of silence after which nobody talks, and of talking before somebody does."""


class Stasis(AsteriskBridge):
    capabilities = Capabilities(records=True, quality=True, listens=True, volume=True)

    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self._ari: AriClient | None = None
        self._app = config.context
        self._muted: set[str] = set()
        self._leaving: set[str] = set()
        self._translate = AriEvents(key, self._app, self._calls, self._media, self._muted, self._leaving)
        self._playbacks = Playbacks(self._ask, lambda leg, play: self._tell([LegPlayed(leg=leg, play=play)]))
        self._recordings = Recordings(
            self._ask, self._fetch, lambda leg, sound: self._tell([LegRecorded(leg=leg, sound=sound)])
        )
        self._awaited: dict[str, asyncio.Event] = {}
        """Channels of ours that will come to our application."""
        self._doorway = asyncio.Lock()
        """So that no room is closed while somebody enters it."""

    # Calls

    async def _originate(self, call: Call, endpoint: str, caller_id: str) -> None:
        await self._ask(
            "POST",
            "channels",
            endpoint=endpoint,
            app=self._app,
            channelId=call.leg,
            callerId=caller_id,
            timeout=str(call.timeout_s),
        )

    async def _hang_up_channel(self, channel: str) -> None:
        with contextlib.suppress(Refused):
            await self._ask("DELETE", f"channels/{channel}", reason="normal")

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        self._must_be_up()
        channel = self._channel(leg)
        addresses = await self._shelf.addresses(sounds)
        try:
            return await self._playbacks.begin(leg, channel, addresses, loop=loop)
        except Refused as error:
            raise LegGone(f"There is no call {leg}") from error

    async def stop_playing(self, leg: str) -> None:
        self._must_be_up()
        _ = self._calls[leg]
        await self._playbacks.stop(leg)

    async def record(self, leg: str) -> None:
        await self.stop_playing(leg)
        try:
            await self._recordings.begin(leg, self._channel(leg))
        except Refused as error:
            raise LegGone(f"Asterisk does not record call {leg}") from error

    async def stop_recording(self, leg: str) -> None:
        self._must_be_up()
        _ = self._calls[leg]
        await self._recordings.stop(leg)

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        checked_room(room)
        await self.stop_playing(leg)
        await self._recordings.give_up(leg)
        if self._calls[leg].room:
            await self.leave(leg)
        await self._silence(leg, muted)
        async with self._opened(room) as bridge:
            try:
                await self._ask("POST", f"bridges/{bridge}/addChannel", channel=self._channel(leg))
            except Refused as error:
                raise LegGone(f"There is no call {leg}") from error

    async def leave(self, leg: str) -> None:
        self._must_be_up()
        info = self._calls[leg]
        if info.room:
            self._leaving.add(leg)
            bridge = self._translate.bridge_of(info.room)
            try:
                await self._ask("POST", f"bridges/{bridge}/removeChannel", channel=info.vendor)
            except Refused:
                self._leaving.discard(leg)

    async def set_muted(self, leg: str, muted: bool) -> None:
        self._must_be_up()
        await self._silence(leg, muted)
        self._tell(self._calls.mutes(leg, muted=muted))

    async def _silence(self, leg: str, muted: bool) -> None:
        await self._ask_channel("POST" if muted else "DELETE", leg, "mute", direction="in")
        await self._set_variable(leg, MUTED, "1" if muted else "0")
        (self._muted.add if muted else self._muted.discard)(leg)

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        self._must_be_up()
        await self._ask_channel("POST" if deaf else "DELETE", leg, "mute", direction="out")

    async def _set_variable(self, leg: str, name: str, value: str) -> None:
        await self._ask_channel("POST", leg, "variable", variable=name, value=value)

    def _channel(self, leg: str) -> str:
        """Raises LegGone."""
        return self._calls[leg].vendor or leg

    async def _ask_channel(self, method: str, leg: str, command: str, **params: str) -> None:
        """Raises LegGone."""
        try:
            await self._ask(method, f"channels/{self._channel(leg)}/{command}", **params)
        except Refused as error:
            raise LegGone(f"There is no call {leg}") from error

    # Rooms

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        checked_room(room)
        self._must_be_up()
        media = media_of(await self._shelf.addresses(sounds))
        try:
            await self._ask("POST", f"bridges/{self._translate.bridge_of(room)}/play", media=media)
        except Refused as error:
            raise RoomNotFound(f"There is no room {room}") from error

    async def set_locked(self, room: str, locked: bool) -> None:
        raise NotSupported("lock")

    async def close_room(self, room: str) -> None:
        await super().close_room(room)
        await self._destroy(room)

    @asynccontextmanager
    async def _opened(self, room: str) -> AsyncIterator[str]:
        """The room is there. To make it a second time is an error of Asterisk's (500)."""
        bridge = self._translate.bridge_of(room)
        async with self._doorway:
            try:
                await self._ask("GET", f"bridges/{bridge}")
            except Refused:
                await self._ask("POST", f"bridges/{bridge}", type="mixing,dtmf_events", name=room)
            yield bridge

    async def _tidy(self, room: str) -> None:
        """An empty room is closed."""
        bridge = self._translate.bridge_of(room)
        async with self._doorway:
            with contextlib.suppress(Refused):
                if not (await self._ask("GET", f"bridges/{bridge}"))["channels"]:
                    await self._destroy(room)

    async def _destroy(self, room: str) -> None:
        with contextlib.suppress(Refused):
            await self._ask("DELETE", f"bridges/{self._translate.bridge_of(room)}")

    async def _attach(self, room: str, our_address: str) -> tuple[str, int]:
        channel = f"{self.key}_media_{uuid4().hex}"
        self._media[channel] = room
        arrived = self._awaited[channel] = asyncio.Event()
        try:
            await self._ask(
                "POST",
                "channels/externalMedia",
                channelId=channel,
                app=self._app,
                external_host=our_address,
                format=str(self.config.codec),
            )
            async with asyncio.timeout(PATIENCE_S):
                await arrived.wait()
            async with self._opened(room) as bridge:
                await self._ask("POST", f"bridges/{bridge}/addChannel", channel=channel)
            address = await self._variable(channel, "UNICASTRTP_LOCAL_ADDRESS")
            return address, int(await self._variable(channel, "UNICASTRTP_LOCAL_PORT"))
        except (TimeoutError, ValueError, Refused) as error:
            raise MediaFailed(f"Asterisk does not bring our sound into room {room}") from error
        finally:
            del self._awaited[channel]

    async def _variable(self, channel: str, name: str) -> str:
        try:
            answer = await self._ask("GET", f"channels/{channel}/variable", variable=name)
        except Refused:
            return ""
        return str(answer["value"])

    # Calls that come to our Stasis application

    def _observe(self, event: Event) -> None:
        self._tell(self._translate.observe(event))
        match event["type"]:
            case "StasisStart":
                self._comes(event["channel"])
            case "StasisEnd":
                self._goes(event["channel"])
            case "ChannelLeftBridge":
                if room := self._translate.room_of(event["bridge"]["id"]):
                    self._chores.begin(self._tidy(room))
            case "PlaybackFinished":
                playback = event["playback"]
                self._chores.begin(self._playbacks.finished(playback["id"], done=playback["state"] == "done"))
            case "RecordingFinished" | "RecordingFailed":
                self._chores.begin(self._recordings.finished(event["recording"]["name"]))
            case _:
                pass

    def _comes(self, channel: Event) -> None:
        if awaited := self._awaited.get(channel["id"]):
            awaited.set()
        elif is_own_channel(channel["id"]):
            self._chores.begin(self._hang_up_channel(channel["id"]))
        else:
            self._chores.begin(self._lead(channel))

    async def _lead(self, channel: Event) -> None:
        """Told before it is answered: callers may press keys at once. Its end is told in any case."""
        leg, path = leg_of(self.key, channel["id"]), f"channels/{channel['id']}"
        try:
            await self._subscribe(channel["id"])
            await self._ask("POST", f"{path}/variable", variable="TALK_DETECT(set)", value=TALK_DETECTION)
            self._tell(self._led(leg, channel))
            if channel["state"] != "Up":
                await self._ask("POST", f"{path}/answer")
        except Refused:
            log.debug("A caller hung up at once")

    def _led(self, leg: str, channel: Event) -> Events:
        if leg in self._calls and self._calls[leg].state in PLACED:
            self._calls.put(structs.replace(self._calls[leg], vendor=channel["id"]))
            return self._calls.answers(leg)
        return self._calls.arrives(structs.replace(self._translate.caller(channel), state=LegState.ARRIVED))

    def _goes(self, channel: Event) -> None:
        leg = leg_of(self.key, channel["id"])
        self._playbacks.forget(leg)
        self._recordings.forget(leg)
        if leg in self._calls:
            self._chores.begin(self._look_after(channel["id"], leg))

    async def _look_after(self, channel: str, leg: str) -> None:
        """It was hung up, and ChannelDestroyed says why; or somebody else leads it now, and nothing more
        comes."""
        await asyncio.sleep(LINGERS_S)
        with contextlib.suppress(Refused):
            await self._ask("GET", f"channels/{channel}")
            self._tell(self._calls.is_over(leg, q850=16))

    async def _subscribe(self, channel: str) -> None:
        """To its end too, which comes when it is no longer in our application. Raises Refused."""
        path = f"applications/{self._app}/subscription"
        await self._ask("POST", path, eventSource=f"channel:{channel}")

    # The connection

    async def _look_around(self) -> str:
        async with self._client() as ari:
            about = await ari.ask("GET", "asterisk/info")
            bridges = await ari.ask("GET", "bridges")
        try:
            rooms = sum(1 for bridge in bridges if self._translate.room_of(bridge["id"]))
            return f"Asterisk {about['system']['version']}, open rooms: {rooms}"
        except (KeyError, TypeError) as error:
            raise ProtocolError("This is not the REST interface of an Asterisk") from error

    def _client(self) -> AriClient:
        config = self.config
        return AriClient(
            config.host, config.port or USUAL_PORT, config.username, config.password, tls=encryption(config)
        )

    async def _connect(self) -> BridgeUp:
        self._ari = self._client()
        await self._ari.listen(self._app)
        try:
            return await self._snapshot()
        except ODD as error:
            raise ProtocolError(f"Asterisk described its calls oddly: {error!r}") from error

    async def _connection_ends(self) -> None:
        if self._ari is None:
            return
        async for event in self._ari.events():
            await self._stream.space()
            try:
                self._observe(event)
            except ODD as error:
                log.warning("Asterisk said something odd (%s): %r", event.get("type"), error)

    async def _disconnect(self) -> None:
        if self._ari:
            await self._ari.close()
            self._ari = None

    async def _ask(self, method: str, path: str, **params: str) -> Any:
        if self._ari is None:
            raise BridgeUnavailable("There is no connection to Asterisk now")
        return await self._ari.ask(method, path, **params)

    async def _fetch(self, path: str) -> bytes:
        if self._ari is None:
            raise BridgeUnavailable("There is no connection to Asterisk now")
        return await self._ari.fetch(path)

    # What there is

    async def _snapshot(self) -> BridgeUp:
        self._muted.clear()
        self._leaving.clear()
        channels = {channel["id"]: channel for channel in await self._ask("GET", "channels")}
        rooms = [room async for room in self._rooms(channels)]
        inside = {leg.vendor for room in rooms for leg in room.legs}
        waiting = [
            await self._found(channel, "") for channel in channels.values() if self._waits(channel, inside)
        ]
        self._calls.keep_only({leg.leg for room in rooms for leg in room.legs} | {leg.leg for leg in waiting})
        for channel in channels:
            if channel.startswith(f"{self.key}_media_") and channel not in self._media:
                await self._hang_up_channel(channel)
        self._lose_media(channel for channel in self._media if channel not in channels)
        return BridgeUp(rooms=tuple(rooms), waiting=tuple(waiting))

    async def _rooms(self, channels: dict[str, Event]) -> AsyncIterator[Room]:
        """Those with callers; what an earlier process left empty is closed."""
        for bridge in await self._ask("GET", "bridges"):
            if room := self._translate.room_of(bridge["id"]):
                callers = [
                    channels[name]
                    for name in bridge["channels"]
                    if name in channels and not is_own_channel(name)
                ]
                if callers:
                    yield Room(room=room, legs=tuple([await self._found(c, room) for c in callers]))
                elif room not in self._attached:
                    await self._destroy(room)

    def _waits(self, channel: Event, inside: set[str]) -> bool:
        if channel["id"] in inside or is_own_channel(channel["id"]):
            return False
        if channel["state"] in STATES:
            return is_placed(channel["id"])
        dialplan = channel["dialplan"]
        return bool(dialplan["app_name"] == "Stasis" and dialplan["app_data"].split(",")[0] == self._app)

    async def _found(self, channel: Event, room: str) -> Leg:
        await self._subscribe(channel["id"])
        if await self._variable(channel["id"], MUTED) == "1":
            self._muted.add(leg_of(self.key, channel["id"]))
        info = self._translate.inside(channel, room)
        if not room:
            info = structs.replace(info, state=STATES.get(channel["state"], LegState.ARRIVED))
        self._calls.put(info)
        return info
