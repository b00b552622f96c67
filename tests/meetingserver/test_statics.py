"""What browsers get of our static files, and what Django is not asked for."""

import json
from pathlib import Path
from typing import Any

import pytest
from channels.testing import HttpCommunicator
from pytest_django import Settings

from meetingserver.statics import StaticFiles

SCRIPT = b"export const answer = 42;\n"
ZIPPED = b"fewer bytes"
YEARS = "max-age=315360000, public, immutable"


class Answer:
    def __init__(self, response: dict[str, Any]) -> None:
        self.status: int = response["status"]
        self.body: bytes = response["body"]
        self.headers = {name.decode(): value.decode() for name, value in response["headers"]}


async def django(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"asked Django"})


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """What `collectstatic` leaves, in small."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": settings.HASHED_STATIC}}
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    for name in ("main.js", "main.0123456789ab.js"):
        (settings.STATIC_ROOT / name).write_bytes(SCRIPT)
    (settings.STATIC_ROOT / "main.0123456789ab.js.gz").write_bytes(ZIPPED)
    names = {"version": "1.1", "hash": "", "paths": {"main.js": "main.0123456789ab.js"}}
    (settings.STATIC_ROOT / "staticfiles.json").write_text(json.dumps(names))
    (tmp_path / "secret").write_text("not for browsers")
    return Path(settings.STATIC_ROOT)


@pytest.fixture
def application(folder: Path) -> StaticFiles:
    return StaticFiles(django)


async def ask(application: StaticFiles, path: str, method: str = "GET", **headers: str) -> Answer:
    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Answer(await HttpCommunicator(application, method, path, headers=lines).get_response())


async def test_a_hashed_file_comes_with_its_type_and_is_kept_for_years(application: StaticFiles) -> None:
    answer = await ask(application, "/static/main.0123456789ab.js")
    assert (answer.status, answer.body) == (200, SCRIPT)
    assert answer.headers["content-type"] == 'text/javascript; charset="utf-8"'
    assert answer.headers["content-length"] == str(len(SCRIPT))
    assert answer.headers["cache-control"] == YEARS


async def test_a_file_that_may_change_is_asked_for_again(application: StaticFiles) -> None:
    assert (await ask(application, "/static/main.js")).headers["cache-control"] != YEARS


async def test_who_understands_it_gets_the_compressed_file(application: StaticFiles) -> None:
    zipped = await ask(application, "/static/main.0123456789ab.js", accept_encoding="gzip, deflate")
    assert (zipped.body, zipped.headers["content-encoding"]) == (ZIPPED, "gzip")
    plain = await ask(application, "/static/main.0123456789ab.js", accept_encoding="identity")
    assert (plain.body, plain.headers["vary"]) == (SCRIPT, "Accept-Encoding")


async def test_who_has_it_already_gets_no_body(application: StaticFiles) -> None:
    known = (await ask(application, "/static/main.js")).headers
    for condition in (
        {"if_none_match": known["etag"]},
        {"if_modified_since": known["last-modified"]},
    ):
        answer = await ask(application, "/static/main.js", **condition)
        assert (answer.status, answer.body) == (304, b"")
    assert (await ask(application, "/static/main.js", if_none_match='"other"')).body == SCRIPT


async def test_the_head_alone_and_parts_can_be_asked_for(application: StaticFiles) -> None:
    head = await ask(application, "/static/main.js", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(SCRIPT)))
    part = await ask(application, "/static/main.js", range="bytes=0-5")
    assert (part.status, part.body) == (206, b"export")


async def test_nothing_can_be_written(application: StaticFiles) -> None:
    assert (await ask(application, "/static/main.js", "POST")).status == 405


async def test_files_come_under_the_policy_of_the_pages(application: StaticFiles) -> None:
    headers = (await ask(application, "/static/main.js")).headers
    assert headers["content-security-policy"].startswith("default-src 'self'; script-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path", ["/", "/static/", "/static/none.js", "/static/../secret", "/static//main.js", "/main.js"]
)
async def test_all_else_is_for_django(application: StaticFiles, path: str) -> None:
    assert (await ask(application, path)).body == b"asked Django"


async def test_while_one_develops_edits_show(folder: Path, settings: Settings) -> None:
    settings.DEBUG = True
    application = StaticFiles(django)
    assert (await ask(application, "/static/main.js")).body == SCRIPT
    (folder / "main.js").write_bytes(b"edited")
    edited = await ask(application, "/static/main.js")
    assert (edited.body, edited.headers["content-length"]) == (b"edited", "6")
    assert (await ask(application, "/static/../secret")).body == b"asked Django"
