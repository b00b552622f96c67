"""What callers say becomes one stream, which is silent when they are."""

import numpy as np

from conferences.media.mixing import Samples
from conferences.media.rtp import MARKER
from conferences.media.speech import Speech, Utterance
from tests.sounds import silence, tone

WORD, PAUSE = tone(500, 0.02), silence(0.02)


def said(speech: Speech, *frames: Samples) -> list[Utterance]:
    found: list[Utterance] = []
    for turn, frame in enumerate(frames, start=1):
        found += speech.said(frame, turn)
    return found


def test_it_begins_at_once_so_that_pages_are_ready() -> None:
    spoken = said(Speech(), PAUSE, PAUSE)
    assert [one.marker for one in spoken] == [MARKER, 0, 0]
    assert [one.level for one in spoken] == [127, 127, 127]


def test_after_a_pause_nothing_is_sent_and_time_passes() -> None:
    speech = Speech()
    spoken = said(speech, *[PAUSE] * 200, WORD)
    assert len(spoken) < 50
    before, word = spoken[-2:]
    assert (before.marker, before.level) == (MARKER, 127)
    assert word.level < 20
    assert [one.sequence for one in spoken] == list(range(1, len(spoken) + 1))
    assert before.timestamp - spoken[-3].timestamp > 150 * 960
    assert word.timestamp - before.timestamp == 960


def test_a_breath_between_words_is_sent() -> None:
    spoken = said(Speech(), *[WORD, *[PAUSE] * 20] * 10)
    assert len(spoken) == 211
    steps = np.diff([one.timestamp for one in spoken])
    assert set(steps.tolist()) == {960}
