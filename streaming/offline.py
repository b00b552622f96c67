"""A recording as a ZIP that opens without a server: `index.html` and the bundle's files, packed while it is
sent, so that nothing of it is kept.

Pages of files may load no modules and fetch nothing (each file is an origin of its own to browsers). So the
page carries its scripts as `data:` addresses in its import map, and the texts it would fetch in itself. They
are the very scripts of our pages; nothing is bundled or rewritten.
"""

import base64
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from conferences.templatetags.pages import modules
from meetingserver.branding.choosing import current
from meetingserver.branding.library import LOOKS
from meetingserver.branding.page import OWN_STYLES, described
from recording.manifest import Manifest, decode
from recording.storage import names_in, recordings_storage
from streaming.pages import player_context

PIECE_BYTES = 256 * 1024
SPRITES = ("conferences/icons.svg", "conferences/reactions.svg")
PICTURES = ("conferences/chevron.svg", "conferences/logo.svg")
OUR_LOGO = "player/conferences/logo.svg"
SPRITE_ADDRESS = re.compile(r'href="[^"#]*/(?:icons|reactions)(?:\.[0-9a-f]+)?\.svg#')
STYLES = (
    *("tokens", "base", "controls", "stage", "toolbar", "panels", "chat", "chat_lines", "slides"),
    *("whiteboard", "polls", "overlays", "notices"),
)
TEXTS = re.compile(r"manifest\.json|journal/[0-9]+\.json|documents/[^/]+/text\.json|captions(?:-[^/]+)?\.vtt")
LEFT_OUT = re.compile(r"(audio|video)/.*|.*\.m3u8|manifest\.json|journal/.*|program\.mp4|.*\.part")
"""What is in the page itself, or only for players with a server."""


def packed(folder: str) -> Iterator[bytes]:
    """The ZIP of a bundle, whose folder in the storage this is, in pieces; none if there is no such
    bundle."""
    names = [name.removeprefix(f"{folder}/") for name in names_in(folder)]
    if "manifest.json" not in names:
        return
    page = _page(folder, names)
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("index.html", page, zipfile.ZIP_DEFLATED)
        for name, content in _looks():
            archive.writestr(f"player/{name}", content, zipfile.ZIP_DEFLATED)
        yield sink.taken()
        for name in names:
            if not LEFT_OUT.fullmatch(name):
                yield from _packed(archive, sink, folder, name)
    yield sink.taken()


def _packed(archive: zipfile.ZipFile, sink: "_Sink", folder: str, name: str) -> Iterator[bytes]:
    packing = archive.open(name, "w", force_zip64=True)
    with recordings_storage.open(f"{folder}/{name}") as source, packing as entry:
        while piece := source.read(PIECE_BYTES):
            entry.write(piece)
            yield sink.taken()


class _Sink:
    """What a ZIP is written to: it gives away what it has, and cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """The same."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


# The page


def _page(folder: str, names: list[str]) -> str:
    said = current().brand
    texts = {name: _read(f"{folder}/{name}").decode() for name in names if TEXTS.fullmatch(name)}
    manifest = decode(texts["manifest.json"].encode())
    context = player_context(
        recording=manifest,
        brand=_mark(),
        styles=[f"player/{name}" for name in _styles()],
        import_map=import_map(),
        files=json_script(texts, "files"),
        page=_begin(manifest),
        sprites=_sprites(),
        icon=_picture(said.favicon) or _picture(said.logo) or OUR_LOGO,
    )
    return SPRITE_ADDRESS.sub('href="#', render_to_string("streaming/offline.html", context))


def _mark() -> dict[str, Any]:
    """What `_brand.html` shows. It leads nowhere: the page refers to nothing outside."""
    said, shown = current().brand, described()
    return {
        "name": shown["name"],
        "logo": _picture(said.logo) or OUR_LOGO,
        "logo_dark": _picture(said.logo_dark),
        "logo_has_name": shown["logo_has_name"],
    }


def _picture(file: str) -> str:
    """Where the brand's file lies in the ZIP. Empty: it has none."""
    return f"player/brand/{file}" if current().file(file) else ""


def _begin(manifest: Manifest) -> dict[str, Any]:
    state = {"status": "ready", "live": False, "version": manifest.version, "media": "./"}
    return {
        "id": manifest.id,
        "title": manifest.title,
        "began_at": manifest.began_at,
        "renew_url": "",
        "offline": True,
        "state": {**state, "step": "", "percent": 0, "program": "", "program_percent": 0},
    }


def import_map() -> SafeString:
    """All our modules by their names, each in an address of its own."""
    addresses = {name: _address(path.read_bytes()) for name, path in modules().items()}
    return mark_safe(json.dumps({"imports": addresses}))  # noqa: S308 - names of our own files, and base64


def _address(script: bytes) -> str:
    return f"data:text/javascript;base64,{base64.b64encode(script).decode()}"


def _styles() -> list[str]:
    """As `streaming/_styles.html` and the base template name them, in their order."""
    own = ("streaming/watch.css", "streaming/player.css")
    looks = [f"brand/{name}" for name in (LOOKS, OWN_STYLES) if name in _brand()]
    return [*(f"conferences/{name}.css" for name in STYLES), *own, *looks, "conferences/contrast.css"]


def _brand() -> dict[str, bytes]:
    """What the brand's stylesheets need lies beside them."""
    one = current()
    files = {LOOKS: one.look.encode()} if one.look else {}
    for folder in reversed(one.folders):
        home = folder / "static"
        for path in home.rglob("*"):
            if (file := one.file(path.relative_to(home).as_posix())) is not None:
                files[path.relative_to(home).as_posix()] = file.read_bytes()
    return files


def _looks() -> Iterator[tuple[str, bytes]]:
    for name in (*_styles(), *PICTURES):
        if not name.startswith("brand/"):
            yield name, _static(name)
    for name, content in _brand().items():
        yield f"brand/{name}", content


def _sprites() -> SafeString:
    """Pages of files may not refer into other files."""
    found = [_static(name).decode().partition("<svg")[2] for name in SPRITES]
    return mark_safe("".join(f"<svg hidden{svg}" for svg in found))  # noqa: S308 - drawn by us


def _static(name: str) -> bytes:
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


def _read(name: str) -> bytes:
    with recordings_storage.open(name) as file:
        return bytes(file.read())
