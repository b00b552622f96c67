"""Who comes into a room of a real Janus by WebRTC, as browsers do, is shown talking."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack
from av import AudioFrame

from bridges.events import BridgeUp, LegJoined, LegMuted, LegTalking
from tests.bridges.janus.rig import JanusRig
from tests.bridges.rig import Events
from tests.bridges.stage import ANNA, CALLER, ROOM
from tests.bridges.tones import Voice
from tests.interop.janus import Janus

pytestmark = pytest.mark.interop


@pytest.fixture
def janus() -> Iterator[Janus]:
    with Janus() as janus:
        yield janus


class Microphone(AudioStreamTrack):
    """One tone, or silence."""

    def __init__(self) -> None:
        super().__init__()
        self.hz = 0.0

    async def recv(self) -> AudioFrame:
        silent = await super().recv()
        assert isinstance(silent, AudioFrame)
        voice = Voice(silent.sample_rate, self.hz)
        voice.frame(silent.pts or 0)
        frame = AudioFrame.from_ndarray(voice.frame(silent.samples)[np.newaxis], "s16", "mono")
        frame.pts, frame.sample_rate, frame.time_base = silent.pts, silent.sample_rate, silent.time_base
        return frame


@asynccontextmanager
async def browser(rig: JanusRig, track: MediaStreamTrack) -> AsyncIterator[None]:
    peer = RTCPeerConnection()
    peer.addTrack(track)
    try:
        await peer.setLocalDescription(await peer.createOffer())
        answer = await rig.gateway.call_by_webrtc(ROOM, CALLER, peer.localDescription.sdp)
        await peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        yield
    finally:
        await peer.close()


async def test_who_comes_by_webrtc_is_shown_talking_and_muted_not(janus: Janus) -> None:
    async with JanusRig.of(janus.port) as rig:
        bridge = rig.bridge()
        events = Events(bridge)
        await bridge.start()
        await events.next(BridgeUp)
        microphone = Microphone()
        async with browser(rig, microphone):
            leg = (await events.next(LegJoined)).leg
            microphone.hz = ANNA
            await events.next(LegTalking, leg=leg, level=5)
            await bridge.set_muted(leg, True)
            await events.next(LegMuted, leg=leg, muted=True)
            await events.next(LegTalking, leg=leg, level=0)
            await bridge.set_muted(leg, False)
            await events.next(LegTalking, leg=leg, level=5)
            microphone.hz = 0.0
            await events.next(LegTalking, leg=leg, level=0)
        await bridge.stop()
