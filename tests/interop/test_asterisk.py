"""The contract suite, over a real Asterisk and telephones that speak SIP. The essentials are proved in every
run of the tests, the rest in campaigns."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec import structs

from bridges.asterisk import bridge
from bridges.asterisk.adapter import MODES
from bridges.asterisk.config import Codec, Config, Mode
from bridges.base import AudioBridge
from bridges.errors import LegGone
from bridges.events import BridgeUp, LegArrived, LegEnded, LegJoined, LegMeasured, MediaLost
from bridges.types import EndCause
from tests.bridges.asterisk.together import Together
from tests.bridges.contract import Details
from tests.bridges.contract.essentials import Essentials
from tests.bridges.rig import Events, speaking
from tests.bridges.sip_phones import SipPhone
from tests.bridges.stage import ANNA, CALLER, DIALLED, ROOM, WEB, Stage
from tests.house import free_port
from tests.interop.asterisk import RunningAsterisk
from tests.interop.sip_rig import SipRig

pytestmark = pytest.mark.interop

HIGH, HIGHER = 5000, 6000
"""Tones that G.711 cannot carry."""
REPORTS_EVERY_S = 5.0
"""Then Asterisk counts lost packets anew (RFC 3550, section 6.2)."""


class RealAsterisk(SipRig):
    """A `rig.Rig`."""

    secret = "change-me"

    def __init__(self, asterisk: RunningAsterisk, mode: Mode) -> None:
        control = asterisk.manager if mode == Mode.AMI else asterisk.http
        super().__init__(control=control, sip=asterisk.sip, phones=asterisk.phones)
        self.asterisk, self._mode = asterisk, mode
        self.has_menu = mode == Mode.AMI
        self._sounds = free_port()

    async def close(self) -> None:
        await super().close()
        self.asterisk.say("channel request hangup all")
        self.asterisk.wait_for_silence()

    def bridge(self, *, secret: str = "", **config: object) -> AudioBridge:
        usual = Config(
            host="127.0.0.1",
            username="meetingserver",
            password=secret or self.secret,
            mode=self._mode,
            port=self._wire.port,
            agi_port=self.asterisk.agi,
            sounds_port=self._sounds,
        )
        return MODES[self._mode]("pbx", structs.replace(usual, **config))

    async def call_with_hd_voice(self) -> SipPhone:
        return await self._exchange.call(CALLER, DIALLED, wide=True)

    def encrypted_bridge(self, authorities: str = "") -> AudioBridge:
        asterisk = self.asterisk
        port = asterisk.encrypted_manager if self._mode == Mode.AMI else asterisk.encrypted_http
        return self.bridge(tls=True, port=port, authorities=authorities)

    async def end_media(self, room: str) -> None:
        self.asterisk.hang_up_media()


@pytest.fixture(scope="session")
def asterisk_with_confbridge() -> Iterator[RunningAsterisk]:
    with RunningAsterisk("ami") as asterisk:
        yield asterisk


@pytest.fixture(scope="session")
def asterisk_with_stasis() -> Iterator[RunningAsterisk]:
    with RunningAsterisk("ari") as asterisk:
        yield asterisk


@asynccontextmanager
async def opened(asterisk: RunningAsterisk, mode: Mode) -> AsyncIterator[RealAsterisk]:
    rig = RealAsterisk(asterisk, mode)
    await rig.open()
    yield rig
    await rig.close()


class WithConfBridge:
    @pytest.fixture
    async def rig(self, asterisk_with_confbridge: RunningAsterisk) -> AsyncIterator[RealAsterisk]:
        async with opened(asterisk_with_confbridge, Mode.AMI) as rig:
            yield rig


class WithStasis:
    @pytest.fixture
    async def rig(self, asterisk_with_stasis: RunningAsterisk) -> AsyncIterator[RealAsterisk]:
        async with opened(asterisk_with_stasis, Mode.ARI) as rig:
            yield rig


class EssentialsOfAsterisk(Essentials):
    async def test_an_encrypted_interface_is_trusted_by_who_knows_its_certificate(
        self, rig: RealAsterisk, tmp_path: Path
    ) -> None:
        unknown = await rig.encrypted_bridge().check()
        assert not unknown.works
        assert "certificate" in unknown.answer
        bridge = rig.encrypted_bridge(str(rig.asterisk.certificate))
        async with Stage.started(rig, bridge, tmp_path) as stage:
            _, leg = await stage.bring_in()
            await bridge.hang_up(leg, EndCause.KICKED)
            await stage.events.next(LegEnded, leg=leg, cause=EndCause.KICKED)

    async def test_the_web_and_telephones_with_hd_voice_hear_each_others_whole_voices(
        self, rig: RealAsterisk, stage: Stage
    ) -> None:
        anna = await rig.call_with_hd_voice()
        leg = (await stage.events.next(LegArrived)).leg
        await stage.bridge.join(leg, ROOM)
        await stage.events.next(LegJoined, leg=leg)
        anna.talk(HIGH)
        async with speaking(await stage.bridge.attach_media(ROOM), HIGHER) as web:
            await web.hears(HIGH)
            await anna.ear.hears(HIGHER)


class TestConfBridge(WithConfBridge, EssentialsOfAsterisk):
    pass


class TestStasis(WithStasis, EssentialsOfAsterisk):
    pass


class DetailsOfAsterisk(Details):
    async def test_sound_that_gets_lost_is_measured(
        self, rig: RealAsterisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bridge, "MEASURED_EVERY_S", REPORTS_EVERY_S + 1)
        async with Stage.started(rig, rig.bridge(), tmp_path) as stage:
            phone, leg = await stage.bring_in()
            assert isinstance(phone, SipPhone)
            phone.sound.loses = 5
            measured = (await stage.events.next(LegMeasured, leg=leg)).quality
            assert 10 < measured.loss_percent < 25
            assert measured.codec == "ulaw"
            assert 1 <= measured.mos < 4

    async def test_our_sound_may_be_coded_as_alaw(self, rig: RealAsterisk, tmp_path: Path) -> None:
        bridge = rig.bridge(codec=Codec.ALAW)
        events = Events(bridge)
        await bridge.start()
        await events.next(BridgeUp)
        anna, _ = await Stage(rig, bridge, events, tmp_path).bring_in()
        anna.talk(ANNA)
        async with speaking(await bridge.attach_media(ROOM), WEB) as ear:
            await ear.hears(ANNA)
            await anna.ear.hears(WEB)
        await bridge.stop()

    async def test_asterisk_crashes_in_the_middle_of_a_conference(
        self, rig: RealAsterisk, stage: Stage
    ) -> None:
        _, leg = await stage.bring_in()
        await stage.bridge.attach_media(ROOM)
        await asyncio.to_thread(rig.asterisk.crash)
        up = await stage.events.next(BridgeUp)
        assert (up.rooms, up.waiting) == ((), ())
        await stage.events.next(MediaLost, room=ROOM)
        with pytest.raises(LegGone):
            await stage.bridge.set_muted(leg, True)
        anna, _ = await stage.bring_in()
        async with speaking(await stage.bridge.attach_media(ROOM), WEB):
            await anna.ear.hears(WEB)


@pytest.mark.campaign
class TestDetailsOfConfBridge(WithConfBridge, DetailsOfAsterisk):
    pass


@pytest.mark.campaign
class TestDetailsOfStasis(WithStasis, DetailsOfAsterisk):
    pass


@pytest.mark.campaign
class TestConfBridgeTogether(WithConfBridge, Together):
    pass


@pytest.mark.campaign
class TestStasisTogether(WithStasis, Together):
    pass
