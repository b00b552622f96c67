"""What a call that FastAGI gave us is doing: nothing, hearing sounds, or being in a room. One thing at a
time; the next ends the one before."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bridges.asterisk.agi import AgiCall
from bridges.errors import BridgeError, BridgeTimeout, LegGone

log = logging.getLogger(__name__)

PATIENCE_S = 0.5
TRIES = 10
PROFILE = {
    "quiet": "yes",
    "admin": "yes",
    "talk_detection_events": "yes",
    "dsp_silence_threshold": "1000",
    "announce_join_leave": "no",
    "music_on_hold_when_empty": "no",
}
"""Of ConfBridge's `user` section, put on the channel, so that confbridge.conf needs nothing. Quiet: prompts
are ours. Admin: a lock keeps out only those who come without us."""

Interrupt = Callable[[], Awaitable[object]]


class Line:
    """`stop_sound` and `leave_room` ask Asterisk to end the one or the other; the command that runs then
    returns."""

    def __init__(self, call: AgiCall, *, stop_sound: Interrupt) -> None:
        self.call = call
        self._stop_sound = stop_sound
        self._activity: asyncio.Task[None] | None = None
        self._interrupt = stop_sound
        self._stopping = False
        self._switching = asyncio.Lock()

    async def play(self, sounds: Sequence[str], *, loop: bool, ended: Callable[[], None]) -> None:
        """Begins, and returns. `ended` is called when the last was heard, or something else is to be done."""
        await self._switch(lambda: self._play(sounds, loop=loop, ended=ended), self._stop_sound)

    async def enter(
        self, room: str, *, muted: bool, leave_room: Interrupt, left: Callable[[], None] = lambda: None
    ) -> None:
        """Begins, and returns. `left` is called if the call goes on afterwards."""
        await self._switch(lambda: self._enter(room, muted=muted, left=left), leave_room)

    async def whisper(self, channel: str) -> None:
        """What this call hears from its other half, is said into the ear of the owner of that channel."""
        await self._switch(lambda: self._run("EXEC ChanSpy", f"{channel},qwES"), self._stop_sound)

    async def hush(self) -> None:
        """No sound is played any more. Raises BridgeTimeout."""
        async with self._switching:
            if self._interrupt is self._stop_sound:
                await self._end()

    async def leave(self) -> None:
        """In no room any more. Raises BridgeTimeout."""
        async with self._switching:
            if self._interrupt is not self._stop_sound:
                await self._end()

    async def finish(self) -> None:
        """Returns when what goes on has ended by itself."""
        if self._activity:
            await asyncio.wait([self._activity])

    async def _switch(self, activity: Callable[[], Awaitable[None]], interrupt: Interrupt) -> None:
        async with self._switching:
            await self._end()
            if self.call.over.is_set():
                raise LegGone("The call has ended")
            self._interrupt = interrupt
            self._activity = asyncio.create_task(self._guarded(activity))

    async def _end(self) -> None:
        if self._activity is None or self._activity.done():
            return
        self._stopping = True
        try:
            for _ in range(TRIES):
                if not self.call.over.is_set():
                    await self._interrupt()
                if (await asyncio.wait([self._activity], timeout=PATIENCE_S))[0]:
                    return
        finally:
            self._stopping = False
        raise BridgeTimeout("Asterisk does not end what it does with a call")

    async def _guarded(self, activity: Callable[[], Awaitable[None]]) -> None:
        try:
            await activity()
        except LegGone:
            pass
        except BridgeError as error:
            log.warning("Asterisk would not do something with a call: %s", error)

    async def _play(self, sounds: Sequence[str], *, loop: bool, ended: Callable[[], None]) -> None:
        try:
            going_on = True
            while going_on:
                for sound in sounds:
                    result, _ = await self.call.say("STREAM FILE", sound, "")
                    if result < 0:
                        log.warning("Asterisk could not play %s", sound)
                    if self._stopping or result < 0:
                        return
                going_on = loop
        finally:
            ended()

    async def _enter(self, room: str, *, muted: bool, left: Callable[[], None]) -> None:
        for option, value in PROFILE.items():
            await self.call.set(f"CONFBRIDGE(user,{option})", value)
        await self.call.set("CONFBRIDGE(user,startmuted)", "yes" if muted else "no")
        if self._stopping:
            return
        await self._run("EXEC ConfBridge", room)
        if await self.call.is_up():
            left()

    async def _run(self, command: str, argument: str) -> None:
        await self.call.say(command, argument)
