"""The whole way of a file in the chat: sent, told, shown, handed out, deleted."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from conferences.chat_files import chat_file_key
from conferences.models import ChatFile
from tests.conferences.conversion import papers
from tests.conferences.doubles import Tab
from tests.conferences.site import Site
from tests.conferences.upload import Upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("installed")]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def desk(site: Site, tab: Tab) -> Upload:
    return Upload(site, tab, page="files", named="X-File-Name")


async def get(url: str) -> Any:
    return await sync_to_async(Client().get)(url)


async def test_a_picture_is_told_with_its_size_and_shown_as_our_copy(site: Site) -> None:
    alice = await site.joins("alice")
    await site.joins("bob")
    assert "file" in await desk(site, alice).sends("bob", papers.image(), name="holiday.png")
    file = (await alice.screen.shows("chat.sent"))["file"]
    assert (file["name"], file["width"], file["height"]) == ("holiday.png", 640, 360)
    for copy in ("preview", "large"):
        shown = await get(f"{file['url']}{copy}.webp")
        assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
        assert shown.content[8:12] == b"WEBP"


async def test_whatever_else_is_only_ever_downloaded(site: Site) -> None:
    alice = await site.joins("alice")
    await desk(site, alice).sends("alice", SVG, name="..%2Fevil%E2%80%AEgvs.svg")
    file = (await alice.screen.shows("chat.sent"))["file"]
    assert (file["name"], file["width"]) == ("evilgvs.svg", 0)
    kept = await get(file["url"] + "original")
    assert kept["Content-Disposition"] == 'attachment; filename="evilgvs.svg"'
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in kept["Content-Security-Policy"]
    assert (await get(file["url"] + "preview.webp")).status_code == 404


async def test_a_private_file_is_told_to_two(site: Site) -> None:
    tabs = {who: await site.joins(who) for who in ("alice", "bob", "carol")}
    await desk(site, tabs["alice"]).sends("bob", b"psst", **{"X-To": "carol"})
    await tabs["carol"].screen.shows("chat.whispered")
    tabs["bob"].asks("chat.send", text="for all")
    await tabs["alice"].screen.shows("chat.sent")
    assert not any("/files/" in str(message) for message in tabs["alice"].screen.messages)


async def test_a_deleted_line_deletes_its_file(site: Site) -> None:
    alice = await site.joins("alice")
    await desk(site, alice).sends("alice", papers.image())
    url = (await alice.screen.shows("chat.sent"))["file"]["url"]
    line = alice.screen.messages[-1]["seq"]
    alice.asks("chat.delete", line=line)
    await alice.screen.shows("chat.deleted")
    for name in ("original", "preview.webp", "large.webp"):
        assert (await get(url + name)).status_code == 404
    assert not await sync_to_async(ChatFile.objects.exists)()


async def test_who_may_not_keeps_nothing_here(site: Site, settings: Any) -> None:
    alice = await site.joins("alice")
    await site.joins("bob")
    page = desk(site, alice)
    assert await page.sends("mallory", b"x") == {"refused": "not_here"}
    assert await page.sends("bob", b"x", **{"X-Seat": "nonsense"}) == {"refused": "seat_invalid"}
    assert await page.sends("bob", b"x", **{"X-Conference": "another"}) == {"refused": "ended"}
    assert await page.sends("bob", b"x", **{"X-To": "nobody"}) == {"refused": "not_here"}
    assert await page.sends("bob", b"x", **{"X-To": "../alice"}) == {"refused": "malformed"}
    assert await page.sends("bob", b"x", **{"X-Reply": "999"}) == {"refused": "gone"}
    assert await page.sends("bob", b"x", **{"X-Reply": "first"}) == {"refused": "malformed"}
    assert await page.sends("bob", b"") == {"refused": "file_empty"}
    assert await page.sends("bob", b"MZ\x90\0") == {"refused": "file_type"}
    assert await page.sends("bob", papers.declared_png(50_000, 50_000)) == {"refused": "picture_broken"}
    settings.CHAT_FILE_MAX_BYTES = 3
    assert await page.sends("bob", b"1234") == {"refused": "too_large"}
    settings.CHAT_FILES_PER_PERSON = 0
    assert await page.sends("bob", b"x") == {"refused": "too_many_files"}
    alice.asks("policy.change", chat_files="presenters")
    await alice.screen.shows("policy.changed")
    assert await page.sends("bob", b"x") == {"refused": "files_off"}
    assert not await sync_to_async(ChatFile.objects.exists)()


@pytest.mark.parametrize("name", ["original", "preview.webp", "large.webp"])
async def test_nobody_guesses_a_file(site: Site, name: str) -> None:
    for key in ("0" * 40, chat_file_key("another"), chat_file_key("never")):
        assert (await get(f"/files/never/{key}/{name}")).status_code == 404
