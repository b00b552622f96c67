"""What workers leave reaches the conference, in order and once; and a whole way from upload to page."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from conferences.clock import now
from conferences.core.commands import EndConference
from conferences.core.slides import AddDocument, ProgressDocument
from conferences.documents import document_key, errand_leave
from conferences.errands import Errands
from conferences.journal import crossing
from conferences.models import Document, Errand
from tests.conferences.conversion import papers
from tests.conferences.site import Site
from tests.conferences.upload import Upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("installed")]


@pytest.fixture
def errands(site: Site) -> Errands:
    return Errands(site.doors, "server-1")


async def test_what_is_uploaded_is_converted_and_comes_on_the_stage(site: Site, errands: Errands) -> None:
    alice = await site.joins("alice")
    said = await Upload(site, alice).sends("alice", papers.pdf(["The plan"]))
    offered = await alice.screen.shows("document.offered")
    assert (offered["document"], offered["name"]) == (said["document"], "Plans.pdf")
    await errands.run()
    assert (await alice.screen.shows("document.added"))["pages"] == 1
    assert (await alice.screen.shows("document.presented"))["page"] == 1
    bob = await site.joins("bob")
    picture = bob.screen.messages[0]["welcome"]
    assert picture["shown"]["document"] == said["document"]
    page = await sync_to_async(Client().get)(picture["documents"][said["document"]]["url"] + "1.webp")
    assert (page.status_code, page["Content-Type"]) == (200, "image/webp")
    assert "sandbox" in page["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"


async def test_guests_and_strangers_bring_nothing(site: Site) -> None:
    alice = await site.joins("alice")
    await site.joins("bob")
    upload = Upload(site, alice)
    assert await upload.sends("bob", papers.pdf(["x"])) == {"refused": "not_allowed"}
    assert await upload.sends("mallory", papers.pdf(["x"])) == {"refused": "not_here"}
    forged = {"X-Seat": site.seat("alice", room=site.room.pk + 1, issued_at=now())}
    assert await upload.sends("alice", papers.pdf(["x"]), **forged) == {"refused": "seat_invalid"}
    assert await upload.sends("alice", papers.pdf(["x"]), **{"X-Seat": "nonsense"}) == {
        "refused": "seat_invalid"
    }
    elsewhere = {"X-Conference": "another one"}
    assert await upload.sends("alice", papers.pdf(["x"]), **elsewhere) == {"refused": "ended"}
    assert not await sync_to_async(Document.objects.exists)()


async def test_what_is_no_document_is_refused_in_plain_words(site: Site, settings: Any) -> None:
    upload = Upload(site, await site.joins("alice"))
    assert await upload.sends("alice", b"MZ\x90 a program", name="cv.pdf") == {"refused": "unknown_format"}
    settings.UPLOAD_MAX_BYTES = 100
    assert await upload.sends("alice", papers.pdf(["x"])) == {"refused": "too_large"}


async def test_a_name_is_a_name_and_no_path(site: Site) -> None:
    alice = await site.joins("alice")
    await Upload(site, alice).sends("alice", papers.pdf(["x"]), name="..%2F..%2Fetc%2Fpasswd%0A%E2%80%AE.pdf")
    assert (await alice.screen.shows("document.offered"))["name"] == "../../etc/passwd .pdf"


async def test_what_is_removed_can_no_longer_be_seen(site: Site, errands: Errands) -> None:
    alice = await site.joins("alice")
    said = await Upload(site, alice).sends("alice", papers.pdf(["x"]))
    await errands.run()
    url = (await alice.screen.shows("document.offered"))["url"]
    get = sync_to_async(Client().get)
    assert (await get(url + "original")).status_code == 404
    alice.asks("document.release", document=said["document"], allowed=True)
    await alice.screen.shows("document.released")
    released = await get(url + "original")
    assert released["Content-Disposition"] == 'attachment; filename="Plans.pdf"'
    alice.asks("document.remove", document=said["document"])
    await alice.screen.shows("document.removed")
    for name in ("1.webp", "1-small.webp", "text.json", "original"):
        assert (await get(url + name)).status_code == 404


async def test_errands_are_done_in_order_and_once(site: Site, errands: Errands) -> None:
    alice = await site.joins("alice")
    upload = Upload(site, alice)
    await upload.sends("alice", papers.pdf(["x"] * 3))
    await errands.run()
    await errands.run()
    await alice.screen.shows("document.added")
    told = [kind for kind in alice.screen.events if kind and kind.startswith("document.")]
    assert told == [
        "document.offered",
        "document.progressed",
        "document.progressed",
        "document.added",
        "document.presented",
    ]


async def test_an_errand_to_what_ended_is_forgotten(site: Site, errands: Errands) -> None:
    alice = await site.joins("alice")
    conference = alice.screen.messages[0]["conference"]
    await crossing(errand_leave)(conference=conference, command=AddDocument(document="late", pages=1))
    await (await site.doors.open(conference)).submit(EndConference(), by="alice")
    await errands.run()
    assert not await sync_to_async(Errand.objects.exists)()


async def test_an_errand_for_another_server_waits_for_it(site: Site) -> None:
    alice = await site.joins("alice")
    progress = ProgressDocument(document="plans", done=1, pages=2)
    await crossing(errand_leave)(conference=alice.screen.messages[0]["conference"], command=progress)
    await Errands(site.doors, "server-2").run()
    assert await sync_to_async(Errand.objects.count)() == 1


async def test_while_it_runs_errands_are_fetched(site: Site, errands: Errands) -> None:
    alice = await site.joins("alice")
    await Upload(site, alice).sends("alice", papers.pdf(["x"]))
    errands.start()
    await alice.screen.shows("document.presented")
    await errands.stop()


@pytest.mark.parametrize("name", ["1.webp", "1-small.webp", "text.json", "original"])
async def test_nobody_guesses_a_page(site: Site, name: str) -> None:
    get = sync_to_async(Client().get)
    for key in ("0" * 40, document_key("another")):
        assert (await get(f"/documents/never/{key}/{name}")).status_code == 404
    assert (await get(f"/documents/never/{document_key('never')}/{name}")).status_code == 404
