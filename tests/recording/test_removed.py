"""What is removed while it is recorded is kept for the replay."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from conferences.models import Conference, Document, Room
from conferences.storage import folder_delete
from recording.desk import Desk
from recording.removed import document_keep, kept_document
from recording.storage import spool_folder

NAMES = {"1.webp", "1-small.webp", "text.json", "original"}


@pytest.fixture
def plans() -> Iterator[None]:
    for name in NAMES:
        default_storage.save(f"documents/plans/{name}", ContentFile(b"page"))
    yield
    folder_delete("documents/plans")


def kept(recording: str) -> set[str]:
    return {path.name for path in kept_document(Desk(spool_folder(recording)), "plans").glob("*")}


@pytest.mark.django_db
@pytest.mark.parametrize("released", [False, True])
def test_its_original_is_kept_where_everybody_could_have_it(plans: None, room: Room, released: bool) -> None:
    conference = Conference.objects.create(id="c1", room=room, created_at=1)
    Document.objects.create(id="plans", conference=conference, seen_at=0, released=released)
    document_keep(recording=f"c{released}-1", document="plans")
    assert kept(f"c{released}-1") == (NAMES if released else NAMES - {"original"})


@pytest.mark.django_db
def test_of_what_was_never_there_nothing_is_kept(tmp_path: Path) -> None:
    document_keep(recording="c-2", document="nothing")
    assert not kept_document(Desk(spool_folder("c-2")), "nothing").exists()
