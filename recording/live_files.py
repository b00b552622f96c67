"""Files that belong to what a live page shows: pages of documents, and what was sent in the chat."""

from pathlib import Path

from django.core.files.storage import default_storage

from conferences.core.slides import DocumentKind, DocumentStatus
from conferences.core.state import Picture
from recording.desk import replaced


class Belongings:
    """Copied into the bundle's folder once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._brought: set[str] = set()

    def bring(self, picture: Picture) -> None:
        """All that a picture needs. What is not there any more is not missed."""
        for document in picture.documents.values():
            if document.kind is DocumentKind.FILE and document.status is DocumentStatus.READY:
                self._copy(f"documents/{document.id}", f"documents/{document.id}", but=("original",))
        for line in picture.chat:
            if line.file is not None:
                self._copy(f"chat/{line.file.id}", f"files/{line.file.id}")

    def _copy(self, source: str, target: str, *, but: tuple[str, ...] = ()) -> None:
        if target in self._brought:
            return
        self._brought.add(target)
        if not default_storage.exists(source):
            return
        for name in default_storage.listdir(source)[1]:
            path = self._folder / target / name
            if name not in but and not path.exists():
                with default_storage.open(f"{source}/{name}") as file, replaced(path) as part:
                    part.write_bytes(file.read())
