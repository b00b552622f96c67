"""Work on files that people brought, done by Celery's workers. Tasks know no live conferences: what they have
to say they leave as errands."""

from celery import shared_task

from conferences import chat_files, documents
from conferences.clock import now


@shared_task(name="conferences.convert_document")
def convert_document(document: str) -> None:
    documents.document_convert(document=document, now=now)


@shared_task(name="conferences.look_after_documents")
def look_after_documents() -> None:
    """A worker may have died, or a task been lost."""
    for document in documents.documents_look_after(now=now()):
        convert_document.delay(document)


@shared_task(name="conferences.sweep_documents")
def sweep_documents() -> None:
    documents.documents_sweep()


@shared_task(name="conferences.sweep_chat_files")
def sweep_chat_files() -> None:
    chat_files.chat_files_sweep()
