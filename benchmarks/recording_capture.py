"""How much CPU it costs to capture what people send.

    .venv/bin/python benchmarks/recording_capture.py [--publishers 25] [--seconds 20]

Everybody sends a voice and a camera in three sizes, in real time, as the media engine gives it to a tap: so
many packets at once as come in a moment. What the sending itself costs is measured by itself and taken off.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from conferences.core.words import Part
from conferences.media.contract import PublicationKey, Source
from conferences.media.rtcp import SenderReport
from conferences.media.rtp import Packet
from conferences.media.tap import Tap, Track, TrackTap
from recording.capture import Recorder

MOMENT_S = 0.02
VOICE = (1, 80)
"""Packets in a moment, and their size."""
SIZES = ((1, 400), (1, 900), (3, 1100))
"""Of a camera: 160 kbit/s, 360 kbit/s, 1.3 Mbit/s."""


@dataclass
class Sender:
    """One track."""

    track: Track
    count: int
    size: int
    tap: TrackTap | None = None
    sent: int = 0

    def send(self, now: float) -> None:
        packets = [self._packet() for _ in range(self.count)]
        if self.tap is not None:
            self.tap.packets_received(packets, now)

    def _packet(self) -> Packet:
        self.sent += 1
        return Packet(96, 0, self.sent & 0xFFFF, self.sent, self.track.ssrc, bytes(self.size))


class Deaf(TrackTap):
    """Takes everything and does nothing."""

    def packets_received(self, packets: Sequence[Packet], now: float) -> None:
        pass

    def report_received(self, report: SenderReport, now: float) -> None:
        pass


def senders(publishers: int, tap: Tap | None) -> list[Sender]:
    made = []
    for number in range(publishers):
        for layer, (count, size) in enumerate((VOICE, *SIZES)):
            source = Source.CAMERA if layer else Source.MICROPHONE
            codec, rate = ("vp8", 90_000) if layer else ("opus", 48_000)
            key = PublicationKey(f"p{number}", source)
            track = Track(key, 10 * number + layer, codec, rate, 96, max(0, layer - 1))
            made.append(Sender(track, count, size, tap.track_began(track) if tap else Deaf()))
    return made


def run(publishers: int, seconds: float, folder: Path | None) -> tuple[float, int]:
    """Seconds of CPU of the whole process, and packets."""
    recorder = Recorder() if folder else None
    tap = recorder.begin(folder, Part) if recorder and folder else None
    if recorder:
        recorder.start()
    tracks = senders(publishers, tap)
    before, due = time.process_time(), time.monotonic()
    end = due + seconds
    while due < end:
        for track in tracks:
            track.send(due)
        due += MOMENT_S
        time.sleep(max(0.0, due - time.monotonic()))
    if recorder:
        recorder.stop()
    cpu = time.process_time() - before
    if recorder and recorder.dropped:
        print(f"dropped: {recorder.dropped}")
    return cpu, sum(track.sent for track in tracks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publishers", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=20.0)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        idle, _ = run(wanted.publishers, wanted.seconds, None)
        busy, packets = run(wanted.publishers, wanted.seconds, Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.rtpd"))
    cost = busy - idle
    load = cost / wanted.seconds
    print(f"{packets / wanted.seconds:.0f} packets/s, {size * 8 / wanted.seconds / 1e6:.1f} Mbit/s to disk")
    print(f"capture: {load:.2%} of a core, {load / wanted.publishers:.3%} for each of {wanted.publishers}")
    print(f"{cost / packets * 1e6:.2f} µs per packet")


if __name__ == "__main__":
    main()
