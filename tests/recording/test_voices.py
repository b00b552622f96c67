"""Tests of recording/voices.py: masters sound like what they were made of."""

from pathlib import Path

import numpy as np
import pytest

from recording.aligned import AlignedTracks
from recording.desk import Desk
from recording.remux import Packing, read_index
from recording.voices import CapturedVoices, MasterVoices, mix_of
from tests.recording import takes

BEGIN = 1_790_000_000_000


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two who talk for 70 s, and a caller."""
    desk = Desk(tmp_path)
    takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=70)
    takes.sound(desk.raw, "bob", 700, begin=BEGIN, seconds=70)
    takes.sound(desk.raw, "caller", 550, begin=BEGIN, seconds=70, source="phone")
    return desk


def test_masters_sound_like_what_was_captured(desk: Desk) -> None:
    list(Packing(desk, AlignedTracks(desk, BEGIN), BEGIN).pack(None))
    captured = CapturedVoices(AlignedTracks(desk, BEGIN))
    masters = MasterVoices(desk, read_index(desk))
    sound = [mix_of(voices, BEGIN + 58_000, 4 * 48_000) for voices in (captured, masters)]
    assert np.abs(sound[0] - sound[1])[:, 9_600:].max() < 0.02
    assert [round(takes.heard(sound[1][0], tone), 1) > 0.1 for tone in (440, 700, 550, 620)] == [True] * 3 + [
        False
    ]


def test_who_is_taken_out_is_not_heard(desk: Desk) -> None:
    list(Packing(desk, AlignedTracks(desk, BEGIN), BEGIN).pack(None))
    for voices in (
        CapturedVoices(AlignedTracks(desk, BEGIN), ["bob"]),
        MasterVoices(desk, read_index(desk), ["bob"]),
    ):
        sound = mix_of(voices, BEGIN + 2_000, 48_000)[0]
        assert takes.heard(sound, 440) > 0.2
        assert takes.heard(sound, 700) < 0.01


def test_nobody_spoke(desk: Desk) -> None:
    assert not mix_of(CapturedVoices(AlignedTracks(desk, BEGIN)), BEGIN + 500_000, 4_800).any()
