"""Makes harmless small copies of a picture, in a process of its own that may die of what it reads:

    python -m conferences.conversion.pictures <source> <folder>

Writes `preview.webp` and `large.webp` into the folder, without what the original tells of camera and place.
Says on stdout a line of JSON: `{"width": 640, "height": 480}` of the preview, or `{"failure": "broken"}`.
"""

import json
import sys
from pathlib import Path

from conferences.conversion.limited import limit
from conferences.conversion.renderer import LARGE, MEGABYTES, Fails, opened, save

CPU_SECONDS = 30
PREVIEW = 720


def main(source: Path, folder: Path) -> None:
    limit(megabytes=MEGABYTES, seconds=CPU_SECONDS)
    try:
        width, height = copies(source, folder)
        said: dict[str, object] = {"width": width, "height": height}
    except MemoryError:
        said = {"failure": "too_complex"}
    except Fails as fails:
        said = {"failure": str(fails)}
    sys.stdout.write(json.dumps(said) + "\n")


def copies(source: Path, folder: Path) -> tuple[int, int]:
    """The size of the preview. Raises Fails."""
    with opened(source) as picture:
        return save(picture, {folder / "large.webp": LARGE, folder / "preview.webp": PREVIEW})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
