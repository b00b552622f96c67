"""Where the mix finds what people said: in what was captured, or, when that is gone, in the masters."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from recording.aligned import SOUNDS, AlignedTracks
from recording.desk import Desk
from recording.mixing import PRE_ROLL_US, RATE, Samples, mixed
from recording.remux import Index, Master
from recording.samples import Sound
from recording.webm import read_sound


class Voices(Protocol):
    def voices(self, begin_us: int, end_us: int) -> Iterator[Sequence[Sound]]:
        """Of every track what was taken then."""


class CapturedVoices:
    """`hidden` participants are not heard."""

    def __init__(self, tracks: AlignedTracks, hidden: Collection[str] = ()) -> None:
        self._aligned = tracks
        self._tracks = [track for track in tracks.of(SOUNDS) if track.header.participant not in hidden]

    def voices(self, begin_us: int, end_us: int) -> Iterator[Sequence[Sound]]:
        for track in self._tracks:
            if track.may_have(begin_us, end_us):
                yield self._aligned.sounds(track, begin_us, end_us)


class MasterVoices:
    def __init__(self, desk: Desk, index: Index, hidden: Collection[str] = ()) -> None:
        self._folder = desk.masters
        self._masters = [m for m in index.masters if m.is_sound and m.participant not in hidden]

    def voices(self, begin_us: int, end_us: int) -> Iterator[Sequence[Sound]]:
        tracks: dict[tuple[str, str], list[Sound]] = {}
        for master in self._masters:
            if master.begin_us < end_us and master.end_us > begin_us:
                found = tracks.setdefault((master.participant, master.source), [])
                found += self._read(master, begin_us, end_us)
        yield from tracks.values()

    def _read(self, master: Master, begin_us: int, end_us: int) -> list[Sound]:
        sounds = read_sound(self._folder / master.file, master.begin_us)
        return [sound for sound in sounds if begin_us <= sound.at_us < end_us]


def mix_of(voices: Voices, begin_ms: int, count: int) -> Samples:
    """`count` samples of everybody from then on; shape (2, count)."""
    begin_us = begin_ms * 1000
    end_us = begin_us + count * 1_000_000 // RATE + 20_000
    return mixed(voices.voices(begin_us - PRE_ROLL_US, end_us), begin_us, count)
