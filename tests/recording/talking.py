"""A process that captures people who talk, at real rates, until it is killed:

    python -m tests.recording.talking FOLDER

Says at each turn of the recorder when it is, and how many packets of each track it was fed before.
"""

import sys
import time
from pathlib import Path

from conferences.core.words import Part
from conferences.media.contract import Source
from recording.capture import Recorder
from tests.recording.feed import Talker

PEOPLE = 5
PACKET_S = 0.02


class Room:
    def __init__(self, raw: Path) -> None:
        self.recorder = Recorder(clock=self.turn)
        take = self.recorder.begin(raw, Part)
        self.talkers = [
            Talker(f"p{number}", source, number, size=size).heard_by(take)
            for number in range(PEOPLE)
            for source, size in ((Source.MICROPHONE, 80), (Source.CAMERA, 1100))
        ]
        self.ticks = 0

    def turn(self) -> float:
        """The recorder asks for the time whenever it begins a turn."""
        now = time.monotonic()
        sys.stdout.write(f"{now} {self.ticks}\n")
        sys.stdout.flush()
        return now

    def talk(self) -> None:
        self.recorder.start()
        while True:
            now = time.monotonic()
            for talker in self.talkers:
                talker.sends(4 if talker.track.codec == "vp8" else 1, at=now)
            self.ticks += 1
            time.sleep(PACKET_S)


if __name__ == "__main__":
    Room(Path(sys.argv[1])).talk()
