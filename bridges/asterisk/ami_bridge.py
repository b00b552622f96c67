"""Mode `ami`, its lower half: the manager connection, the calls that FastAGI brings, and what there is."""

import asyncio
import logging
import re
from time import monotonic

from msgspec import structs

from bridges.asterisk.agi import AgiCall, AgiServer
from bridges.asterisk.ami import ActionFailed, AmiClient, Block
from bridges.asterisk.ami_events import HELPER, AmiEvents, is_caller
from bridges.asterisk.bridge import AsteriskBridge, addresses_of
from bridges.asterisk.calls import PLACED
from bridges.asterisk.config import Config
from bridges.asterisk.helpers import EXTENSION, Helpers
from bridges.asterisk.line import Line
from bridges.asterisk.values import is_ours, is_placed, known, leg_of
from bridges.errors import BridgeError, BridgeTimeout, BridgeUnavailable, LegGone
from bridges.events import BridgeUp
from bridges.types import Direction, Health, Leg, LegState, Room

log = logging.getLogger(__name__)

USUAL_PORT = 5038
PATIENCE_S = 5.0
STATES = {"0": LegState.DIALING, "3": LegState.DIALING, "4": LegState.RINGING, "5": LegState.RINGING}
"""Of a channel that is not up (AST_STATE_*)."""


