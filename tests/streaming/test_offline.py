"""The ZIP: what is in it, and that its page needs nothing else. (Played: tests/e2e/test_watching.py.)"""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from pytest_django import Settings

from meetingserver.branding.choosing import branded
from recording.manifest import Audio, Manifest
from streaming.offline import SPRITE_ADDRESS, STYLES, import_map, packed
from tests.meetingserver.branding.conftest import shelved
from tests.streaming.shelf import Shelf

MANIFEST = Manifest("archery-12", 1, "</script><b>", 0, ended=True, length_ms=1, audio=Audio(1))


@pytest.fixture
def archive(shelf: Shelf) -> zipfile.ZipFile:
    shelf.put("1/manifest.json", MANIFEST.encode())
    shelf.put("1/journal/0.json", b'{"note": "</script>"}')
    shelf.put("1/documents/plans/1.webp", b"page")
    shelf.put("1/documents/plans/text.json", b"[]")
    shelf.put("1/audio.m4a", b"x" * 2_000_000)
    shelf.put("1/audio/0.m4s", b"segment")
    shelf.put("masters/index.json", b"masters")
    return zipfile.ZipFile(io.BytesIO(b"".join(packed("archery-12/1"))))


@pytest.fixture
def page(archive: zipfile.ZipFile) -> str:
    return archive.read("index.html").decode()


def test_it_holds_what_a_player_needs_and_no_more(archive: zipfile.ZipFile) -> None:
    assert archive.testzip() is None
    names = set(archive.namelist())
    assert {"index.html", "audio.m4a", "documents/plans/1.webp"} <= names
    assert not {name for name in names if "masters" in name or name.startswith(("audio/", "journal/"))}


def test_the_page_has_the_texts_in_itself_and_none_of_them_ends_it(page: str) -> None:
    files = re.search(r'<script id="files" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert files
    texts = json.loads(files[1])
    assert set(texts) == {"manifest.json", "journal/0.json", "documents/plans/text.json"}
    assert json.loads(texts["journal/0.json"]) == {"note": "</script>"}
    assert "<b>" not in page


def test_the_page_refers_to_nothing_outside(page: str, archive: zipfile.ZipFile) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    outside = [address for address in addresses if not address.startswith(("#", "player/"))]
    assert not outside
    assert {address for address in addresses if address.startswith("player/")} <= set(archive.namelist())


def test_every_module_is_in_the_import_map() -> None:
    modules = json.loads(import_map())["imports"]
    assert {"streaming/main.js", "conferences/core/state.js"} <= set(modules)
    assert all(address.startswith("data:text/javascript;base64,") for address in modules.values())


def test_it_looks_like_our_page() -> None:
    named = re.findall(r"conferences/(\w+)(?:\.\w+)?\.css", render_to_string("streaming/_styles.html"))
    assert ["tokens", "base", "controls", *named] == list(STYLES)


def test_icons_are_found_in_the_page_itself() -> None:
    assert (
        SPRITE_ADDRESS.sub('href="#', '<use href="/static/conferences/icons.0a1b.svg#play">')
        == '<use href="#play">'
    )


def test_of_nothing_there_is_no_zip(shelf: Shelf) -> None:
    assert list(packed("archery-12/1")) == []


def test_it_looks_like_the_brand_and_has_all_that_takes(
    shelf: Shelf, tmp_path: Path, settings: Settings
) -> None:
    toml = 'name = "Acme"\nfavicon = "logo.svg"\nlogo = "logo.svg"\n[colours]\nink = "#101820"\n'
    shelf.put("1/manifest.json", MANIFEST.encode())
    with shelved(tmp_path, settings) as brands:
        brands.write("acme", toml, static__logo_dot_svg="<svg/>", static__brand_dot_css="a {}")
        with branded("acme"):
            archive = zipfile.ZipFile(io.BytesIO(b"".join(packed("archery-12/1"))))
    assert {"player/brand/look.css", "player/brand/brand.css", "player/brand/logo.svg"} <= set(
        archive.namelist()
    )
    page = archive.read("index.html").decode()
    assert page.index("player/brand/look.css") < page.index("player/brand/brand.css")
    assert '<link rel="icon" href="player/brand/logo.svg">' in page
    assert '<img class="brand-logo"' in page
    assert 'src="player/brand/logo.svg"' in page
    assert '<span class="brand-name">Acme</span>' in page
