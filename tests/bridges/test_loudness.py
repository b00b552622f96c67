"""What the key for the volume goes through."""

from bridges.loudness import Loudness
from bridges.prompts import TEXTS


def test_pressed_again_and_again_it_is_louder_loudest_quieter_and_as_it_was() -> None:
    heard, now = [], Loudness.NORMAL
    for _ in range(4):
        now = now.next
        heard.append(now.db)
    assert heard == [6, 12, -6, 0]


def test_each_is_said() -> None:
    assert {loudness.prompt for loudness in Loudness} <= set(TEXTS)
