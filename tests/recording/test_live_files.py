"""Files that belong to what is shown live."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from conferences.core.chat import ChatFile, ChatLine
from conferences.core.slides import Document, DocumentStatus
from conferences.core.state import Picture
from recording.live_files import Belongings

PAGES = ("1.webp", "1-small.webp", "text.json")


def shown(status: DocumentStatus = DocumentStatus.READY) -> Picture:
    document = Document(id="d1", name="plans", owner="p1", url="/documents/d1/key/", status=status, pages=1)
    return Picture(documents={"d1": document})


@pytest.fixture
def stored() -> None:
    for name in (*PAGES, "original"):
        default_storage.delete(f"documents/d1/{name}")
        default_storage.save(f"documents/d1/{name}", ContentFile(name.encode()))


@pytest.mark.usefixtures("stored")
def test_pages_are_brought_and_the_original_is_not(tmp_path: Path) -> None:
    Belongings(tmp_path).bring(shown())
    assert {path.name for path in (tmp_path / "documents/d1").iterdir()} == set(PAGES)
    assert (tmp_path / "documents/d1/1.webp").read_text() == "1.webp"


@pytest.mark.usefixtures("stored")
def test_a_document_is_brought_when_its_pages_are_there(tmp_path: Path) -> None:
    belongings = Belongings(tmp_path)
    belongings.bring(shown(DocumentStatus.CONVERTING))
    assert not (tmp_path / "documents").exists()
    belongings.bring(shown())
    assert (tmp_path / "documents/d1/1.webp").exists()


def test_what_was_sent_in_the_chat_is_brought(tmp_path: Path) -> None:
    default_storage.delete("chat/f1/original")
    default_storage.save("chat/f1/original", ContentFile(b"arrows"))
    file = ChatFile(id="f1", name="arrows.txt", size=6, url="/chat/f1/key/")
    Belongings(tmp_path).bring(Picture(chat=(ChatLine(1, 1, "p1", "Alice", "look", file=file),)))
    assert (tmp_path / "files/f1/original").read_text() == "arrows"


def test_what_was_deleted_is_not_missed(tmp_path: Path) -> None:
    default_storage.delete("chat/f2/original")
    file = ChatFile(id="f2", name="arrows.txt", size=6, url="/chat/f2/key/")
    Belongings(tmp_path).bring(Picture(chat=(ChatLine(1, 1, "p1", "Alice", "look", file=file),)))
    assert not (tmp_path / "files/f2/original").exists()
