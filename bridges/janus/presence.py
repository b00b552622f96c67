"""Where we are in the rooms of a Janus, by one session: watchers, and participants of ours that speak."""

import logging
from collections.abc import Mapping
from typing import NamedTuple

from bridges.codecs import OPUS, PCMA, PCMU
from bridges.errors import BridgeAuthFailed, BridgeError, MediaFailed, RoomNotFound
from bridges.janus.config import Codec, Config
from bridges.janus.session import Data, Message, Refused, RoomExists, Session
from bridges.janus.values import our_name, our_prefix, token_for
from bridges.rtp_leg import Address, RtpMediaLeg
from bridges.values import is_ours

log = logging.getLogger(__name__)

HELD_BACK = 2
"""Packets that Janus holds back (it would be 6): less than 50 ms from mouth to ear instead of 130."""
NEW_ROOM = {
    "is_private": True,
    "sampling_rate": 16_000,
    "audiolevel_event": True,
    "audio_active_packets": 25,
    "audio_level_average": 40,
    "allow_rtp_participants": True,
    "default_prebuffering": HELD_BACK,
}
PAYLOADS = {Codec.OPUS: (OPUS, 111), Codec.ULAW: (PCMU, 0), Codec.ALAW: (PCMA, 8)}


class Ours(NamedTuple):
    """A participant of ours. `leg` is none: it watches."""

    room: str
    name: str
    handle: int
    leg: RtpMediaLeg | None = None


class Presence:
    """Requests raise as `Session.ask` does."""

    def __init__(self, key: str, config: Config, session: Session) -> None:
        self.session = session
        self._key = key
        self._prefix = our_prefix(key)
        self._config = config
        self._desk = 0
        """The handle of requests about rooms; it is in none."""
        self._ours: dict[int, Ours] = {}
        self._refused: set[str] = set()
        """Rooms that do not let us in: said once."""

    async def begin(self) -> None:
        self._desk = await self.session.attach()

    @property
    def watched(self) -> set[str]:
        return {one.room for one in self._ours.values() if one.leg is None}

    # Rooms

    async def ask(self, request: str, room: str, **fields: object) -> Data:
        """As who knows the secret of the room."""
        return await self.session.ask(
            self._desk, request, room=room, secret=self._config.room_secret, **fields
        )

    async def rooms(self) -> dict[str, bool]:
        """Rooms of ours, and whether all are muted there."""
        data = await self.session.ask(self._desk, "list", admin_key=self._config.admin_key)
        rooms = [
            room for room in data.get("list", []) if isinstance(room, dict) and is_ours(room.get("room"))
        ]
        return {room["room"]: bool(room.get("muted")) for room in rooms}

    async def make(self, room: str) -> None:
        """Harmless if it is there."""
        config = self._config
        try:
            await self.ask("create", room, admin_key=config.admin_key, pin=config.pin, **NEW_ROOM)
        except RoomExists:
            log.debug("Somebody else made the room")

    async def look(self) -> Mapping[str, bool]:
        """Makes the rooms that must be there, and watches all: returns those that are new to us, and whether
        all are muted there."""
        found = await self.rooms()
        for room in self._config.rooms:
            if room not in found:
                await self.make(room)
                found[room] = False
        new = {room: muted for room, muted in found.items() if room not in self.watched}
        return {room: muted for room, muted in new.items() if await self._may_watch(room)}

    async def watch(self, room: str) -> None:
        """From now on what happens there is told, after who is there. We come in even if it is locked."""
        await self.ask("allowed", room, action="add", allowed=[self._token(room)])
        await self._enter(Ours(room, our_name(self._key, "watch"), await self.session.attach()))

    async def _may_watch(self, room: str) -> bool:
        try:
            await self.watch(room)
        except (BridgeAuthFailed, RoomNotFound, Refused) as error:
            if room not in self._refused:
                log.warning("Bridge %s cannot watch room %s: %s", self._key, room, error)
            self._refused.add(room)
            return False
        self._refused.discard(room)
        return True

    # Sound

    async def speak(self, room: str, purpose: str) -> Ours:
        """Joins by plain RTP: hears the others and is heard. Raises MediaFailed, RoomNotFound."""
        config = self._config
        codec, payload_type = PAYLOADS[config.codec]
        address = config.listen_address or config.our_host
        try:
            leg = RtpMediaLeg(address, codec=codec, payload_type=payload_type)
        except OSError as error:
            raise MediaFailed(f"No port for sound at {address}") from error
        rtp = {"ip": config.our_host, "port": leg.address[1], "payload_type": payload_type}
        try:
            one = Ours(room, our_name(self._key, purpose), await self.session.attach(), leg)
            joined = await self._enter(one, codec=config.codec.value, prebuffer=HELD_BACK, rtp=rtp)
            leg.connect(_address_in(joined))
        except Refused as error:
            leg.close()
            raise MediaFailed(str(error)) from error
        except BaseException:
            leg.close()
            raise
        return one

    async def leave(self, one: Ours) -> None:
        """Harmless if it is out."""
        if one.leg:
            one.leg.close()
        if self._ours.pop(one.handle, None):
            await self.session.detach(one.handle)

    async def _enter(self, one: Ours, **fields: object) -> Data:
        """It is known before Janus tells of it."""
        self._ours[one.handle] = one
        try:
            return await self.session.ask(
                one.handle,
                "join",
                room=one.room,
                id=one.name,
                pin=self._config.pin,
                token=self._token(one.room),
                **fields,
            )
        except BaseException:
            await self.leave(one)
            raise

    def _token(self, room: str) -> str:
        return token_for(room, self._config.room_secret)

    # What Janus tells

    def has(self, one: Ours) -> bool:
        """Janus has not thrown it out."""
        return one.handle in self._ours

    def is_told_to_watcher(self, message: Message) -> bool:
        """All of ours in a room are told the same: it counts once."""
        one = self._ours.get(message.handle)
        return one is not None and one.leg is None

    def loses(self, message: Message) -> list[Ours]:
        """Of ours, whom Janus threw out."""
        lost = [one for one in self._ours.values() if _is_out(one, message)]
        for one in lost:
            del self._ours[one.handle]
            if one.leg:
                one.leg.close()
        return lost

    def strangers(self, data: Data) -> list[str]:
        """Participants that are called like ours: our former self's, or an impostor's."""
        found = data.get("participants")
        names = [one.get("id") for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        ours = {one.name for one in self._ours.values()}
        return [name for name in map(str, names) if name.startswith(self._prefix) and name not in ours]

    async def throw_out(self, room: str, participant: str) -> None:
        try:
            await self.ask("kick", room, id=participant)
        except BridgeError as error:
            log.debug("A stranger was not thrown out: %s", error)


def _is_out(one: Ours, message: Message) -> bool:
    data = message.data
    if not data:
        return one.handle == message.handle
    is_over = data.get("kicked") == one.name or data.get("audiobridge") == "destroyed"
    return is_over and data.get("room") == one.room


def _address_in(joined: Data) -> Address:
    match joined:
        case {"rtp": {"ip": str(ip), "port": int(port)}} if 0 < port < 65_536:
            return ip, port
        case _:
            raise MediaFailed("Janus does not say where it takes sound")
