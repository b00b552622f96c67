"""A speaker of the web, as phones hear them."""

from conferences.media.contract import PublicationKey, Source
from conferences.media.mixing import level
from conferences.media.opus import OpusEncoder
from conferences.media.rtp import Packet
from conferences.media.voice import Voice
from tests.sounds import LOUD, frames, peak_of, silence, tone

KEY = PublicationKey("bob", Source.MICROPHONE)


def packets(loudness: int, count: int, first: int = 0) -> list[Packet]:
    encoder, sound = OpusEncoder(), frames(tone(500, 4))
    return [
        Packet(111, 0, n, (0xFFFF0000 + n * 960) & 0xFFFFFFFF, 7, encoder.encoded(sound[n]), level=loudness)
        for n in range(first, first + count)
    ]


def heard(voice: Voice, packets: list[Packet]) -> list[bool]:
    """One packet, one frame: whether there is one each time."""
    found = []
    for packet in packets:
        voice.packets_received([packet], 0.0)
        found.append(voice.take() is not None)
    return found


def listened_to() -> Voice:
    voice = Voice(KEY)
    voice.is_heard = True
    return voice


def test_what_it_says_is_played_across_the_wrap_of_its_clock() -> None:
    voice = listened_to()
    assert all(heard(voice, packets(20, 100)))
    frame = voice.take()
    assert frame is not None
    assert peak_of(frame, 500) > 0.7 * LOUD


def test_who_is_not_among_the_loudest_is_not_decoded() -> None:
    assert not any(heard(Voice(KEY), packets(20, 10)))


def test_who_is_silent_is_not_decoded_after_a_while() -> None:
    found = heard(listened_to(), packets(127, 10))
    assert not any(found)
    voice = listened_to()
    assert all(heard(voice, packets(20, 10)))
    assert not all(heard(voice, packets(127, 60, first=10)))


def test_disorder_of_a_moment_is_put_right() -> None:
    voice = listened_to()
    first, second, third, *_ = packets(20, 3)
    voice.packets_received([first, third, second], 0.0)
    taken = [voice.take() for _ in range(4)]
    assert all(frame is not None for frame in taken)


def test_a_thread_that_hangs_finds_half_a_second_and_plays_the_end() -> None:
    voice = listened_to()
    voice.packets_received(packets(20, 150), 0.0)
    taken = [voice.take() for _ in range(12)]
    assert sum(frame is not None and level(frame) < 60 for frame in taken) <= 6
    assert level(silence(0.02)) == 127
