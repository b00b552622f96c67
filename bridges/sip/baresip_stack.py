"""`SipStack` by baresip (BSD): SIP over UDP, TCP and TLS, digest, RTP, SRTP, codecs and telephone events,
all in C.

One per process, for the library keeps global state. It has threads of its own; what it tells comes to the
loop.
"""

import asyncio
import contextlib
import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

import baresip
from baresip import Call, Event, StackEvent, UserAgent

from bridges.sip.guard import Guard
from bridges.sip.settings import Codec, Config, Srtp, Transport
from bridges.sip.slack import patient_threads
from bridges.sip.stack import (
    Arrived,
    Closed,
    Died,
    Established,
    Held,
    Measured,
    Pressed,
    Registered,
    Ringing,
    Sound,
    StackFailed,
)
from bridges.sip.stack import StackEvent as Told
from bridges.sip.surplus import Surplus
from bridges.types import EndCause, Quality
from meetingserver.rounds import Rounds

logger = logging.getLogger(__name__)
logging.getLogger("baresip.ua").setLevel(logging.CRITICAL)  # registrations are told as events

CODECS = {Codec.OPUS: "opus/48000/1", Codec.G722: "g722/16000/1", Codec.PCMA: "pcma", Codec.PCMU: "pcmu"}
CODEC_OF_RATE = {48_000: "opus", 16_000: "G722", 8_000: "G711"}
ENCRYPTION = {Srtp.OPTIONAL: ("mediaenc=srtp",), Srtp.MANDATORY: ("mediaenc=srtp-mand",), Srtp.OFF: ()}
DIGITS = frozenset("0123456789*#")
CAUSES = {
    403: EndCause.FORBIDDEN,
    404: EndCause.INVALID_NUMBER,
    408: EndCause.NO_ANSWER,
    410: EndCause.INVALID_NUMBER,
    480: EndCause.NO_ANSWER,
    484: EndCause.INVALID_NUMBER,
    486: EndCause.BUSY,
    487: EndCause.CANCELLED,
    500: EndCause.CONGESTION,
    502: EndCause.CONGESTION,
    503: EndCause.CONGESTION,
    504: EndCause.CONGESTION,
    600: EndCause.BUSY,
    603: EndCause.REJECTED,
    604: EndCause.INVALID_NUMBER,
}
"""Of answers to calls we placed (RFC 3261, section 21)."""
GUARD_EVERY_S = 300.0
"""The trunk's addresses are looked up again."""
READ_MS = 200
LOOK_EVERY = 5
"""Frames."""
NO_VIDEO = "video_codecs"
"""An empty list. Else every call that is answered is offered anew at once, without the video it never had."""
REGISTERED_S = 300
MOST_EARLY = 50

# What stands between `sip:` and `@`, and the name before it. The stack has parsed and checked the header.
_USER = re.compile(r"sips?:([^@;>?\s]{1,64})@")
_NAME = re.compile(r'^\s*"?([^"<]{1,60}?)"?\s*<')


