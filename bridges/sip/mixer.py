"""The mix: every 20 ms, on a thread of its own, to each phone what the others of its room say, and to our
media leg what all phones say. numpy does it for all lines at once.
"""

import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bridges.base import FRAME_MS, FRAME_SAMPLES
from bridges.pcm import amplified
from bridges.sip.intake import Intake
from bridges.sip.legs import PhoneLeg, RoomSound
from bridges.sip.recording import Recording
from bridges.sip.resample import Floats, from_line, to_line
from bridges.sip.sounds import Playing
from bridges.sip.stack import Sound
from conferences.media.priority import go_first

logger = logging.getLogger(__name__)

FRAME_S = FRAME_MS / 1000
HOPELESS_S = 0.2
"""So late, and what was missed is not made up for."""
BEHIND_PROMPT = np.float32(0.25)
"""How loud a room is for who hears a prompt meanwhile."""
KEPT_TICKS = 3000
SILENCE_DB = -96.0
IDLE = 48
"""Peak below which it is the noise of an idle line: that of many adds up."""


class Figures(NamedTuple):
    """Of the last minute. `busy` is the part of a core that ticks took."""

    ticks: int
    late_p50_ms: float
    late_p99_ms: float
    busy: float


class Mixer(threading.Thread):
    def __init__(
        self,
        talked: Callable[[str, int], None],
        played: Callable[[str, str], None],
        recorded: Callable[[str, Recording], None],
    ) -> None:
        """`talked(leg, level)`, `played(leg, play)` and `recorded(leg, recording)`, which is full, are called
        by this thread."""
        super().__init__(name="mixer", daemon=True)
        self.legs: tuple[PhoneLeg, ...] = ()
        self.rooms: Mapping[str, RoomSound] = {}
        """Both are replaced, never changed, by the event loop."""
        self._talked = talked
        self._played = played
        self._recorded = recorded
        self._ending = threading.Event()
        self._late: deque[float] = deque(maxlen=KEPT_TICKS)
        self._took: deque[float] = deque(maxlen=KEPT_TICKS)

    def run(self) -> None:
        go_first()
        due = time.monotonic()
        while not self._ending.is_set():
            due += FRAME_S
            time.sleep(max(0.0, due - time.monotonic()))
            begun = time.monotonic()
            self._late.append(begun - due)
            try:
                self.tick()
            except Exception:
                logger.exception("A frame was not mixed.")  # the next one may be
            self._took.append(time.monotonic() - begun)
            if begun - due > HOPELESS_S:
                due = begun

    def end(self) -> None:
        self._ending.set()
        if self.is_alive():
            self.join()

    def figures(self) -> Figures:
        late = sorted(self._late) or [0.0]
        busy = sum(self._took) / (len(self._took) * FRAME_S) if self._took else 0.0
        return Figures(
            len(late), 1000 * late[len(late) // 2], 1000 * late[int(0.99 * (len(late) - 1))], round(busy, 3)
        )

    def tick(self) -> None:
        """One frame. Public for tests, which have time in their own hands."""
        legs = [leg for leg in self.legs if leg.is_answered and has_sound(leg)]
        heard = np.zeros((len(legs), FRAME_SAMPLES), np.float32)
        for sound, places in by_sound(leg.sounds[0] if leg.sounds else None for leg in legs).items():
            heard[places] = listen([legs[place] for place in places], sound)
        self._tell_who_talks(legs, heard)
        self._record(legs, heard)
        said = self._mixed(legs, heard)
        for place, leg in enumerate(legs):
            self._prompt(leg, said[place])
        self._turn_up(legs, said)
        frames = np.clip(said, -32_768, 32_767).astype(np.int16)
        for sound, places in by_sound(leg.sounds[1] if leg.sounds else None for leg in legs).items():
            say([legs[place] for place in places], frames[places], sound)

    def _mixed(self, legs: Sequence[PhoneLeg], heard: Floats) -> Floats:
        said = np.zeros_like(heard)
        rooms = self.rooms
        inside: dict[str, list[int]] = {room: [] for room in rooms}
        for place, leg in enumerate(legs):
            if leg.room in inside:
                inside[leg.room].append(place)
        for room, places in inside.items():
            audible = np.array([[legs[place].is_heard] for place in places], np.float32).reshape(-1, 1)
            own = heard[places] * audible
            total = own.sum(axis=0)
            others = total + self._besides(rooms[room], total)
            for index, place in enumerate(places):
                if not legs[place].deaf:
                    said[place] = others - own[index]
        return said

    def _besides(self, room: RoomSound, phones: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """What the conference says, and announcements; the conference is told what the phones say."""
        besides = np.zeros(FRAME_SAMPLES, np.float32)
        if room.media is not None:
            room.media.push(np.clip(phones, -32_768, 32_767).astype(np.int16).tobytes())
            if came := room.media.pull():
                besides += np.frombuffer(came, np.int16)
        if room.announcing is not None:
            frame = room.announcing.next_frame()
            if frame is None:
                room.announcing = None
            else:
                besides += frame
        return besides

    def _prompt(self, leg: PhoneLeg, said: npt.NDArray[np.float32]) -> None:
        playing = leg.playing
        if playing is None:
            return
        frame = playing.next_frame()
        if frame is None:
            self._ended(leg, playing)
        else:
            said *= BEHIND_PROMPT
            said += frame

    def _turn_up(self, legs: Sequence[PhoneLeg], said: Floats) -> None:
        """Or down, for those who wished it."""
        turned = [(place, leg.factor) for place, leg in enumerate(legs) if leg.factor != 1]
        if turned:
            places, factors = zip(*turned, strict=True)
            rows = list(places)
            said[rows] = amplified(said[rows], np.array(factors, np.float32)[:, None])

    def _ended(self, leg: PhoneLeg, playing: Playing) -> None:
        if leg.playing is playing:
            leg.playing = None
            self._played(leg.leg, playing.play)

    def _record(self, legs: Sequence[PhoneLeg], heard: Floats) -> None:
        for leg, frame in zip(legs, heard, strict=True):
            recording = leg.recording
            if recording is not None and not recording.is_full:
                recording.add(frame)
                if recording.is_full:
                    self._recorded(leg.leg, recording)

    def _tell_who_talks(self, legs: Sequence[PhoneLeg], heard: Floats) -> None:
        power = np.einsum("ij,ij->i", heard, heard) / FRAME_SAMPLES
        loudness = 10 * np.log10(np.maximum(power, 1e-3)) - 90.3
        for leg, db in zip(legs, loudness.tolist(), strict=True):
            level = leg.talk.heard(db) if leg.is_heard else leg.talk.silenced()
            if level is not None:
                self._talked(leg.leg, level)


def has_sound(leg: PhoneLeg) -> bool:
    """Sees to it that the leg is ready for the form that its line's sound has now."""
    sounds = leg.line.formats()
    if sounds is None:
        leg.sounds = None
        return False
    if sounds != leg.sounds:
        leg.sounds = sounds
        (rate, channels), (rate_out, _) = sounds
        leg.intake = Intake(rate * channels * 2 * FRAME_MS // 1000)
        leg.past_heard = bytes(from_line(rate).past * channels * 2)
        leg.past_said = bytes(to_line(rate_out).past * 2)
    return True


def by_sound(sounds: Iterable[Sound | None]) -> dict[Sound, list[int]]:
    """Places of legs, gathered by the form of their sound."""
    gathered: defaultdict[Sound, list[int]] = defaultdict(list)
    for place, sound in enumerate(sounds):
        if sound is not None:
            gathered[sound].append(place)
    return gathered


def listen(legs: Sequence[PhoneLeg], sound: Sound) -> Floats:
    """A frame of each at our rate. Who said nothing is silent, and so is an idle line."""
    convert = from_line(sound.rate)
    silence = bytes(sound.rate * sound.channels * 2 * FRAME_MS // 1000)
    keep = convert.past * sound.channels * 2
    rows = []
    for leg in legs:
        row = leg.past_heard + (leg.intake.take(leg.line.read()) or silence)
        leg.past_heard = row[len(row) - keep :]
        rows.append(row)
    samples = np.frombuffer(b"".join(rows), np.int16).reshape(len(legs), -1, sound.channels)
    mono = samples[:, :, 0] if sound.channels == 1 else samples.mean(axis=2, dtype=np.float32)
    audible = (mono.max(axis=1) >= IDLE) | (mono.min(axis=1) <= -IDLE)
    heard = np.zeros((len(legs), FRAME_SAMPLES), np.float32)
    heard[audible] = convert(mono[audible].astype(np.float32))
    return heard


def say(legs: Sequence[PhoneLeg], frames: npt.NDArray[np.int16], sound: Sound) -> None:
    """`frames[legs, 320]` in the form that the lines want. Most of a room listen, and are told the same: that
    is brought into their form once."""
    convert = to_line(sound.rate)
    keep = convert.past * 2
    rows = []
    for leg, frame in zip(legs, frames, strict=True):
        row = leg.past_said + frame.tobytes()
        leg.past_said = row[len(row) - keep :]
        rows.append(row)
    different = dict.fromkeys(rows)
    samples = np.frombuffer(b"".join(different), np.int16).reshape(len(different), -1).astype(np.float32)
    spoken = np.clip(convert(samples), -32_768, 32_767).astype(np.int16)
    if sound.channels > 1:
        spoken = spoken.repeat(sound.channels, axis=1)
    told = {row: frame.tobytes() for row, frame in zip(different, spoken, strict=True)}
    for leg, row in zip(legs, rows, strict=True):
        leg.line.write(told[row])
