"""Documents as files and rows: kept, converted, told, forgotten."""

import io

import msgspec
import pytest
from django.core.files.storage import default_storage

from conferences import documents, services
from conferences.conversion.formats import Format
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.slides import AddDocument, FailDocument, Failure, ProgressDocument
from conferences.documents import SILENCE_MS, document_convert, documents_look_after
from conferences.models import Document, Errand, Room
from tests.conferences.conversion import papers
from tests.conferences.doubles import Watch
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(room: Room) -> str:
    return services.conference_current(room.pk, now=BEGIN)


def kept(conference: str, content: bytes, format: Format = Format.PDF) -> str:
    document = documents.document_id()
    documents.document_keep(
        document=document,
        conference=conference,
        name="Plans.pdf",
        format=format,
        file=io.BytesIO(content),
        now=BEGIN,
    )
    return document


def errands() -> list[AnyCommand]:
    return [
        msgspec.json.decode(text, type=AnyCommand)
        for text in Errand.objects.values_list("command", flat=True)
    ]


def files(document: str) -> set[str]:
    folder = f"{documents.FOLDER}/{document}"
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


def test_a_worker_makes_the_pages_and_leaves_word(conference: str) -> None:
    document = kept(conference, papers.pdf(["One", "Two"]))
    document_convert(document=document, now=Watch())
    pages = {"1.webp", "1-small.webp", "2.webp", "2-small.webp"}
    assert files(document) == {"original", "text.json", *pages}
    assert errands() == [
        ProgressDocument(document=document, done=1, pages=2),
        AddDocument(document=document, pages=2),
    ]
    assert Document.objects.get(pk=document).status == Document.READY


def test_what_cannot_be_shown_fails_with_its_reason(conference: str) -> None:
    document = kept(conference, papers.encrypted_pdf())
    document_convert(document=document, now=Watch())
    assert errands() == [FailDocument(document=document, failure=Failure.ENCRYPTED)]
    assert Document.objects.get(pk=document).status == Document.FAILED


def test_a_trouble_of_ours_is_said_to_be_one(conference: str, caplog: pytest.LogCaptureFixture) -> None:
    document = kept(conference, papers.pdf(["One"]))
    default_storage.delete(f"{documents.FOLDER}/{document}/original")
    document_convert(document=document, now=Watch())
    assert errands() == [FailDocument(document=document, failure=Failure.CONVERSION_FAILED)]
    assert "could not be converted" in caplog.text


def test_a_document_is_converted_once(conference: str) -> None:
    document = kept(conference, papers.pdf(["One"]))
    for _ in range(2):
        document_convert(document=document, now=Watch())
    assert errands() == [AddDocument(document=document, pages=1)]


def test_who_died_is_followed_by_another_and_then_by_plain_words(conference: str) -> None:
    document = kept(conference, papers.pdf(["One"]))
    row = Document.objects.filter(pk=document)
    assert documents_look_after(now=BEGIN) == [document]
    for tries, again in ((1, [document]), (2, [])):
        row.update(status=Document.CONVERTING, tries=tries, seen_at=BEGIN)
        assert documents_look_after(now=BEGIN + SILENCE_MS) == []
        assert documents_look_after(now=BEGIN + SILENCE_MS + 1) == again
    assert errands() == [FailDocument(document=document, failure=Failure.CONVERSION_FAILED)]


def test_the_second_try_begins_afresh(conference: str) -> None:
    document = kept(conference, papers.pdf(["One"]))
    default_storage.save(f"{documents.FOLDER}/{document}/1.webp", io.BytesIO(b"half a page"))
    document_convert(document=document, now=Watch())
    assert files(document) == {"original", "text.json", "1.webp", "1-small.webp"}


def test_what_was_deleted_is_gone_and_no_worker_brings_it_back(conference: str) -> None:
    document = kept(conference, papers.pdf(["One"]))
    documents.document_delete(document=document)
    document_convert(document=document, now=Watch())
    assert (files(document), errands()) == (set(), [])


def test_with_a_room_its_documents_go(conference: str, room: Room) -> None:
    document = kept(conference, papers.pdf(["One"]))
    services.room_delete(room=room)
    assert files(document) == set()


def test_files_that_nobody_knows_are_swept_away(conference: str) -> None:
    lost, known = kept(conference, papers.pdf(["One"])), kept(conference, papers.pdf(["Two"]))
    Document.objects.filter(pk=lost).delete()
    documents.documents_sweep()
    assert (files(lost), files(known)) == (set(), {"original"})


def test_a_key_is_of_one_document() -> None:
    assert documents.document_key("one") != documents.document_key("two")
    assert len(documents.document_key("one")) == 40


def test_files_are_looked_into_before_they_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert documents.document_format(io.BytesIO(papers.pdf(["One"]))) is Format.PDF
    for content, reason in ((b"MZ", Reason.UNKNOWN_FORMAT), (papers.pptx(), Reason.NEEDS_OFFICE)):
        with pytest.raises(Refused) as refused:
            documents.document_format(io.BytesIO(content))
        assert refused.value.reason is reason
