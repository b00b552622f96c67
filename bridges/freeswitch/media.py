"""Our sound in rooms of a FreeSWITCH: it calls us by SIP, and puts that call into the room."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import uuid4

from bridges.errors import AlreadyAttached, BridgeTimeout, MediaFailed
from bridges.freeswitch.answering import Answerer
from bridges.freeswitch.config import Config
from bridges.freeswitch.esl import EventSocket
from bridges.freeswitch.values import Refused, is_own_channel, own_channel
from bridges.rtp_leg import RtpMediaLeg

WITHIN_S = 8.0


class Media:
    """`rooms`: of each of our channels."""

    def __init__(self, key: str, config: Config, accepts: Callable[[str], bool]) -> None:
        self.rooms: dict[str, str] = {}
        self._key, self._config = key, config
        self._legs: dict[str, RtpMediaLeg | None] = {}
        """By room; None: on the way."""
        address = config.listen_address or config.our_host
        self._answerer = Answerer(address, config.our_host, config.sip_port, accepts=accepts)

    async def open(self) -> None:
        """Raises OSError if the port is taken."""
        await self._answerer.open()

    def close(self) -> None:
        self._answerer.close()
        for room in list(self._legs):
            self.forget(room)

    async def attach(self, socket: EventSocket, room: str) -> RtpMediaLeg:
        """Raises AlreadyAttached, MediaFailed."""
        if room in self._legs:
            raise AlreadyAttached(f"Our sound is in room {room} already")
        self._legs[room] = None
        channel = own_channel(self._key)
        self.rooms[channel] = room
        expected = self._answerer.expect(channel)
        try:
            leg = await self._called(socket, room, channel, expected)
        except BaseException:
            expected.cancel()
            if expected.done() and not expected.cancelled() and not expected.exception():
                expected.result().close()
            self.rooms.pop(channel, None)
            self.forget(room)
            raise
        if room not in self._legs or channel not in self.rooms:
            leg.close()
            raise MediaFailed(f"Our sound in room {room} ended at once")
        self._legs[room] = leg
        return leg

    async def _called(
        self, socket: EventSocket, room: str, channel: str, expected: "asyncio.Future[RtpMediaLeg]"
    ) -> RtpMediaLeg:
        config = self._config
        variables = (
            f"origination_uuid={channel},origination_caller_id_name=MeetingServer,"
            f"absolute_codec_string={config.codec},conference_enforce_security=false"
        )
        endpoint = f"sofia/{config.sip_profile}/{self._answerer.address_of(channel)}"
        originate = f"originate {{{variables}}}{endpoint} &conference({room}@{config.conference_profile})"
        try:
            await socket.finish(originate, str(uuid4()), WITHIN_S)
            async with asyncio.timeout(WITHIN_S):
                return await expected
        except (Refused, BridgeTimeout, TimeoutError) as error:
            with suppress(Refused):
                await socket.api(f"uuid_kill {channel}")
            raise MediaFailed(f"FreeSWITCH does not bring our sound into room {room}: {error}") from error

    async def detach(self, socket: EventSocket, room: str) -> None:
        """Harmless if it is not there."""
        for channel in self.forget(room):
            with suppress(Refused):
                await socket.api(f"uuid_kill {channel}")

    def forget(self, room: str) -> list[str]:
        """Its channels."""
        if leg := self._legs.pop(room, None):
            leg.close()
        channels = [channel for channel, attached in self.rooms.items() if attached == room]
        for channel in channels:
            del self.rooms[channel]
        return channels

    def stale(self, channels: Iterable[str]) -> list[str]:
        """Those of another life of ours."""
        return [name for name in channels if is_own_channel(name, self._key) and name not in self.rooms]

    def lost(self, channels: Iterable[str]) -> list[str]:
        """Rooms whose channel is not there any more. They are forgotten."""
        rooms = [room for channel, room in self.rooms.items() if channel not in set(channels)]
        for room in rooms:
            self.forget(room)
        return rooms