class BaresipLine:
    def __init__(self, call: Call) -> None:
        self.call = call
        self.answered = False
        self._formats: tuple[Sound, Sound] | None = None
        self._codec = ""
        self._written = 0
        self._silences = -1
        self._surplus = Surplus(LOOK_EVERY)

    @property
    def name(self) -> str:
        return self.call.call_id or str(self.call.handle)

    @property
    def codec(self) -> str:
        return self._codec

    async def answer(self) -> None:
        await _unless_gone(self.call.answer())

    async def refuse(self) -> None:
        await _unless_gone(self.call.reject())

    async def hang_up(self) -> None:
        await _unless_gone(self.call.hangup())

    def formats(self) -> tuple[Sound, Sound] | None:
        if self._formats is None:
            try:
                info = self.call.audio.info()
            except baresip.AudioNotActive:
                return None
            if info.tx_ready and info.rx_ready:
                heard = Sound(info.rx_sample_rate, info.rx_channels)
                self._formats = heard, Sound(info.tx_sample_rate, info.tx_channels)
                self._codec = CODEC_OF_RATE.get(heard.rate, "")
        return self._formats

    def read(self) -> bytes:
        if self._formats is None:
            return b""
        heard = self._formats[0]
        try:
            return bytes(self.call.audio.read(heard.rate * heard.channels * 2 * READ_MS // 1000))
        except (baresip.AudioNotActive, baresip.AudioRestarted):
            self._formats = None
            return b""

    def write(self, pcm: bytes) -> None:
        self._written += 1
        try:
            if self._written % LOOK_EVERY or not self._is_surplus(pcm):
                self.call.audio.write(pcm)
        except (baresip.AudioNotActive, baresip.AudioRestarted):
            self._formats = None

    def _is_surplus(self, pcm: bytes) -> bool:
        """The stack sends in its own time: what piled up in a hiccup of ours would stay there."""
        stats = self.call.audio.stats()
        if 0 <= self._silences < stats.tx_silence_frames:
            self._surplus.ran_short()
        self._silences = stats.tx_silence_frames
        return self._surplus.leaves_out(pcm, stats.tx_buffered // len(pcm))


class BaresipStack:
    def __init__(self, config: Config) -> None:
        self._config = config
        self._runtime = baresip.Runtime()
        self._trunk: UserAgent | None = None
        self._lines: dict[int, BaresipLine] = {}
        self._early: OrderedDict[int, list[StackEvent]] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._tell: Callable[[Told], None] = lambda _told: None
        self._guard = Guard(config.networks, config.trunk_hosts)
        self._rounds = Rounds(
            self._stand_guard, every_s=GUARD_EVERY_S, failure="The addresses of the trunk were not looked up."
        )

    async def start(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._runtime.on_dead = lambda: tell(Died())
        try:
            with patient_threads():
                await self._runtime.start(stack_config(self._config))
            if self._config.trunk_domain:
                self._trunk = await self._agent(trunk_account(self._config))
            for transport in self._config.transports:
                await self._agent(direct_account(self._config, transport))
        except (baresip.BaresipError, ValueError) as error:
            raise StackFailed(f"The SIP stack did not start: {error}") from error
        self._runtime.subscribe(self._heard)
        self._rounds.start()
        if self._trunk and self._config.trunk_registers:
            self._soon(self._register(self._trunk))

    async def _agent(self, account: baresip.Account) -> UserAgent:
        agent = await UserAgent.create(self._runtime, account, transfer_policy="reject")
        agent.on_incoming(self._arrived)
        return agent

    async def stop(self) -> None:
        await self._rounds.stop()
        for task in self._tasks:
            task.cancel()
        for line in list(self._lines.values()):
            await line.hang_up()
        try:
            if self._trunk and self._config.trunk_registers:
                await self._trunk.unregister(timeout=2)
        except baresip.BaresipError as error:
            logger.info("The trunk did not take our leave: %s", error)
        await self._runtime.close()

    async def dial(self, number: str, caller_id: str) -> BaresipLine:
        if self._trunk is None:
            raise StackFailed("There is no trunk to place calls with.")
        domain = self._config.trunk_domain
        shown = {"P-Asserted-Identity": f"<sip:{caller_id}@{domain}>"} if caller_id else {}
        try:
            call = await self._trunk.dial(
                f"sip:{number}@{domain};transport={self._config.trunk_transport}", shown
            )
        except (baresip.BaresipError, ValueError) as error:
            raise StackFailed(f"The call could not be placed: {error}") from error
        line = self._adopted(call)
        # What became of it while the library told us its name: only when whoever dials knows the line.
        for event in self._early.pop(call.handle, []):
            asyncio.get_running_loop().call_soon(self._heard, event)
        return line

    def _adopted(self, call: Call) -> BaresipLine:
        line = self._lines[call.handle] = BaresipLine(call)
        return line

    def _keep(self, event: StackEvent) -> None:
        """Of a call that we do not know (yet)."""
        if event.call:
            self._early.setdefault(event.call, []).append(event)
            if len(self._early) > MOST_EARLY:
                self._early.popitem(last=False)

    def _arrived(self, call: Call) -> None:
        sender = call.headers.get("From", "")
        asserted = call.headers.get("P-Asserted-Identity", "") or sender or call.peer or ""
        name = _NAME.match(sender)
        self._tell(
            Arrived(
                line=self._adopted(call),
                caller=_user(asserted),
                caller_name=name[1] if name else "",
                dialled=_user(call.headers.get("To", "")),
            )
        )

    def _heard(self, event: StackEvent) -> None:
        if event.event in (Event.REGISTER_OK, Event.REGISTER_FAIL):
            self._tell(Registered(event.event is Event.REGISTER_OK, event.text or ""))
            return
        line = self._lines.get(event.call)
        if line is None:
            self._keep(event)
        elif event.event is Event.CALL_CLOSED:
            del self._lines[event.call]
            self._tell(_closed(line, event))
        elif told := _told(line, event):
            self._tell(told)

    async def _register(self, agent: UserAgent) -> None:
        """The outcome is told as an event, and the stack itself goes on trying."""
        self._tell(Registered(works=False, reason="It has not answered yet."))
        with contextlib.suppress(baresip.BaresipError):
            await agent.register()

    async def _stand_guard(self) -> None:
        ports = {self._config.port}
        if Transport.TLS in self._config.transports:
            ports.add(self._config.port + 1)
        await self._guard.stand(ports)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def stack_config(config: Config) -> baresip.Config:
    """Raises ValueError."""
    lines = [
        f"sip_listen {config.listen_address}:{config.port}",
        f"sip_transports {','.join(config.transports)}",
        f"sip_verify_server {'yes' if config.verify_tls else 'no'}",
        f"rtp_ports {config.first_rtp_port}-{config.last_rtp_port}",
        "call_hold_other_calls no",
        "audio_jitter_buffer_type adaptive",
        "audio_jitter_buffer_ms 20-120",
        "audio_buffer 20-160",
        "opus_stereo no",
        "opus_sprop_stereo no",
    ]
    lines += [f"sip_certificate {config.certificate}"] if config.certificate else []
    lines += [f"sip_cafile {config.authorities}"] if config.authorities else []
    return baresip.Config(
        net_interface=None if config.listen_address == "0.0.0.0" else config.listen_address,  # noqa: S104
        expose_headers=("From", "To", "P-Asserted-Identity"),
        max_concurrent_calls=config.max_calls,
        rtp_timeout=config.silent_after_s,
        extra_config_text="\n".join(lines),
    )


def trunk_account(config: Config) -> baresip.Account:
    """Raises ValueError."""
    proxy = f"{config.trunk_proxy};transport={config.trunk_transport}" if config.trunk_proxy else None
    return baresip.Account(
        user=config.trunk_user,
        domain=config.trunk_domain,
        password=config.trunk_secret,
        auth_user=config.trunk_login or None,
        registrar=proxy,
        reg_interval=REGISTERED_S if config.trunk_registers else 0,
        transport=config.trunk_transport.value,
        audio_codecs=tuple(CODECS[codec] for codec in config.codecs),
        extra_params=_parameters(config),
    )


def direct_account(config: Config, transport: Transport) -> baresip.Account:
    """Takes what comes by this transport to whatever name: the stack wants one for each. Raises
    ValueError."""
    return baresip.Account(
        user="conference",
        domain=config.listen_address,
        password="",
        reg_interval=0,
        transport=transport.value,
        audio_codecs=tuple(CODECS[codec] for codec in config.codecs),
        extra_params=("catchall=yes", *_parameters(config)),
    )


def _parameters(config: Config) -> tuple[str, ...]:
    nat = ("medianat=stun", f"stunserver=stun:{config.stun_server}") if config.stun_server else ()
    return (NO_VIDEO, *ENCRYPTION[config.srtp], *nat)


async def _unless_gone(asked: Coroutine[Any, Any, None]) -> None:
    try:
        await asked
    except baresip.StaleHandleError:
        return
    except baresip.BaresipError as error:
        logger.warning("The SIP stack refused: %s", error)


def _user(header: str) -> str:
    found = _USER.search(header)
    return found[1] if found else ""


def _told(line: BaresipLine, event: StackEvent) -> Told | None:
    match event.event:
        case Event.CALL_RINGING | Event.CALL_PROGRESS:
            return Ringing(line)
        case Event.CALL_ESTABLISHED:
            line.answered = True
            return Established(line)
        case Event.CALL_HOLD | Event.CALL_RESUME:
            return Held(line, held=event.event is Event.CALL_HOLD)
        case Event.CALL_DTMF_START if event.text in DIGITS:
            return Pressed(line, str(event.text))
        case Event.CALL_RTCP if event.stats:
            return Measured(line, _quality(line, event))
        case _:
            return None


def _closed(line: BaresipLine, event: StackEvent) -> Closed:
    text = event.text or ""
    code = int(text[:3]) if re.match(r"[3-6]\d\d\b", text) else 0
    quality = _quality(line, event)
    if text == "rtp stream error":
        return Closed(line, EndCause.MEDIA_LOST, quality=quality)
    if line.answered:
        return Closed(line, EndCause.NORMAL, quality=quality)
    return Closed(line, CAUSES.get(code, EndCause.ERROR if code else EndCause.CONGESTION), code, quality)


def _quality(line: BaresipLine, event: StackEvent) -> Quality:
    """Loss of both directions, whichever is worse."""
    rx, tx, rtcp = (event.stats.get(part, {}) for part in ("rx", "tx", "rtcp"))
    if not rx.get("packets"):
        return Quality(codec=line.codec)
    loss = max(
        _share(rtcp.get("rx_lost", 0), rx["packets"]), _share(rtcp.get("tx_lost", 0), tx.get("packets", 0))
    )
    jitter, way = rtcp.get("rx_jitter_us", 0) / 1000, rtcp.get("rtt_us", 0) / 2000
    return Quality(mos(loss, jitter, way), round(loss, 2), round(jitter, 1), line.codec)


def _share(lost: int, came: int) -> float:
    return 100.0 * max(0, lost) / max(1, came + max(0, lost))


def mos(loss_percent: float, jitter_ms: float, way_ms: float) -> float:
    """By the E-model (ITU-T G.107), simplified: 1 to 4.5."""
    delay = way_ms + 2 * jitter_ms + 10
    rating = 93.2 - (delay / 40 if delay < 160 else (delay - 120) / 10) - 2.5 * loss_percent
    rating = min(100.0, max(0.0, rating))
    return round(max(1.0, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating)), 2)
