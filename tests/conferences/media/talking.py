"""People who talk in tones: in browsers of the paper conference, and on phones. A turn is 20 ms."""

from dataclasses import dataclass, field

import numpy as np

from conferences.media.contract import PHONE, Source
from conferences.media.mixing import FRAME_BYTES, FRAME_SAMPLES, Samples, level
from conferences.media.opus import OpusDecoder, OpusEncoder
from conferences.media.space import AudioSpace
from tests.conferences.media.house import Conference
from tests.sounds import share, tone

TURN = 0.02
PRESENT = 0.05
"""The least share of a tone in what is heard, if it is there; of others it is a tenth of that at most."""


class Phone:
    """A bridge's callers (`PcmLeg`), who say one tone. Dial: `is_silent`, `is_away`."""

    def __init__(self, hertz: float) -> None:
        self._tone = tone(hertz, 1, peak=6000)
        self.is_silent = self.is_away = False
        self.pulled = 0
        self.heard: list[bytes] = []

    def push(self, frame: bytes) -> None:
        assert len(frame) == FRAME_BYTES
        self.heard.append(frame)

    def pull(self) -> bytes | None:
        self.pulled += 1
        if self.is_away:
            return None
        at = self.pulled % 50 * FRAME_SAMPLES
        return bytes(FRAME_BYTES) if self.is_silent else self._tone[at : at + FRAME_SAMPLES].tobytes()

    @property
    def sound(self) -> Samples:
        """What was heard lately."""
        return np.frombuffer(b"".join(self.heard[-25:]), np.int16)

    def hears(self, hertz: float) -> bool:
        return share(self.sound, hertz) > PRESENT


@dataclass
class Speaker:
    """Somebody in a browser. Dial: `peak`, `loses` (turns whose packet is lost)."""

    hertz: float
    source: Source = Source.MICROPHONE
    peak: int = 6000
    loses: set[int] = field(default_factory=set)
    encoder: OpusEncoder = field(default_factory=OpusEncoder)


class Hall:
    """A conference with phones, of which everything happens when it is told to."""

    def __init__(self) -> None:
        self.conference = Conference()
        self.space = AudioSpace()
        self.speakers: dict[str, Speaker] = {}
        self.turn = 0
        self.conference.router.seat(self.space)

    async def enter(self, **speakers: Speaker) -> None:
        """These sit in browsers and talk."""
        await self.conference.enter(*speakers)
        self.speakers |= speakers

    def talk(self, seconds: float) -> None:
        for _ in range(round(seconds / TURN)):
            self.turn += 1
            self.conference.network.now += TURN
            for peer, speaker in self.speakers.items():
                self._say(peer, speaker)
            if self.turn % 2:
                self.conference.router.tick(self.conference.network.now)
            self.space.speak(self.space.mix(self.turn), self.conference.network.now)

    def _say(self, peer: str, speaker: Speaker) -> None:
        at = self.turn % 50 * FRAME_SAMPLES
        frame = tone(speaker.hertz, 1, peak=speaker.peak)[at : at + FRAME_SAMPLES]
        sound = speaker.encoder.encoded(frame)
        if self.turn not in speaker.loses:
            skip = self.turn - 1 in speaker.loses
            self.conference.send(peer, speaker.source, level=level(frame), sound=sound, skip=int(skip))

    def page_hears(self, peer: str) -> Samples:
        """What is on the line of the phones in this page, lately."""
        connection, wire = self.conference.connection(peer), self.conference.wire(peer)
        views = self.conference.listener.slots.get(peer, [])
        mids = {view.mid for view in views if view.peer == PHONE}
        ssrcs = {slot.ssrc for slot in connection.audio_slots if slot.mid in mids}
        decoder = OpusDecoder()
        frames = [decoder.decoded(packet.payload) for packet in wire.packets if packet.ssrc in ssrcs]
        return np.concatenate([np.zeros(0, np.int16), *frames])[-8000:]
