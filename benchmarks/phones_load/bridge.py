"""A bridge of ours as a process: rooms of callers over RTP, and in each a leg to the conference.

    python -m benchmarks.phones_load.bridge ADDRESS ROOMS CALLERS

Says where callers and conferences are to send, reads where they are, mixes until its input ends, and says how
late its turns were.
"""

import json
import sys
import time
from collections import deque
from select import select

import numpy as np

from bridges.codecs import L16, PCMU
from bridges.rtp_leg import SILENCE, RtpMediaLeg
from conferences.media.mixer import Pace
from conferences.media.mixing import mix_minus

_LOOKED_AT = 1000
"""Turns: not those while everybody was still arriving."""


class Room:
    """`legs`: the conference's, then the callers'."""

    def __init__(self, host: str, callers: int) -> None:
        self.legs = [RtpMediaLeg(host, codec=L16, payload_type=96)]
        self.legs += [RtpMediaLeg(host, codec=PCMU) for _ in range(callers)]

    def turn(self) -> None:
        """Who says nothing hears everybody who says something; they hear the others."""
        pulled = [leg.pull() or SILENCE for leg in self.legs]
        said = [frame for frame in pulled if frame is not SILENCE]
        frames = np.frombuffer(b"".join([SILENCE, *said]), np.int16)
        everything, *others = mix_minus(frames.reshape(1 + len(said), -1))
        rest, for_all = iter(others), everything.tobytes()
        for leg, frame in zip(self.legs, pulled, strict=True):
            leg.push(for_all if frame is SILENCE else next(rest).tobytes())


def _main(host: str, rooms: int, callers: int) -> None:
    opened = [Room(host, callers) for _ in range(rooms)]
    _say([[leg.address for leg in room.legs] for room in opened])
    for room, remotes in zip(opened, json.loads(sys.stdin.readline()), strict=True):
        for leg, (remote, port) in zip(room.legs, remotes, strict=True):
            leg.connect((remote, port))
    late: deque[float] = deque(maxlen=_LOOKED_AT)
    pace = Pace(time.monotonic())
    while not select([sys.stdin], [], [], 0)[0]:
        time.sleep(max(0.0, pace.wait(time.monotonic())))
        late.append(pace.begin(time.monotonic()))
        for room in opened:
            room.turn()
    lateness = sorted(late)
    stats = [leg.stats for room in opened for leg in room.legs]
    totals = {name: sum(counted[name] for counted in stats) for name in stats[0]}
    _say({"late_p99_ms": 1000 * lateness[len(lateness) * 99 // 100], "skipped": pace.skipped, **totals})


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
