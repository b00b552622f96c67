"""The process of the embedded bridge: `python -m bridges.sip.process`, told its settings (JSON) on standard
input.

Needs no Django and no database. It outlives the server's connection for a while: who talks goes on talking.
"""

import asyncio
import gc
import logging
import signal
import sys
from functools import singledispatchmethod

import msgspec

from bridges.codecs import L16
from bridges.errors import MediaFailed
from bridges.rtp_leg import RtpMediaLeg
from bridges.sip import protocol as p
from bridges.sip.baresip_stack import BaresipStack
from bridges.sip.server import ControlServer, Leader
from bridges.sip.settings import Settings
from bridges.sip.stack import SipStack, StackFailed
from bridges.sip.switchboard import Switchboard
from bridges.sip.synthetic import SyntheticStack
from bridges.types import EndCause
from meetingserver.children import end_with

logger = logging.getLogger(__name__)

ORPHANED_S = 300.0
"""Without a server for so long, calls are ended: nobody could end them, and they may cost money."""
GIL_S = 0.001
"""The mixer waits no longer than that for other threads."""
RARELY = 50_000
"""New objects until those are looked for that hold each other: a mix makes thousands that do not."""


class BridgeProcess:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.switchboard = Switchboard(stack_of(settings), lambda event: self._control.tell(event))
        self._control = ControlServer(settings.secret, self._carry_out, self._led)
        self._orphaned: asyncio.TimerHandle | None = None
        self._orphans: asyncio.Task[None] | None = None
        self._outdated = asyncio.Event()

    async def run(self, ending: asyncio.Event) -> None:
        """Until told to end, or outlived, or the stack died. Raises StackFailed, OSError."""
        await self.switchboard.start()
        try:
            await self._control.start(self._settings.control)
            reasons = (ending.wait(), self.switchboard.died.wait(), self._outlived())
            ends = [asyncio.ensure_future(reason) for reason in reasons]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()
        finally:
            await self._control.stop()
            await self.switchboard.stop()

    def outdate(self) -> None:
        """There are other settings: it ends when no call is up, to be started with them."""
        logger.warning("Settings have changed: they count when %s calls have ended.", self.switchboard.calls)
        self._outdated.set()

    async def _outlived(self) -> None:
        await self._outdated.wait()
        while self.switchboard.calls:
            await self.switchboard.idle.wait()

    def _led(self, leader: Leader | None) -> None:
        self.switchboard.is_led = leader is not None
        if self._orphaned:
            self._orphaned.cancel()
            self._orphaned = None
        if leader:
            self.switchboard.detach_all()
            self._control.tell(self.switchboard.snapshot())
        else:
            self._orphaned = asyncio.get_running_loop().call_later(ORPHANED_S, self._abandon)

    def _abandon(self) -> None:
        logger.warning("No server came back; %s calls are ended.", self.switchboard.calls)
        self._orphans = asyncio.ensure_future(self.switchboard.hang_up_all(EndCause.BRIDGE_LOST))

    async def _carry_out(self, command: p.AnyCommand, leader: Leader) -> str:
        if isinstance(command, p.AttachMedia):
            return self._attach(command, leader)
        return await self._do(command) or ""

    @singledispatchmethod
    async def _do(self, command: p.AnyCommand) -> str | None:
        raise TypeError(f"No server asks {command!r}.")

    @_do.register
    async def _(self, command: p.Dial) -> None:
        await self.switchboard.dial(command.leg, command.number, command.caller_id, command.timeout_s)

    @_do.register
    async def _(self, command: p.HangUp) -> None:
        await self.switchboard.hang_up(command.leg, command.cause)

    @_do.register
    async def _(self, command: p.Play) -> str:
        return await self.switchboard.play(command.leg, command.sounds, loop=command.loop)

    @_do.register
    async def _(self, command: p.StopPlaying) -> None:
        self.switchboard.stop_playing(command.leg)

    @_do.register
    async def _(self, command: p.Record) -> None:
        self.switchboard.record(command.leg)

    @_do.register
    async def _(self, command: p.StopRecording) -> None:
        self.switchboard.stop_recording(command.leg)

    @_do.register
    async def _(self, command: p.Join) -> None:
        self.switchboard.join(command.leg, command.room, muted=command.muted)

    @_do.register
    async def _(self, command: p.Leave) -> None:
        self.switchboard.leave(command.leg)

    @_do.register
    async def _(self, command: p.SetMuted) -> None:
        self.switchboard.set_muted(command.leg, muted=command.muted)

    @_do.register
    async def _(self, command: p.SetDeaf) -> None:
        self.switchboard.set_deaf(command.leg, deaf=command.deaf)

    @_do.register
    async def _(self, command: p.SetVolume) -> None:
        self.switchboard.set_volume(command.leg, command.db)

    @_do.register
    async def _(self, command: p.Announce) -> None:
        await self.switchboard.announce(command.room, command.sounds)

    @_do.register
    async def _(self, command: p.CloseRoom) -> None:
        await self.switchboard.close_room(command.room)

    @_do.register
    async def _(self, command: p.DetachMedia) -> None:
        self.switchboard.detach(command.room)

    @_do.register
    async def _(self, command: p.AskStatus) -> str:
        figures = self.switchboard.mixer.figures()
        status = p.Status(
            calls=self.switchboard.calls,
            trunk_works=self.switchboard.trunk.works,
            trunk_reason=self.switchboard.trunk.reason,
            late_p99_ms=round(figures.late_p99_ms, 2),
            busy=figures.busy,
            outdated=self._outdated.is_set(),
        )
        return msgspec.json.encode(status).decode()

    def _attach(self, command: p.AttachMedia, leader: Leader) -> str:
        """The sound comes from where the command came from, and from nowhere else."""
        own, other = leader.address
        try:
            media = RtpMediaLeg(own, codec=L16, payload_type=p.PAYLOAD_TYPE)
        except OSError as error:
            raise MediaFailed(f"No port for sound: {error}") from error
        media.connect((other, command.port))
        try:
            self.switchboard.attach(command.room, media)
        except Exception:
            media.close()
            raise
        return f"{media.address[0]} {media.address[1]}"


def stack_of(settings: Settings) -> SipStack:
    if settings.synthetic_callers:
        return SyntheticStack(settings.synthetic_callers)
    return BaresipStack(settings.config)


async def run(settings: Settings) -> None:
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    bridge = BridgeProcess(settings)
    loop.add_signal_handler(signal.SIGHUP, bridge.outdate)
    await bridge.run(ending)


def main() -> None:
    """Exits with 1 and a sentence if it cannot begin."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s sip %(levelname)s %(name)s: %(message)s")
    settings = msgspec.json.decode(sys.stdin.buffer.read(), type=Settings)
    if settings.parent:
        end_with(settings.parent)
    sys.setswitchinterval(GIL_S)
    gc.freeze()
    gc.set_threshold(RARELY)
    try:
        asyncio.run(run(settings))
    except (StackFailed, OSError) as error:
        sys.exit(f"The SIP bridge cannot start: {error}")


if __name__ == "__main__":
    main()
