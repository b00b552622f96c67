"""The picture of a recording in lists: the first slide, else a moment of a screen or a camera."""

from collections.abc import Sequence
from pathlib import Path

import av
from PIL import Image

from recording.chapters import Shown
from recording.desk import replaced
from recording.manifest import Track

SIZE = (640, 360)


def write_poster(folder: Path, shown: Sequence[Shown], tracks: Sequence[Track]) -> None:
    """`poster.webp` in a bundle's folder; none, where there was nothing to see."""
    image = _slide(folder, shown) or _moment(folder, tracks)
    if image is not None:
        image.thumbnail(SIZE)
        with replaced(folder / "poster.webp") as part:
            image.convert("RGB").save(part, "WEBP", quality=80)


def _slide(folder: Path, shown: Sequence[Shown]) -> Image.Image | None:
    for _t, document, page in shown:
        path = folder / "documents" / document / f"{page}.webp"
        if path.exists():
            return Image.open(path)
    return None


def _moment(folder: Path, tracks: Sequence[Track]) -> Image.Image | None:
    """Some seconds into the longest screen, else camera."""
    best = max(tracks, key=lambda t: (t.source == "screen", t.to_ms - t.from_ms), default=None)
    if best is None:
        return None
    with av.open(str(folder / best.file)) as container:
        for frame in container.decode(video=0):
            if frame.time * 1000 >= min(3_000, best.to_ms - best.from_ms) / 2:
                return Image.fromarray(frame.to_ndarray(format="rgb24"))
    return None