class AmiBridge(AsteriskBridge):
    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self._ami: AmiClient | None = None
        self._lines: dict[str, Line] = {}
        self._lines_changed = asyncio.Condition()
        self._helpers = Helpers(key, config.context, self._ask)
        self._translate = AmiEvents(key, config.context, self._calls, self._media, self._lines.__contains__)
        self._held: list[Block] = []
        """Told while a snapshot was made."""
        self._asterisk: frozenset[str] = frozenset()
        self._agi = AgiServer(self._listen_address, config.agi_port, self._called, accepts=self._is_asterisk)

    # The connection

    async def check(self) -> Health:
        began = monotonic()
        try:
            ami = await self._open()
        except BridgeError as error:
            return Health(works=False, answer=str(error))
        try:
            await ami.log_in(self.config.username, self.config.password, events=False)
            version = (await ami.ask("CoreSettings"))["AsteriskVersion"]
            rooms = await _listed(ami, "ConfbridgeListRooms")
        except BridgeError as error:
            return Health(works=False, answer=str(error))
        finally:
            await ami.close()
        took = (monotonic() - began) * 1000
        return Health(works=True, answer=f"Asterisk {version}, open rooms: {len(rooms)}", latency_ms=took)

    async def _ask(self, action: str, *, action_id: str = "", **fields: str) -> Block:
        if self._ami is None:
            raise BridgeUnavailable("There is no connection to Asterisk now")
        return await self._ami.ask(action, action_id=action_id, **fields)

    async def _open(self) -> AmiClient:
        return await AmiClient.connect(
            self.config.host, self.config.port or USUAL_PORT, tls=self.config.tls, on_event=self._heard
        )

    async def _listen(self) -> None:
        await super()._listen()
        self._asterisk = await asyncio.to_thread(addresses_of, self.config.host)
        await self._agi.open()

    async def _stop_listening(self) -> None:
        await self._agi.close()
        await super()._stop_listening()

    def _is_asterisk(self, address: str) -> bool:
        return address in self._asterisk

    async def _connect(self) -> BridgeUp:
        self._held.clear()
        self._ami = await self._open()
        await self._ami.log_in(self.config.username, self.config.password)
        return await self._snapshot(self._ami)

    async def _connection_ends(self) -> None:
        held, self._held = self._held, []
        for block in held:
            self._observe(block)
        if self._ami:
            await self._ami.closed()

    async def _disconnect(self) -> None:
        if self._ami:
            await self._ami.close()
            self._ami = None

    async def _heard(self, block: Block) -> None:
        if self._up:
            await self._stream.space()
            self._observe(block)
        else:
            self._held.append(block)

    def _observe(self, block: Block) -> None:
        self._tell(self._translate.observe(block))
        match block["Event"]:
            case "ConfbridgeJoin":
                self._helpers.is_there(block["Uniqueid"])
            case "ChanSpyStart":
                self._helpers.is_there(block["SpyerUniqueid"])
            case "Newchannel" if self._calls.is_ending(block["Uniqueid"]):
                self._spawn(self._hang_up_channel(block["Uniqueid"]))

    async def _hang_up_channel(self, channel: str) -> None:
        try:
            await self._ask("Hangup", Channel=channel, Cause="16")
        except ActionFailed:
            log.debug("The channel to be hung up was gone")

    # Calls that FastAGI brings

    async def _called(self, call: AgiCall) -> None:
        if self._helpers.takes(call):
            await call.say("ANSWER")
        elif HELPER.match(call.unique_id):
            await call.hang_up()
        else:
            await call.say("ANSWER")
            await self._lead(call)

    async def _lead(self, call: AgiCall) -> None:
        leg = leg_of(self.key, call.unique_id)
        self._lines[leg] = Line(call, stop_sound=self._helpers.silencer(call))
        self._spawn(self._forget_after(call, leg))
        if leg not in self._calls:
            self._tell(self._calls.arrives(_described(call, leg)))
        elif self._calls[leg].state in PLACED:
            self._calls.put(structs.replace(self._calls[leg], vendor=call.channel))
            self._tell(self._calls.answers(leg))
        else:
            self._tell(self._calls.leaves(leg))
        async with self._lines_changed:
            self._lines_changed.notify_all()

    async def _forget_after(self, call: AgiCall, leg: str) -> None:
        await call.over.wait()
        if leg in self._lines and self._lines[leg].call is call:
            del self._lines[leg]

    async def _line(self, leg: str) -> Line:
        """FastAGI's end of a call, which may be a moment late."""
        async with self._lines_changed:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._lines_changed.wait_for(lambda: leg in self._lines or leg not in self._calls)
            except TimeoutError:
                raise BridgeTimeout("The dialplan does not give us this call") from None
        if leg not in self._lines:
            raise LegGone(f"There is no call {leg}")
        return self._lines[leg]

    # What there is

    async def _snapshot(self, ami: AmiClient) -> BridgeUp:
        rooms = []
        for block in await _listed(ami, "ConfbridgeListRooms"):
            if is_ours(block["Conference"]):
                rooms.append(await self._room(ami, block))
        found = {leg.leg for room in rooms for leg in room.legs}
        waiting = await self._outside(ami, found)
        self._calls.keep_only(found | {leg.leg for leg in waiting})
        return BridgeUp(rooms=tuple(rooms), waiting=tuple(waiting))

    async def _room(self, ami: AmiClient, about: Block) -> Room:
        name = about["Conference"]
        blocks = await _listed(ami, "ConfbridgeList", Conference=name)
        legs = tuple(self._translate.inside(block, name) for block in blocks if is_caller(block))
        for leg in legs:
            self._calls.put(leg)
        return Room(room=name, locked=about["Locked"] == "Yes", legs=legs)

    async def _outside(self, ami: AmiClient, inside: set[str]) -> list[Leg]:
        """Calls that we lead, and those that still ring. Tidies up after media legs, theirs and ours."""
        channels = {block["Uniqueid"]: block for block in await ami.ask_for_list("CoreShowChannels")}
        stale = [
            name for name in channels if re.match(f"{self.key}_media_", name) and name not in self._media
        ]
        for name in stale:
            await self._hang_up_channel(name)
        self._lose_media(name for name in self._media if name not in channels)
        legs = [self._calls[leg] for leg in self._lines if leg not in inside and leg in self._calls]
        legs = [structs.replace(leg, state=LegState.ARRIVED, room="", talking=False) for leg in legs]
        for name, block in channels.items():
            if is_placed(name) and name not in inside and block["ChannelState"] in STATES:
                legs.append(
                    structs.replace(self._translate.caller(block), state=STATES[block["ChannelState"]])
                )
        for leg in legs:
            self._calls.put(leg)
        return legs


async def _listed(ami: AmiClient, action: str, **fields: str) -> list[Block]:
    """An empty list is an error to ConfBridge."""
    try:
        return await ami.ask_for_list(action, **fields)
    except ActionFailed as error:
        if str(error).startswith("No "):
            return []
        raise


def _described(call: AgiCall, leg: str) -> Leg:
    placed = is_placed(call.unique_id)
    extension = call.about.get("agi_extension", "")
    return Leg(
        leg=leg,
        vendor=call.channel,
        state=LegState.ARRIVED,
        direction=Direction.OUT if placed else Direction.IN,
        caller=known(call.about.get("agi_callerid", "")),
        caller_name=known(call.about.get("agi_calleridname", "")),
        dialled=known(call.about.get("agi_dnid", "")) or ("" if extension == EXTENSION else extension),
    )
