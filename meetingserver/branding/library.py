"""The brands on disk: read, put together with those they extend, and read again when a file changed. Knows no
Django; settings give the folders."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from meetingserver.branding.brand import KEY, OWN, Brand, Problem, is_file
from meetingserver.branding.colours import Pair
from meetingserver.branding.reading import FILE, Known, Values, merged, read
from meetingserver.branding.stylesheet import stylesheet
from meetingserver.toml_places import place_of

logger = logging.getLogger(__name__)

BASE = "default"
"""What every brand extends in the end."""
NOT_FOR_STRANGERS = ("hosts", "numbers", "email", "extends")
"""What would speak for others, or take their pages."""
PICTURE_BYTES = 512 * 1024
LARGEST = 4 * 1024 * 1024
LOOK_AFTER_S = 2.0
LOOKS = "look.css"
"""The stylesheet that is made of a `brand.toml`. Browsers see it beside the files of `static/`."""
STATIC = "static"


@dataclass(frozen=True, eq=False)
class Installed:
    """A brand with all it has from those it extends. `folders`: its own, then theirs. `version` changes with
    any of its files."""

    key: str
    brand: Brand
    folders: tuple[Path, ...]
    version: str
    look: str
    problems: tuple[Problem, ...] = ()
    strangers: frozenset[Path] = frozenset()
    """Those of its folders whose templates are made in a sandbox."""
    noted: list[Problem] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    """What was found wrong while pages were made, and the files that are left out since."""
    phrases: dict[str, Mapping[str | tuple[str, int], str]] = field(default_factory=dict)
    """What was read of its `locale/`, by language."""

    @cached_property
    def has_phrases(self) -> bool:
        return any((folder / "locale").is_dir() for folder in self.folders)

    def file(self, name: str) -> Path | None:
        """Of `static/`, the nearest of that name that may be sent."""
        return found(self.folders, name) if is_file(name) else None

    def note(self, problem: Problem, broken: Path | None = None) -> None:
        if problem not in self.noted:
            logger.warning("Brand %s: %s", self.key, problem)
            self.noted.append(problem)
        if broken:
            self.broken.add(broken)


def found(folders: Sequence[Path], name: str) -> Path | None:
    places = (folder / STATIC / name for folder in folders)
    return next((place for place in places if place.is_file() and place.stat().st_size <= LARGEST), None)


class Library:
    """`places`: folders of brands; of two of the same name the later place's counts. `strangers`: the one of
    them whose brands nobody vouches for. `fallback`: whose pages have it where nobody asks for another."""

    def __init__(
        self,
        places: Sequence[Path],
        *,
        strangers: Path | None = None,
        known: Known,
        base: Mapping[str, Pair],
        fallback: str = BASE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._places = places
        self._strangers = strangers
        self.known = known
        self.base = dict(base)
        self._fallback = fallback
        self._clock = clock
        self._looked_at = float("-inf")
        self._seen: object = None
        self._brands: dict[str, Installed] = {}
        self._addresses: dict[str, str] = {}

    def all(self) -> dict[str, Installed]:
        """By name. Files are looked after every other second."""
        now = self._clock()
        if now - self._looked_at >= LOOK_AFTER_S:
            self._looked_at = now
            try:
                self._look()
            except OSError:  # a file went while it was read: the next look finds out
                logger.warning("Brands could not be read.", exc_info=True)
        return self._brands

    def get(self, key: str) -> Installed | None:
        return self.all().get(key)

    def fallback(self) -> Installed:
        brands = self.all()
        return brands.get(self._fallback) or brands.get(BASE) or NOTHING

    def of_address(self, address: str) -> Installed | None:
        """Of a host name, or of a telephone number in full."""
        brands = self.all()
        return brands.get(self._addresses.get(address.lower(), ""))

    def problems(self) -> list[tuple[str, Problem]]:
        """All that admins should know."""
        brands = self.all().values()
        told = [(one.key, problem) for one in brands for problem in (*one.problems, *one.noted)]
        if self._fallback not in self._brands:
            told.append((self._fallback, Problem(FILE, 1, "BRAND names this brand, but there is none.")))
        return told

    def reload(self) -> None:
        self._looked_at = float("-inf")
        self._seen = None

    def _look(self) -> None:
        folders = {path.name: path for place in self._places for path in brands_in(place)}
        files = {key: _files(folder) for key, folder in folders.items()}
        seen = [(path, at, size) for listed in files.values() for path, at, size in listed]
        if seen == self._seen:
            return
        self._brands = _Installation(folders, self.known, self.base, self._strangers).all()
        self._seen = seen
        self._addresses = self._all_addresses()
        for key, problem in self.problems():
            logger.warning("Brand %s: %s", key, problem)

    def _all_addresses(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for one in self._brands.values():
            for address in (*one.brand.hosts, *one.brand.numbers):
                if address in known:
                    one.noted.append(Problem(FILE, 1, f"{address} belongs to {known[address]!r} already."))
                known.setdefault(address, one.key)
        return known


def brands_in(place: Path) -> list[Path]:
    return sorted(file.parent for file in place.glob(f"*/{FILE}") if KEY.fullmatch(file.parent.name))


def _files(folder: Path) -> list[tuple[Path, int, int]]:
    listed = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            status = path.stat()
            listed.append((path, status.st_mtime_ns, status.st_size))
    return listed


class _Installation:
    """One look at all the folders."""

    def __init__(
        self, folders: Mapping[str, Path], known: Known, base: dict[str, Pair], strangers: Path | None
    ) -> None:
        self._strangers = strangers
        self._folders = folders
        self._known = known
        self._base = base
        self._own: dict[str, tuple[str, Values, list[Problem]]] = {}

    def all(self) -> dict[str, Installed]:
        for key, folder in self._folders.items():
            text = (folder / FILE).read_bytes().decode(errors="replace")
            reading = read(text, self._known)
            if folder.parent == self._strangers:
                for name in NOT_FOR_STRANGERS:
                    reading.values.pop(name, None)
            self._own[key] = (text, reading.values, reading.problems)
        return {key: self._installed(key) for key in sorted(self._own)}

    def _installed(self, key: str) -> Installed:
        text, own, problems = self._own[key]
        line = list(self._line_of(key))
        values: Values = {}
        for ancestor in reversed(line[1:]):
            inherited = {name: of for name, of in self._own[ancestor][1].items() if name not in OWN}
            values = merged(values, inherited)
        folders = tuple(self._folders[one] for one in line)
        missing = list(_missing(own, text, folders))
        values = merged(values, {name: value for name, value in own.items() if name not in _fields(missing)})
        brand = msgspec.convert(values, Brand)
        problems = [*problems, *self._wrong_parents(key, line), *(problem for _field, problem in missing)]
        strangers = frozenset(folder for folder in folders if folder.parent == self._strangers)
        return Installed(
            key=key,
            brand=brand,
            folders=folders,
            version=_version(folders),
            look=stylesheet(brand, self._base),
            problems=tuple(problems),
            strangers=strangers,
        )

    def _line_of(self, key: str) -> Iterator[str]:
        """It, what it extends, and so on; the base at last."""
        seen: list[str] = []
        parent = key
        while parent in self._own and parent not in seen:
            seen.append(parent)
            yield parent
            parent = self._own[parent][1].get("extends") or BASE

    def _wrong_parents(self, key: str, line: list[str]) -> Iterator[Problem]:
        text, own, _problems = self._own[key]
        parent = own.get("extends", "")
        at = place_of(text, ("extends",))[0]
        if parent and parent not in self._own:
            yield Problem(FILE, at, f"There is no brand {parent!r} to extend.")
        elif parent and key in self._ancestors(parent):
            yield Problem(FILE, at, f"{parent!r} extends this brand itself.")

    def _ancestors(self, key: str) -> list[str]:
        return [key, *(self._line_of(key))]


def _missing(own: Values, text: str, folders: Sequence[Path]) -> Iterator[tuple[str, Problem]]:
    """Pictures and fonts that are named, but not there or too large."""
    for name in ("logo", "logo_dark", "favicon", "icon"):
        file, at = own.get(name), place_of(text, (name,))[0]
        if not file:
            continue
        place = next(
            (folder / STATIC / file for folder in folders if (folder / STATIC / file).is_file()), None
        )
        if place is None:
            yield name, Problem(FILE, at, f"There is no static/{file}.")
        elif place.stat().st_size > PICTURE_BYTES:
            size = place.stat().st_size / 1024
            yield name, Problem(FILE, at, f"static/{file} has {size:,.0f} kB; a picture has at most 512 kB.")
    for number, font in enumerate(own.get("fonts", {}).get("files", ())):
        if found(folders, font["file"]) is None:
            at = place_of(text, ("fonts", "files", number, "file"))[0]
            yield "", Problem(FILE, at, f"There is no static/{font['file']} of at most 4 MB.")


def _fields(missing: list[tuple[str, Problem]]) -> set[str]:
    return {name for name, _problem in missing}


def _version(folders: Sequence[Path]) -> str:
    """Of what is in the files: all servers of a farm say the same."""
    made = hashlib.sha256()
    for folder in folders:
        for path, _at, size in _files(folder):
            made.update(f"{path.relative_to(folder)} {size} ".encode())
            if size <= LARGEST:
                made.update(path.read_bytes())
    return made.hexdigest()[:12]


NOTHING = Installed(BASE, Brand(), (), "0" * 12, "")
"""Where not even the base is there."""
