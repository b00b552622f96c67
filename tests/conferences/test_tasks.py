"""What Celery's workers do."""

import io

import pytest

from conferences import documents, services, tasks
from conferences.clock import now
from conferences.conversion.formats import Format
from conferences.models import Document, Room
from tests.conferences.conversion import papers

pytestmark = pytest.mark.django_db


def test_what_waits_is_found_and_converted(room: Room) -> None:
    conference = services.conference_current(room.pk, now=now())
    documents.document_keep(
        document="plans",
        conference=conference,
        name="Plans.pdf",
        format=Format.PDF,
        file=io.BytesIO(papers.pdf(["One"])),
        now=now(),
    )
    tasks.look_after_documents()
    assert Document.objects.get(pk="plans").status == Document.READY
    tasks.sweep_documents()
    tasks.sweep_chat_files()
    assert Document.objects.filter(pk="plans").exists()
