"""Refusals have a code, and words."""

from recording.refusals import RecordingRefused, Refusal


def test_every_refusal_is_a_whole_sentence() -> None:
    assert all(str(label).endswith(".") for label in Refusal.labels)


def test_a_refusal_is_called_by_its_code() -> None:
    assert str(RecordingRefused(Refusal.BUSY)) == "busy"
