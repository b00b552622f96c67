"""Brands that strangers bring, as a ZIP: only files that are known, none of them large, and nothing that
loads, runs, or speaks for others. What is refused is refused as a whole, with what is wrong."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from stat import S_ISLNK

from django.template import TemplateSyntaxError

from meetingserver.branding import strangers
from meetingserver.branding.brand import Problem
from meetingserver.branding.library import LARGEST, NOT_FOR_STRANGERS, PICTURE_BYTES
from meetingserver.branding.reading import FILE, Known, read
from meetingserver.branding.sandbox import compiled
from meetingserver.toml_places import place_of

ARCHIVE_BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 12 * 1024 * 1024
MOST_FILES = 200
PIECE = 64 * 1024
NAME = r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,80}"
FILES = re.compile(
    rf"brand\.toml|snippets/(?:header|footer|join_notice)\.html|static/(?:{NAME}/)?{NAME}\.(?:svg|png|webp|jpe?g|ico|woff2?)"
    rf"|locale/[A-Za-z_]{{2,12}}/LC_MESSAGES/django\.po|phone/[a-z-]{{2,12}}/[a-z0-9_]{{1,40}}\.wav"
)
ACTIVE = re.compile(rb"<\s*script|<!entity|<\s*foreignobject|\son[a-z]+\s*=|javascript:", re.IGNORECASE)

Files = Mapping[str, bytes]


class ArchiveRefused(Exception):
    """Carries everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def unpacked(archive: bytes, known: Known) -> Files:
    """Its files by their places in the brand's folder. Raises ArchiveRefused."""
    if len(archive) > ARCHIVE_BYTES:
        raise ArchiveRefused([Problem("", 1, "An archive has at most 5 MB.")])
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            files = _read(opened)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError):
        raise ArchiveRefused([Problem("", 1, "This is no ZIP archive that can be read.")]) from None
    if problems := list(_problems(files, known)):
        raise ArchiveRefused(problems)
    return files


def _read(opened: zipfile.ZipFile) -> Files:
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise ArchiveRefused([Problem("", 1, f"An archive has at most {MOST_FILES} files.")])
    within = _folder_of([entry.filename for entry in entries])
    files: dict[str, bytes] = {}
    left = UNPACKED_BYTES
    for entry in entries:
        name = entry.filename.removeprefix(within)
        if S_ISLNK(entry.external_attr >> 16) or not FILES.fullmatch(name) or ".." in name or name in files:
            raise ArchiveRefused([Problem(name[:100], 1, "Such a file may not be in a brand.")])
        files[name] = _content(opened, entry, name, left)
        left -= len(files[name])
    return files


def _folder_of(names: list[str]) -> str:
    """Many programs put everything into one folder."""
    first = {PurePosixPath(name).parts[0] for name in names if "/" in name}
    folder = f"{next(iter(first))}/" if len(first) == 1 else ""
    return folder if all(name.startswith(folder) for name in names) and f"{folder}{FILE}" in names else ""


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int) -> bytes:
    """What it says of its size is not believed."""
    pieces = io.BytesIO()
    most = min(left, LARGEST)
    with opened.open(entry) as file:
        while piece := file.read(PIECE):
            pieces.write(piece)
            if pieces.tell() > most:
                raise ArchiveRefused([Problem(name, 1, "This is too large when it is unpacked.")])
    return pieces.getvalue()


def _problems(files: Files, known: Known) -> Iterator[Problem]:
    if FILE not in files:
        yield Problem(FILE, 1, "There is no brand.toml.")
        return
    yield from _of_toml(files[FILE].decode(errors="replace"), known)
    for name, content in files.items():
        if name.startswith("snippets/"):
            yield from _of_snippet(name, content.decode(errors="replace"))
        elif name.endswith(".svg") and (active := ACTIVE.search(content)):
            line = content.count(b"\n", 0, active.start()) + 1
            yield Problem(name, line, "A picture runs nothing and loads nothing.")
        elif (
            name.endswith((".svg", ".png", ".webp", ".jpg", ".jpeg", ".ico")) and len(content) > PICTURE_BYTES
        ):
            yield Problem(name, 1, "A picture has at most 512 kB.")


def _of_toml(text: str, known: Known) -> Iterator[Problem]:
    reading = read(text, known)
    yield from reading.problems
    for key in NOT_FOR_STRANGERS:
        if key in reading.values:
            line = place_of(text, (key,))[0]
            yield Problem(FILE, line, f"Only who runs the server may say {key!r}.")


def _of_snippet(name: str, source: str) -> Iterator[Problem]:
    yield from strangers.problems_of(source, name)
    try:
        compiled(source)
    except TemplateSyntaxError as error:
        place = getattr(error, "template_debug", {})
        yield Problem(name, place.get("line") or 1, str(error))
