"""A folder of recordings, and asking for the files in it."""

from pathlib import Path


class Shelf:
    """`root` is what the storage `recordings` holds."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, content: bytes, *, recording: str = "archery-12") -> Path:
        """`name` begins with the version, or with `raw` or `masters`."""
        path = self.root / recording / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path
