"""Codecs: what is packed comes out again, each stream for itself."""

import numpy as np
import pytest

from bridges.base import FRAME_BYTES, FRAME_MS
from bridges.codecs import CODECS, G722, OPUS, PCMU, Codec
from tests.sounds import frames, share, tone

SILENCE = bytes(FRAME_BYTES)
ALL = [*CODECS.values(), OPUS]
by_codec = pytest.mark.parametrize("codec", ALL, ids=[f"{codec.name}-{codec.rate}" for codec in ALL])


@by_codec
def test_a_tone_comes_out_as_it_went_in(codec: Codec) -> None:
    pack, unpack = codec.packing(), codec.unpacking()
    before, heard = SILENCE, []
    for frame in frames(tone(700, 0.5)):
        heard.append(unpack(pack(before, frame.tobytes())))
        before = frame.tobytes()
    assert {len(samples) for samples in heard} == {codec.rate * FRAME_MS // 1000}
    assert {samples.dtype for samples in heard} == {np.dtype(np.int16)}
    assert share(np.concatenate(heard)[1000:], 700, codec.rate) > 0.99


@by_codec
def test_nonsense_is_at_worst_nothing(codec: Codec) -> None:
    unpack = codec.unpacking()
    for nonsense in (b"\x01", b"\xff" * 7, b"\x00" * 399, bytes(range(256)) * 5):
        assert unpack(nonsense).dtype == np.int16


@pytest.mark.parametrize("codec", [G722, OPUS], ids=["G722", "opus"])
def test_streams_of_a_codec_with_a_memory_do_not_disturb_each_other(codec: Codec) -> None:
    said = [frame.tobytes() for frame in frames(tone(700, 0.1))]
    alone, one, other = codec.packing(), codec.packing(), codec.packing()
    expected = [alone(SILENCE, frame) for frame in said]
    for frame, payload in zip(said, expected, strict=True):
        other(SILENCE, SILENCE)
        assert one(SILENCE, frame) == payload


def test_what_all_are_sent_is_packed_once() -> None:
    frame = frames(tone(700, 0.02))[0].tobytes()
    assert PCMU.packing()(SILENCE, frame) is PCMU.packing()(SILENCE, frame)
