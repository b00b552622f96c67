"""Files of a bundle, asked for over HTTP; and mallory, who may not have them."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.http import HttpResponse, StreamingHttpResponse
from django.test import AsyncClient
from pytest_django import Settings

from conferences.clock import now
from streaming.tokens import Pass, key_derive, token_sign
from tests.streaming.shelf import Shelf

MANIFEST = b'{"v": 1}'
TRACK = bytes(range(256)) * 4096


def token(*, recording: str = "archery-12", version: int = 1, ago_ms: int = 0) -> str:
    granted = Pass(recording, version, "a7")
    return token_sign(granted, key=key_derive(ours.SECRET_KEY), now=now() - ago_ms)


@pytest.fixture
def bundle(shelf: Shelf) -> Shelf:
    shelf.put("1/manifest.json", MANIFEST)
    shelf.put("1/tracks/p1.camera.0.webm", TRACK)
    shelf.put("1/audio/index.m3u8", b"#EXTM3U\n" * 200)
    shelf.put("1/chat.txt", b"hello")
    shelf.put("2/manifest.json", b"the next version")
    shelf.put("raw/p1.microphone.00000001/0.rtpd", b"captured")
    shelf.put("masters/index.json", b"masters")
    shelf.put("1/manifest.json", b"of another", recording="archery-13")
    return shelf


async def asked(path: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Any:
    return await AsyncClient().generic(method, path, headers=headers or {})


async def got(path: str, *, of: str = "archery-12", version: int = 1, **how: Any) -> Any:
    address = f"/media/{token(recording=of, version=version)}/{of}/{version}/{path}"
    return await asked(address, **how)


async def body(response: Any) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join([piece async for piece in response])
    assert isinstance(response, HttpResponse)
    return response.content


async def test_a_file_is_sent_whole(bundle: Shelf) -> None:
    answer = await got("tracks/p1.camera.0.webm")
    assert answer.status_code == 200
    assert await body(answer) == TRACK
    assert answer["Content-Type"] == "video/webm"
    assert answer["Content-Length"] == str(len(TRACK))
    assert answer["Accept-Ranges"] == "bytes"


async def test_a_range_is_sent(bundle: Shelf) -> None:
    answer = await got("tracks/p1.camera.0.webm", headers={"Range": "bytes=1000-1999"})
    assert answer.status_code == 206
    assert await body(answer) == TRACK[1000:2000]
    assert answer["Content-Range"] == f"bytes 1000-1999/{len(TRACK)}"
    assert answer["Content-Length"] == "1000"


async def test_there_is_nothing_beyond_the_end(bundle: Shelf) -> None:
    answer = await got("tracks/p1.camera.0.webm", headers={"Range": f"bytes={len(TRACK)}-"})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(TRACK)}"


async def test_a_head_has_all_but_the_body(bundle: Shelf) -> None:
    answer = await got("tracks/p1.camera.0.webm", method="HEAD")
    assert (answer.status_code, answer["Content-Length"], await body(answer)) == (200, str(len(TRACK)), b"")
    ranged = await got("tracks/p1.camera.0.webm", method="HEAD", headers={"Range": "bytes=0-9"})
    assert (ranged.status_code, ranged["Content-Length"]) == (206, "10")


async def test_a_known_file_is_not_sent_again(bundle: Shelf) -> None:
    first = await got("tracks/p1.camera.0.webm")
    again = await got("tracks/p1.camera.0.webm", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"], await body(again)) == (304, first["ETag"], b"")


async def test_what_never_changes_is_kept_and_what_grows_is_asked_for_again(bundle: Shelf) -> None:
    assert "immutable" in (await got("tracks/p1.camera.0.webm"))["Cache-Control"]
    assert (await got("manifest.json"))["Cache-Control"] == "private, no-cache"
    assert (await got("audio/index.m3u8"))["Cache-Control"] == "private, no-cache"


async def test_a_playlist_is_never_compressed(bundle: Shelf) -> None:
    answer = await got("audio/index.m3u8", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in answer
    assert answer["Content-Type"] == "application/vnd.apple.mpegurl"


async def test_a_file_can_do_nothing_in_a_browser_and_tells_nobody_where_it_lies(bundle: Shelf) -> None:
    answer = await got("manifest.json")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"


async def test_what_is_to_be_kept_is_saved(bundle: Shelf) -> None:
    assert (await got("chat.txt"))["Content-Disposition"] == 'attachment; filename="chat.txt"'
    assert "Content-Disposition" not in await got("manifest.json")


async def test_nothing_is_changed_here(bundle: Shelf) -> None:
    assert (await got("manifest.json", method="POST")).status_code in (403, 405)
    assert (await got("manifest.json", method="DELETE")).status_code in (403, 405)


# Mallory


async def test_mallory_gets_nothing_without_a_token(bundle: Shelf) -> None:
    for made_up in ("x", "0", "a.b.c.d", token()[:-1], token() + "x", "%00", "."):
        assert (await asked(f"/media/{made_up}/archery-12/1/manifest.json")).status_code == 404


async def test_mallory_gets_nothing_with_an_old_token(bundle: Shelf) -> None:
    fresh, old = token(ago_ms=290_000), token(ago_ms=301_000)
    assert (await asked(f"/media/{fresh}/archery-12/1/manifest.json")).status_code == 200
    assert (await asked(f"/media/{old}/archery-12/1/manifest.json")).status_code == 404


async def test_mallory_gets_nothing_of_another_recording_or_version(bundle: Shelf) -> None:
    assert (await asked(f"/media/{token()}/archery-13/1/manifest.json")).status_code == 404
    assert (await asked(f"/media/{token()}/archery-12/2/manifest.json")).status_code == 404
    assert (
        await asked(f"/media/{token(recording='archery-13')}/archery-12/1/manifest.json")
    ).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "../raw/p1.microphone.00000001/0.rtpd",
        "..%2Fraw%2Fp1.microphone.00000001%2F0.rtpd",
        "%2e%2e/masters/index.json",
        "%252e%252e/masters/index.json",
        "..%5cmasters%5cindex.json",
        "../2/manifest.json",
        "../../archery-13/1/manifest.json",
        "%2fetc%2fpasswd",
        "//etc/passwd",
        "/manifest.json",
        "manifest.json%00",
        "manifest.json%00.webm",
        "manifest.json/",
        "manifest.json%2f..",
        "tracks/..%2fmanifest.json",
        "tracks/",
        "tracks",
        "",
        "%ff%fe",
        "raw/p1.microphone.00000001/0.rtpd",
        "masters/index.json",
        "manifest.json.part",
        "x" * 5000,
    ],
    ids=lambda path: path[:40].replace("%", "_").replace("/", "_"),
)
async def test_mallory_gets_nothing_by_tricks(bundle: Shelf, path: str) -> None:
    bundle.put("1/manifest.json.part", b"half")
    for method in ("GET", "HEAD"):
        assert (await got(path, method=method)).status_code == 404


async def test_mallory_cannot_follow_a_link_out_of_the_folder(bundle: Shelf, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (bundle.root / "archery-12" / "1" / "poster.webp").symlink_to(secret)
    assert (await got("poster.webp")).status_code == 404


async def test_the_answer_is_the_same_for_what_is_not_there_and_what_is_forbidden(bundle: Shelf) -> None:
    missing = await got("tracks/p9.camera.0.webm")
    forbidden = await asked(f"/media/{token(ago_ms=10**6)}/archery-12/1/tracks/p1.camera.0.webm")
    assert missing.status_code == forbidden.status_code == 404
    assert await body(missing) == await body(forbidden) == b""
    assert missing["Cache-Control"] == forbidden["Cache-Control"] == "no-store"


# Others who send


async def test_nginx_is_told_where_the_file_lies(bundle: Shelf, settings: Settings) -> None:
    settings.SENDFILE = "nginx"
    answer = await got("tracks/p1.camera.0.webm", headers={"Range": "bytes=0-9"})
    assert answer["X-Accel-Redirect"] == "/recordings-of-the-server/archery-12/1/tracks/p1.camera.0.webm"
    assert (answer.status_code, await body(answer), answer["Content-Type"]) == (200, b"", "video/webm")


async def test_apache_is_told_where_the_file_lies(bundle: Shelf, settings: Settings) -> None:
    settings.SENDFILE = "apache"
    answer = await got("tracks/p1.camera.0.webm")
    assert answer["X-Sendfile"] == str(bundle.root / "archery-12/1/tracks/p1.camera.0.webm")


async def test_mallory_cannot_make_them_send_what_is_not_there(bundle: Shelf, settings: Settings) -> None:
    settings.SENDFILE = "nginx"
    assert (await got("../raw/p1.microphone.00000001/0.rtpd")).status_code == 404
    assert "X-Accel-Redirect" not in await got("tracks/p9.camera.0.webm")
