"""Tests of recording/making.py."""

from itertools import pairwise

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from conferences.core import chat
from conferences.models import Room
from recording.making import recording_advance
from recording.manifest import Manifest, decode
from recording.models import Recording, Status
from recording.storage import desk_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = pytest.mark.django_db
LATE_MS = 20
"""What the network takes at least: nobody can know it."""


@pytest.fixture
def taken(room: Room) -> Recording:
    """20 s. Alice sounds at 440 Hz and is red; Bob at 700 Hz, from 5 to 15 s. Alice says hello at 4 s."""
    meeting = Meeting()
    for who in ("alice", "bob"):
        meeting.joins(who)
    begin = meeting.now + 1000
    meeting.wait(5)
    meeting.does("alice", chat.SendChat(text="hello"))
    recording = takes.recording_of(meeting, room, begin=begin, end=begin + 20_000)
    raw = desk_folder(recording.pk) / "raw"
    takes.sound(raw, "alice", 440, begin=begin, seconds=20)
    takes.sound(raw, "bob", 700, begin=begin + 5_000, seconds=10)
    takes.picture(raw, "alice", "red", begin=begin, seconds=20)
    return recording


def make(recording: Recording) -> Manifest:
    """All that is to be done."""
    while recording_advance(recording=recording.pk, now=lambda: recording.started_at + 10_000_000):
        pass
    recording.refresh_from_db()
    assert (recording.status, recording.failure) == (Status.READY, "")
    folder = desk_folder(recording.pk) / str(recording.version)
    return decode((folder / "manifest.json").read_bytes())


def heard(recording: Recording) -> NDArray[np.float32]:
    with av.open(str(desk_folder(recording.pk) / str(recording.version) / "audio.m4a")) as file:
        return np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])


def test_a_take_becomes_a_bundle(taken: Recording) -> None:
    manifest = make(taken)
    assert (manifest.length_ms, manifest.audio.segments, manifest.ended) == (20_000, 10, True)
    assert manifest.people == {"alice": "Alice", "bob": "Bob"}
    assert [(found.t, found.text) for found in manifest.search] == [(4_000, "hello")]
    assert [(t.participant, t.source, t.width) for t in manifest.tracks] == [("alice", "camera", 320)]
    assert [(talk.participant, talk.from_ms // 1000) for talk in manifest.talks] == [("alice", 0), ("bob", 5)]


def test_each_is_heard_when_they_spoke(taken: Recording) -> None:
    make(taken)
    sound = heard(taken)
    for second in range(1, 19):
        part = sound[second * 48_000 + 4_800 : (second + 1) * 48_000 - 4_800]
        assert takes.heard(part, 440) > 0.2
        assert (takes.heard(part, 700) > 0.2) == (5 <= second < 15)


def test_a_tone_begins_at_its_time(taken: Recording) -> None:
    make(taken)
    sound = heard(taken)
    loud = [takes.heard(sound[at : at + 480], 700) > 0.1 for at in range(4 * 48_000, 6 * 48_000, 48)]
    begins = 4_000 + loud.index(True) + 5
    assert abs(begins - 5_000 - LATE_MS) <= 10


def test_pictures_are_shown_at_their_time(taken: Recording) -> None:
    (track,) = make(taken).tracks
    folder = desk_folder(taken.pk) / "1"
    with av.open(str(folder / track.file)) as file:
        shown = [(frame.time * 1000 + track.from_ms, *takes.seen(frame)) for frame in file.decode(video=0)]
    assert {colour for _t, colour, _n in shown} == {"red"}
    assert all(abs(t - 100 * n - LATE_MS) <= 40 for t, _colour, n in shown[:100])
    assert all(later[0] > earlier[0] for earlier, later in pairwise(shown))
