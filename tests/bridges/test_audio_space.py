"""A real browser and callers of two bridges in one conference: who hears whom, told apart by their tones."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from bridges.base import MediaLeg
from bridges.codecs import PCMA
from bridges.local_leg import LocalMediaLeg
from bridges.rtp_leg import RtpMediaLeg
from conferences.media.contract import PHONE, Source
from conferences.media.mixer import Mixer
from conferences.media.server import MediaServer
from conferences.media.space import AudioSpace
from tests.conferences.media.talking import PRESENT, Phone
from tests.conferences.media.test_server import Meeting, browser, server
from tests.sounds import share

__all__ = ["browser", "server"]

BROWSER, NORTH, SOUTH = 440, 1300, 1900
PATIENCE_S = 40

SAYS = """async (hertz) => {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: hertz });
  const line = new MediaStreamAudioDestinationNode(context);
  tone.connect(new GainNode(context, { gain: 0.3 })).connect(line);
  tone.start();
  await window.connection.getTransceivers()[0].sender.replaceTrack(line.stream.getAudioTracks()[0]);
}"""

#: Waits until the first tones are heard, and gives how loud each is, in dB.
HEARS = """async ([wanted, all, patience]) => {
  const context = new AudioContext();
  const ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  for (const { receiver: { track } } of window.connection.getTransceivers().slice(4))
    if (track.kind === "audio") context.createMediaStreamSource(new MediaStream([track])).connect(ear);
  const spectrum = new Float32Array(ear.frequencyBinCount);
  const loudness = (hertz) => {
    const at = Math.round((hertz * ear.fftSize) / context.sampleRate);
    return Math.max(...spectrum.slice(at - 2, at + 3));
  };
  const end = performance.now() + patience * 1000;
  do {
    await new Promise((resume) => setTimeout(resume, 200));
    ear.getFloatFrequencyData(spectrum);
  } while (!wanted.every((hertz) => loudness(hertz) > -50) && performance.now() < end);
  return all.map(loudness);
}"""


class Line(Phone):
    """A bridge's end of a leg and ours: callers who say one tone, in step with whoever mixes."""

    def __init__(self, hertz: float, ours: MediaLeg, theirs: MediaLeg) -> None:
        super().__init__(hertz)
        self.ours, self._theirs = ours, theirs
        self.news = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def pull(self) -> bytes | None:
        self._theirs.push(super().pull() or b"")
        heard = self._theirs.pull()
        if heard is not None:
            self.heard.append(heard)
            self._loop.call_soon_threadsafe(self.news.set)
        return self.ours.pull()

    def push(self, frame: bytes) -> None:
        self.ours.push(frame)

    def close(self) -> None:
        self.ours.close()
        self._theirs.close()


@pytest.fixture
async def north() -> AsyncIterator[Line]:
    """In the same process."""
    line = Line(NORTH, *LocalMediaLeg.pair())
    yield line
    line.close()


@pytest.fixture
async def south() -> AsyncIterator[Line]:
    """Over RTP."""
    ours, theirs = (RtpMediaLeg("127.0.0.1", codec=PCMA, payload_type=8) for _ in range(2))
    ours.connect(theirs.address)
    theirs.connect(ours.address)
    line = Line(SOUTH, ours, theirs)
    yield line
    line.close()


async def until_hears(line: Line, *hertz: float) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not all(line.hears(one) for one in hertz):
            line.news.clear()
            await line.news.wait()


async def enter(meeting: Meeting) -> Page:
    page = await meeting.enter("browser", video_slots=1)
    await page.evaluate(SAYS, BROWSER)
    return page


@pytest.mark.e2e
async def test_everybody_hears_all_others_and_nobody_himself(
    server: MediaServer, browser: Browser, north: Line, south: Line
) -> None:
    meeting, space, mixer = Meeting(server, browser), AudioSpace(), Mixer()
    for name, line in (("north", north), ("south", south)):
        space.attach(name, line)
    meeting.router.seat(space)
    mixer.add(space)
    await until_hears(north, SOUTH)
    await until_hears(south, NORTH)
    page = await enter(meeting)
    await until_hears(north, SOUTH, BROWSER)
    await until_hears(south, NORTH, BROWSER)
    own, *others = await page.evaluate(HEARS, [[NORTH, SOUTH], [BROWSER, NORTH, SOUTH], PATIENCE_S])
    mixer.remove(space)
    assert min(others) > -50
    assert own < min(others) - 30
    assert share(north.sound, NORTH) < PRESENT / 10
    assert share(south.sound, SOUTH) < PRESENT / 10
    assert (PHONE, Source.PHONE) in meeting.listener.sees("browser")
