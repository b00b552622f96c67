"""The captured tracks of a recording, put in time minute by minute.

What leads from a track's clock to the server's is decided once for each minute, from what had been seen
until then, and kept in `masters/alignment.json`: so the same packet is at the same time for everybody who
asks, while the conference runs and afterwards.
"""

from collections import defaultdict
from functools import partial

from msgspec import Struct

from recording.alignment import Observed, Report, observed, offsets, steadied
from recording.captured import CapturedTrack, captured_tracks
from recording.chunks import PacketRecord
from recording.desk import Desk, read_json, write_json
from recording.samples import Frame, Line, Sound, frames, sounds

MINUTE_US = 60_000_000
LATE_US = 2_000_000
"""What was taken at some time has arrived that much later, or is lost."""
REMEMBERED_US = 5 * MINUTE_US
SOUNDS = ("microphone", "phone", "screen_audio")
PICTURES = ("camera", "screen")


class Aligning(Struct):
    """`offsets` of each track, by the number of its minute; `reports` of the last minutes."""

    offsets: dict[str, dict[int, int]] = {}
    reports: dict[str, list[Report]] = {}


class AlignedTracks:
    """Of the folder `raw` as it is now: look again for what came later."""

    def __init__(self, desk: Desk, began_at: int) -> None:
        """`began_at`: when the recording did; minutes are counted from there."""
        self._path = desk.masters / "alignment.json"
        self._began_us = began_at * 1000
        self.tracks = captured_tracks(desk.raw)
        self._state = read_json(self._path, Aligning, Aligning())
        self._lines: dict[tuple[str, int], Line] = {}
        self._people: dict[str, list[CapturedTrack]] = defaultdict(list)
        for track in self.tracks:
            self._people[track.header.participant].append(track)

    def of(self, sources: tuple[str, ...]) -> list[CapturedTrack]:
        return [track for track in self.tracks if track.header.source in sources]

    def sounds(self, track: CapturedTrack, begin_us: int, end_us: int) -> list[Sound]:
        """Those taken from `begin_us` to before `end_us`, with what is there of them."""
        packets = track.packets(begin_us, end_us + LATE_US)
        found = sounds(packets, partial(self._at_us, track))
        return [sound for sound in found if begin_us <= sound.at_us < end_us]

    def frames(self, track: CapturedTrack, begin_us: int, end_us: int) -> list[Frame]:
        """The same; from the first keyframe on."""
        packets = track.packets(begin_us, end_us + LATE_US)
        found = frames(packets, partial(self._at_us, track))
        return [frame for frame in found if begin_us <= frame.at_us < end_us]

    def decide(self, track: CapturedTrack, at_us: int) -> None:
        """Where the minute in which something arrived then is put."""
        self._offset(track, self._minute(at_us))

    def _at_us(self, track: CapturedTrack, packet: PacketRecord) -> int:
        minute = self._minute(packet.arrived_us)
        line = self._lines.get((track.name, minute))
        if line is None:
            line = self._lines[track.name, minute] = track.line(self._offset(track, minute))
        return line.at_us(packet.timestamp, packet.arrived_us)

    def _minute(self, at_us: int) -> int:
        return (at_us - self._began_us) // MINUTE_US

    def _offset(self, track: CapturedTrack, minute: int) -> int:
        known = self._state.offsets.setdefault(track.name, {})
        if minute not in known:
            self._decide(track.header.participant, minute)
        return known.get(minute, 0)

    def _decide(self, participant: str, minute: int) -> None:
        tracks = self._people[participant]
        seen = {track.name: self._observe(track, minute) for track in tracks}
        found = offsets(seen, at_us=self._began_us + minute * MINUTE_US)
        for track in tracks:
            known = self._state.offsets.setdefault(track.name, {})
            before = known[max(known)] if known else None
            offset = found.get(track.name, before)
            if minute not in known and offset is not None:
                known[minute] = steadied(before, offset)
        write_json(self._path, self._state)

    def _observe(self, track: CapturedTrack, minute: int) -> Observed:
        """What was seen of it before this minute; of a newcomer, what there is within."""
        known = self._state.offsets.get(track.name, {})
        begin_us = self._began_us + (minute - (minute - 1 in known)) * MINUTE_US
        look = observed(track.records(begin_us, begin_us + MINUTE_US), track.line())
        reports = {report.arrived_us: report for report in self._state.reports.get(track.name, [])}
        reports |= {report.arrived_us: report for report in look.reports}
        kept = [r for r in reports.values() if r.arrived_us >= begin_us - REMEMBERED_US]
        self._state.reports[track.name] = kept
        return Observed(kept, look.quickest_us)
