"""What callers say is in the recording: from their bridge's leg through the router to the replay's mix."""

from pathlib import Path

import numpy as np

from conferences.core.words import Part
from recording.aligned import AlignedTracks
from recording.capture import Recorder
from recording.desk import Desk
from recording.remux import Packing, read_index
from recording.voices import MasterVoices, mix_of
from tests.conferences.media.talking import Hall, Phone, Speaker
from tests.recording import takes
from tests.recording.feed import OFFSET_US

CALLER, ALICE = 660, 440


async def test_callers_are_heard_in_the_recording_also_after_they_were_silent(tmp_path: Path) -> None:
    desk, hall, phone = Desk(tmp_path), Hall(), Phone(CALLER)
    await hall.enter(alice=Speaker(ALICE))
    hall.space.attach("north", phone)
    begin = OFFSET_US // 1000 + round(hall.conference.network.now * 1000)
    recorder = Recorder(offset_us=lambda: OFFSET_US)
    hall.conference.router.tap = take = recorder.begin(desk.raw, Part)
    for silent in (False, True, False):
        phone.is_silent = silent
        hall.talk(3)
    recorder.end(take)
    recorder.turn(hall.conference.network.now)

    tracks = AlignedTracks(desk, begin)
    assert [(t.header.participant, t.header.source, t.header.stretch) for t in tracks.of(("phone",))] == [
        ("phone", "phone", 1)
    ]
    list(Packing(desk, tracks, begin).pack(None))
    voices = MasterVoices(desk, read_index(desk))
    seconds = [mix_of(voices, begin + 1000 * second, 48_000)[0] for second in range(9)]
    callers = [bool(takes.heard(second, CALLER) > 0.02) for second in seconds]
    assert callers[1:3] == [True] * 2
    assert callers[4:6] == [False] * 2
    assert callers[7:] == [True] * 2
    assert all(takes.heard(np.asarray(second), ALICE) > 0.02 for second in seconds[1:8])
