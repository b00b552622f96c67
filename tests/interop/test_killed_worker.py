"""The workers are killed while one makes a document's pages: another makes them."""

import os
import signal
from pathlib import Path

import pytest

from tests.conferences.browsers import SECRET_KEY, joins, new_room, seat_token
from tests.conferences.conversion import papers
from tests.house import RunningServer, children_of, running_server, wait_until

pytestmark = [pytest.mark.interop, pytest.mark.campaign]

PAGES = 150
STATUS = "from conferences.models import Document; print(*Document.objects.values_list('status', 'pages'))"
LATER = """
from conferences.clock import now
from conferences.documents import SILENCE_MS, documents_look_after
from meetingserver.celery import app
for document in documents_look_after(now=now() + SILENCE_MS + 1):
    app.send_task('conferences.convert_document', [document])
"""


def uploads(server: RunningServer, slug: str, conference: str, seat: str, content: bytes) -> None:
    headers = {"X-Seat": seat, "X-Conference": conference, "X-Document-Name": "Plans.pdf"}
    cookie = server.asks("GET", f"/r/{slug}").headers["Set-Cookie"].split(";")[0]
    headers |= {"Cookie": cookie, "X-CSRFToken": cookie.partition("=")[2]}
    assert server.asks("POST", f"/r/{slug}/documents", content, headers).status == 200


async def test_another_worker_makes_the_pages(tmp_path: Path) -> None:
    with running_server(tmp_path, SECRET_KEY=SECRET_KEY, EMBEDDED_WORKER="true") as server:
        room = new_room(server)
        slug = server.shell(f"from conferences.models import Room; print(Room.objects.get(pk={room}).slug)")
        alice = await joins(server.port, room, "alice")
        content = papers.pdf([f"Chapter {number}" for number in range(PAGES)])
        uploads(server, slug, alice.conference, seat_token(room, "alice"), content)
        await alice.hears_event("document.progressed")
        workers = set(children_of(server.pid))
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: len(set(children_of(server.pid)) - workers) == len(workers), "new workers run")
        assert server.shell(STATUS).startswith("('converting'")
        server.shell(LATER)
        added = await alice.hears_event("document.added")
        assert added["event"]["pages"] == PAGES
        await alice.leaves()
