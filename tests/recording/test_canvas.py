"""Pictures as planes: colours there and back, and what is pasted where."""

import numpy
import pytest
from PIL import Image

from recording.canvas import Box, Canvas, patch_of, patch_of_frame, yuv_of

COLOURS = [(0, 0, 0), (255, 255, 255), (200, 30, 30), (40, 50, 200), (82, 203, 166)]


def pixels(canvas: Canvas) -> numpy.ndarray:
    return canvas.frame().to_ndarray(format="rgb24").astype(int)


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_is_the_same_when_it_is_shown(colour: tuple[int, int, int]) -> None:
    canvas = Canvas(16, 16)
    canvas.fill(Box(0, 0, 16, 16), yuv_of(*colour))
    assert pixels(canvas)[8, 8] == pytest.approx(colour, abs=3)


@pytest.mark.parametrize("colour", COLOURS)
def test_a_picture_has_the_colours_it_had(colour: tuple[int, int, int]) -> None:
    canvas = Canvas(16, 16)
    canvas.paste(patch_of(Image.new("RGB", (8, 8), colour)), 4, 4)
    assert pixels(canvas)[8, 8] == pytest.approx(colour, abs=3)


def test_what_is_half_opaque_is_mixed_with_what_is_below() -> None:
    canvas = Canvas(16, 16)
    canvas.fill(Box(0, 0, 16, 16), yuv_of(0, 0, 0))
    canvas.paste(patch_of(Image.new("RGBA", (16, 16), (255, 255, 255, 128))), 0, 0)
    assert pixels(canvas)[8, 8] == pytest.approx((128, 128, 128), abs=4)


def test_what_lies_beyond_the_edge_is_left_out() -> None:
    canvas = Canvas(16, 16)
    canvas.paste(patch_of(Image.new("RGB", (40, 40), "white")), 8, 8)
    assert pixels(canvas)[15, 15] == pytest.approx((255, 255, 255), abs=3)


def test_a_border_lies_inside_of_its_box() -> None:
    canvas = Canvas(32, 32)
    canvas.fill(Box(0, 0, 32, 32), yuv_of(0, 0, 0))
    canvas.frame_in(Box(8, 8, 16, 16), yuv_of(255, 255, 255), 2)
    found = pixels(canvas)[:, :, 0]
    assert found[8, 16] > 250
    assert found[23, 16] > 250
    assert found[16, 16] < 5
    assert found[6, 16] < 5


def test_the_middle_of_a_frame_is_kept_when_it_is_cropped() -> None:
    canvas = Canvas(64, 32)
    canvas.fill(Box(24, 0, 16, 32), yuv_of(255, 255, 255))
    frame = canvas.frame()
    patch = patch_of_frame(frame).cropped(16, 16)
    assert (patch.width, patch.height, patch.u.shape) == (16, 16, (8, 8))
    assert patch.y.min() > 230
