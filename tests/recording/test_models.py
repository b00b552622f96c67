"""Tests of recording/models.py."""

from recording.models import Recording
from recording.timeline import Span


def test_what_still_runs_is_kept_until_now() -> None:
    recording = Recording(spans=[[1_000, 2_000], [5_000, 0]], cuts=[[1_500, 2_000]])
    assert recording.timeline(now=6_000).spans == (Span(1_000, 1_500), Span(5_000, 6_000))


def test_a_passcode_is_kept_as_a_hash_only() -> None:
    recording = Recording()
    assert not recording.is_passcode("")
    recording.set_passcode("open sesame")
    assert "sesame" not in recording.passcode
    assert recording.is_passcode("open sesame")
    assert not recording.is_passcode("sesame")
    recording.set_passcode("")
    assert recording.passcode == ""


def test_a_recording_without_a_title_is_called_by_its_id() -> None:
    assert str(Recording(pk="c1-7")) == "c1-7"
    assert str(Recording(pk="c1-7", title="Archery")) == "Archery"
