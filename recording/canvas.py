"""A picture as video encoders want it, YUV 4:2:0, put together from others of that kind.

Colours are those of BT.601 with limited range, as browsers send VP8. Places and sizes are even.
"""

from typing import Any, NamedTuple

import numpy
from av import VideoFrame
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[numpy.uint8]

_FROM_RGB = numpy.array(
    [[0.256788, 0.504129, 0.097906], [-0.148223, -0.290993, 0.439216], [0.439216, -0.367788, -0.071427]],
    dtype=numpy.float32,
)
_OFFSETS = numpy.array([16.0, 128.0, 128.0], dtype=numpy.float32)
"""ITU-R BT.601, section 2.5, for 8 bits."""


class Box(NamedTuple):
    """In pixels, all of them even."""

    x: int
    y: int
    width: int
    height: int


class Patch(NamedTuple):
    """Planes of a picture: `u` and `v` have half the width and height. `alpha` (0 to 255): None is opaque."""

    y: Plane
    u: Plane
    v: Plane
    alpha: Plane | None = None

    @property
    def width(self) -> int:
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        return int(self.y.shape[0])

    def cropped(self, width: int, height: int) -> "Patch":
        """The middle of it, if it is larger. Copies nothing."""
        width, height = min(width, self.width), min(height, self.height)
        x, y = (self.width - width) // 4 * 2, (self.height - height) // 4 * 2
        large = slice(y, y + height), slice(x, x + width)
        small = slice(y // 2, (y + height) // 2), slice(x // 2, (x + width) // 2)
        alpha = None if self.alpha is None else self.alpha[large]
        return Patch(self.y[large], self.u[small], self.v[small], alpha)


class Canvas:
    """What a film's picture is painted on."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._data: Plane = numpy.zeros((height * 3 // 2, width), dtype=numpy.uint8)
        quarter = height // 4
        self.y = self._data[:height]
        self.u = self._data[height : height + quarter].reshape(height // 2, width // 2)
        self.v = self._data[height + quarter :].reshape(height // 2, width // 2)

    def fill(self, box: Box, colour: tuple[int, int, int]) -> None:
        """With a colour of `yuv_of`."""
        x, y, width, height = box
        self.y[y : y + height, x : x + width] = colour[0]
        half = slice(y // 2, (y + height) // 2), slice(x // 2, (x + width) // 2)
        self.u[half], self.v[half] = colour[1], colour[2]

    def frame_in(self, box: Box, colour: tuple[int, int, int], thickness: int) -> None:
        """A border along the inside of a box."""
        x, y, width, height = box
        self.fill(Box(x, y, width, thickness), colour)
        self.fill(Box(x, y + height - thickness, width, thickness), colour)
        self.fill(Box(x, y, thickness, height), colour)
        self.fill(Box(x + width - thickness, y, thickness, height), colour)

    def paste(self, patch: Patch, x: int, y: int) -> None:
        """What would lie beyond the edge on the right or below is left out."""
        width, height = min(patch.width, self.width - x), min(patch.height, self.height - y)
        large = slice(y, y + height), slice(x, x + width)
        small = slice(y // 2, (y + height) // 2), slice(x // 2, (x + width) // 2)
        source = slice(height), slice(width)
        halves = slice(height // 2), slice(width // 2)
        alpha = None if patch.alpha is None else patch.alpha[source]
        _lay(self.y, large, patch.y[source], alpha)
        thin = None if alpha is None else alpha[::2, ::2]
        _lay(self.u, small, patch.u[halves], thin)
        _lay(self.v, small, patch.v[halves], thin)

    def frame(self) -> VideoFrame:
        """A copy of it as it is now."""
        return VideoFrame.from_ndarray(self._data, format="yuv420p")


def _lay(plane: Plane, where: tuple[slice, slice], patch: Plane, alpha: Plane | None) -> None:
    if alpha is None:
        plane[where] = patch
        return
    below = plane[where].astype(numpy.int32)
    plane[where] = below + ((patch.astype(numpy.int32) - below) * alpha + 127) // 255


def yuv_of(red: int, green: int, blue: int) -> tuple[int, int, int]:
    mixed = numpy.rint(_FROM_RGB @ numpy.array([red, green, blue], dtype=numpy.float32) + _OFFSETS)
    return int(mixed[0]), int(mixed[1]), int(mixed[2])


def patch_of(picture: Image.Image) -> Patch:
    """Of a picture (RGB or RGBA); an odd last row or column is left out."""
    picture = picture.crop((0, 0, picture.width // 2 * 2, picture.height // 2 * 2))
    alpha = numpy.asarray(picture.getchannel("A")) if picture.mode == "RGBA" else None
    pixels = numpy.asarray(picture.convert("RGB"), dtype=numpy.float32)
    y = pixels @ _FROM_RGB[0] + _OFFSETS[0]
    coarse = pixels.reshape(picture.height // 2, 2, picture.width // 2, 2, 3).mean(axis=(1, 3))
    u, v = (coarse @ _FROM_RGB[row] + _OFFSETS[row] for row in (1, 2))
    return Patch(_bytes(y), _bytes(u), _bytes(v), alpha)


def patch_of_frame(frame: VideoFrame) -> Patch:
    """Of a frame (yuv420p) of even size; copies nothing, and lives as long as the frame."""
    y, u, v = (_plane(frame, number) for number in range(3))
    return Patch(y, u, v)


def _plane(frame: VideoFrame, number: int) -> Plane:
    plane = frame.planes[number]
    rows: Plane = numpy.frombuffer(plane, dtype=numpy.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]
    return rows[: plane.height, : plane.width]


def _bytes(values: NDArray[Any]) -> Plane:
    whole: Plane = numpy.rint(values).clip(0, 255).astype(numpy.uint8)
    return whole
