"""`Adapter`: the server's side of the embedded bridge. The bridge itself is a process of its own
(`process.py`), started and watched here, or by somebody elsewhere."""

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from time import monotonic
from typing import ClassVar

import msgspec

from bridges import events as e
from bridges.base import AudioBridge, Call, MediaLeg
from bridges.codecs import L16
from bridges.errors import (
    AlreadyAttached,
    BridgeError,
    BridgeTimeout,
    BridgeUnavailable,
    MediaFailed,
    NotSupported,
)
from bridges.events import AnyBridgeEvent
from bridges.rtp_leg import RtpMediaLeg
from bridges.sip import protocol as p
from bridges.sip.link import Link
from bridges.sip.settings import Config, Settings
from bridges.types import Capabilities, EndCause, Health
from meetingserver.children import Child
from meetingserver.env import surroundings

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 5.0
STARTED_WITHIN_S = 5.0
"""A process that was just started is not down."""
TRUNK_WITHIN_S = 3.0
LOOK_S = 5.0


class Adapter(AudioBridge):
    type: ClassVar[str] = "sip"
    config: Config

    def __init__(self, key: str, config: Config, *, synthetic_callers: int = 0) -> None:
        """`synthetic_callers` call as soon as it runs, without SIP: for measurements."""
        super().__init__(key, config)
        self.capabilities = Capabilities(
            dial_out=bool(config.trunk_domain) or synthetic_callers > 0,
            quality=True,
            listens=True,
            volume=True,
            codecs=tuple(codec.value for codec in config.codecs),
            max_legs=config.max_calls,
        )
        self._synthetic_callers = synthetic_callers
        self._own: _OwnProcess | None = None
        self._link: Link | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._media: dict[str, RtpMediaLeg] = {}
        self._told: asyncio.Queue[AnyBridgeEvent] = asyncio.Queue()

    async def start(self) -> None:
        if not self.config.process:
            self._own = _OwnProcess(self.config, self._synthetic_callers)
            self._own.start()
        self._keeping = asyncio.get_running_loop().create_task(self._keep_connected())

    async def stop(self) -> None:
        if self._keeping:
            self._keeping.cancel()
        if self._link:
            self._link.close()
        for media in self._media.values():
            media.close()
        self._media.clear()
        if self._own:
            await self._own.end()

    async def check(self) -> Health:
        begun = monotonic()
        try:
            if self._link:
                status = await self._status(self._link)
            elif self._keeping:
                raise BridgeUnavailable("The bridge's process does not answer.")
            else:
                status = await self._checked_anew()
        except BridgeError as error:
            return Health(works=False, answer=str(error))
        latency = round(1000 * (monotonic() - begun), 1)
        if not status.trunk_works:
            return Health(
                works=False,
                answer=f"The bridge runs, but the trunk refuses it: {status.trunk_reason}",
                latency_ms=latency,
            )
        answer = f"The bridge runs and has {status.calls} calls."
        if status.outdated:
            answer += " It keeps its former settings until they have ended."
        return Health(works=True, answer=answer, latency_ms=latency)

    @property
    def process_id(self) -> int:
        """Of our own process; 0: there is none."""
        return self._own.process_id if self._own else 0

    async def events(self) -> AsyncIterator[AnyBridgeEvent]:
        while True:
            yield await self._told.get()

    # Calls

    async def dial(self, call: Call) -> None:
        shown = call.caller_id or self.config.caller_id
        await self._ask(p.Dial(leg=call.leg, number=call.number, caller_id=shown, timeout_s=call.timeout_s))

    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        await self._ask(p.HangUp(leg=leg, cause=cause))

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        return await self._ask(p.Play(leg=leg, sounds=_places(sounds), loop=loop))

    async def stop_playing(self, leg: str) -> None:
        await self._ask(p.StopPlaying(leg=leg))

    async def record(self, leg: str) -> None:
        await self._ask(p.Record(leg=leg))

    async def stop_recording(self, leg: str) -> None:
        await self._ask(p.StopRecording(leg=leg))

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        await self._ask(p.Join(leg=leg, room=room, muted=muted))

    async def leave(self, leg: str) -> None:
        await self._ask(p.Leave(leg=leg))

    async def set_muted(self, leg: str, muted: bool) -> None:
        await self._ask(p.SetMuted(leg=leg, muted=muted))

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        await self._ask(p.SetDeaf(leg=leg, deaf=deaf))

    async def set_volume(self, leg: str, db: int) -> None:
        await self._ask(p.SetVolume(leg=leg, db=db))

    # Rooms

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        await self._ask(p.Announce(room=room, sounds=_places(sounds)))

    async def set_locked(self, room: str, locked: bool) -> None:
        raise NotSupported("lock")

    async def close_room(self, room: str) -> None:
        self._forget(room)
        await self._ask(p.CloseRoom(room=room))

    async def attach_media(self, room: str) -> MediaLeg:
        link = self._connected()
        if room in self._media:
            raise AlreadyAttached(room)
        try:
            media = RtpMediaLeg(link.host, codec=L16, payload_type=p.PAYLOAD_TYPE)
        except OSError as error:
            raise MediaFailed(f"No port for sound: {error}") from error
        self._media[room] = media
        try:
            host, _, port = (await link.ask(p.AttachMedia(room=room, port=media.address[1]))).partition(" ")
            media.connect((host, int(port)))
        except BaseException:
            self._forget(room)
            raise
        return media

    async def detach_media(self, room: str) -> None:
        if room in self._media:
            self._forget(room)
            await self._ask(p.DetachMedia(room=room))

    def _forget(self, room: str) -> None:
        if media := self._media.pop(room, None):
            media.close()

    # The connection

    async def _ask(self, command: p.AnyCommand) -> str:
        return await self._connected().ask(command)

    def _connected(self) -> Link:
        if self._link is None:
            raise BridgeUnavailable("The bridge's process does not answer.")
        return self._link

    @property
    def _address(self) -> str:
        return self._own.address if self._own else self.config.process

    @property
    def _secret(self) -> str:
        return self._own.secret if self._own else self.config.process_secret

    async def _keep_connected(self) -> None:
        pause, since, said = FIRST_PAUSE_S, monotonic(), ""
        while True:
            try:
                link = await Link.open(self._address, self._secret, self._hear)
            except BridgeError as error:
                await asyncio.sleep(pause)
                if monotonic() - since > (STARTED_WITHIN_S if self._own else 0):
                    pause = min(2 * pause, LONGEST_PAUSE_S)
                    if str(error) != said:
                        said = str(error)
                        self._told.put_nowait(e.BridgeDown(reason=said))
                continue
            self._link = link
            watching = asyncio.get_running_loop().create_task(self._watch(link))
            reason = await link.lost
            watching.cancel()
            self._link = None
            self._told.put_nowait(e.BridgeDown(reason=reason))
            pause, since, said = FIRST_PAUSE_S, monotonic(), reason

    async def _watch(self, link: Link) -> None:
        """A process that is there and does nothing is given up; another takes its place."""
        with contextlib.suppress(BridgeUnavailable):
            while True:
                await asyncio.sleep(LOOK_S)
                try:
                    await self._status(link)
                except BridgeTimeout as timeout:
                    link.close(str(timeout))
                    if self._own:
                        self._own.kill()

    def _hear(self, event: AnyBridgeEvent) -> None:
        self._told.put_nowait(event)
        if isinstance(event, e.BridgeUp):
            # What was attached over the connection before has no other end any more.
            for room in list(self._media):
                self._forget(room)
                self._told.put_nowait(e.MediaLost(room=room, reason="The bridge was connected anew."))

    # Test connection

    async def _checked_anew(self) -> p.Status:
        """Raises BridgeError."""
        if self.config.process:
            return await self._watched(self.config.process, self.config.process_secret)
        own = _OwnProcess(self.config, self._synthetic_callers)
        own.start()
        try:
            return await self._watched(own.address, own.secret)
        finally:
            await own.end()

    async def _watched(self, address: str, secret: str) -> p.Status:
        """The trunk gets a while to take us."""
        end = monotonic() + TRUNK_WITHIN_S
        while True:
            try:
                link = await Link.open(address, secret, lambda _event: None, watches=True)
            except BridgeUnavailable:
                if monotonic() > end:
                    raise
                await asyncio.sleep(FIRST_PAUSE_S)
                continue
            with contextlib.closing(link):
                status = await self._status(link)
                while not status.trunk_works and monotonic() < end:
                    await asyncio.sleep(FIRST_PAUSE_S)
                    status = await self._status(link)
                return status

    async def _status(self, link: Link) -> p.Status:
        return msgspec.json.decode(await link.ask(p.AskStatus()), type=p.Status)


class _OwnProcess:
    """Of this server, by which it is started, watched and ended. Told its settings where nobody else
    reads."""

    def __init__(self, config: Config, synthetic_callers: int) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="meetingserver-sip-"))
        self.address = f"unix:{self._folder / 'control'}"
        self.secret = secrets.token_hex(32)
        settings = Settings(
            control=self.address,
            secret=self.secret,
            config=config,
            parent=os.getpid(),
            synthetic_callers=synthetic_callers,
        )
        command = [sys.executable, "-m", "bridges.sip.process"]
        self._child = Child(command, surroundings(), name="SIP bridge", told=msgspec.json.encode(settings))

    @property
    def process_id(self) -> int:
        return self._child.process_id

    def start(self) -> None:
        self._child.start()

    def kill(self) -> None:
        if self.process_id:
            os.kill(self.process_id, signal.SIGKILL)

    async def end(self) -> None:
        await asyncio.to_thread(self._child.end)
        shutil.rmtree(self._folder, ignore_errors=True)


def _places(sounds: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(sound.absolute()) for sound in sounds)
