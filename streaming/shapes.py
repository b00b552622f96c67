"""Which files of a bundle are handed out, and as what (docs/recording.md lists them). Pure.

Whatever has no shape here does not exist for browsers: captured chunks, masters, files in the making.
"""

import re
from typing import NamedTuple

NAME = r"[A-Za-z0-9_-]{1,80}"
CODES = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8}){0,3}"


class Shape(NamedTuple):
    """`grows`: it is replaced while the recording runs. `kept`: it is saved, not shown."""

    content_type: str
    grows: bool = False
    kept: bool = False


PLAYLIST = Shape("application/vnd.apple.mpegurl", grows=True)
SEGMENT = Shape("video/iso.segment")
VTT = Shape("text/vtt; charset=utf-8")

SHAPES: tuple[tuple[str, Shape], ...] = (
    (r"manifest\.json", Shape("application/json", grows=True)),
    (r"master\.m3u8|audio/index\.m3u8", PLAYLIST),
    (rf"video/{NAME}/index\.m3u8", PLAYLIST),
    (r"audio/init\.mp4", Shape("audio/mp4")),
    (r"audio/[0-9]{1,9}\.m4s", SEGMENT),
    (rf"video/{NAME}/init\.mp4", Shape("video/mp4")),
    (rf"video/{NAME}/[0-9]{{1,9}}\.m4s", SEGMENT),
    (rf"tracks/{NAME}\.(?:camera|screen)\.[0-9]{{1,15}}\.webm", Shape("video/webm")),
    (r"journal/[0-9]{1,9}\.json", Shape("application/json")),
    (rf"documents/{NAME}/[0-9]{{1,5}}(?:-small)?\.webp", Shape("image/webp")),
    (rf"documents/{NAME}/text\.json", Shape("application/json")),
    (rf"files/{NAME}/(?:preview|large)\.webp", Shape("image/webp")),
    (rf"files/{NAME}/original", Shape("application/octet-stream", kept=True)),
    (rf"chapters\.vtt|captions(?:-{CODES})?\.vtt", VTT),
    (r"poster\.webp", Shape("image/webp")),
    (r"chat\.txt", Shape("text/plain; charset=utf-8", kept=True)),
    (r"slides\.pdf", Shape("application/pdf", kept=True)),
    (r"audio\.m4a", Shape("audio/mp4", kept=True)),
    (r"program\.mp4", Shape("video/mp4", kept=True)),
)
_COMPILED = tuple((re.compile(pattern, re.ASCII), shape) for pattern, shape in SHAPES)


def shape_of(path: str) -> Shape | None:
    """Of a path within a bundle; None: there is no such file."""
    return next((shape for pattern, shape in _COMPILED if pattern.fullmatch(path)), None)
