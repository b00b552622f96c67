"""Finds templates: a brand's own come first, then those of the brands it extends, then ours. What of a brand
cannot be compiled is noted and left out."""

import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.template import Origin, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.loaders.cached import Loader as CachedLoader
from django.utils._os import safe_join

from meetingserver.branding.brand import Problem
from meetingserver.branding.choosing import current
from meetingserver.branding.library import Installed

LONGEST = 256 * 1024
_plain: ContextVar[bool] = ContextVar("plain", default=False)


@contextmanager
def plain() -> Iterator[None]:
    """Our own templates alone: what a page falls back to."""
    before = _plain.set(True)
    try:
        yield
    finally:
        _plain.reset(before)


def is_plain() -> bool:
    return _plain.get()


def places(template: str) -> list[str]:
    """Where in its folder a brand may have a template of its own."""
    if template.startswith("snippets/"):
        return [template]
    return [f"templates/{template}", *([f"email/{template}"] if template.endswith(".txt") else [])]


class Loader(CachedLoader):
    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        one = current()
        return (
            f"{one.key} {one.version} {len(one.broken)} {is_plain()} {super().cache_key(template_name, skip)}"
        )

    def get_template_sources(self, template_name: str) -> Iterator[Origin]:
        if not is_plain():
            one = current()
            for path in _found(one, template_name):
                yield BrandOrigin(one, path, template_name, self)
        yield from super().get_template_sources(template_name)

    def get_contents(self, origin: Origin) -> str:
        if not isinstance(origin, BrandOrigin):
            return str(super().get_contents(origin))
        try:
            return _read(origin.path)
        except (OSError, ValueError) as error:
            origin.blame(str(error))
            raise TemplateDoesNotExist(origin) from None

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        while True:
            try:
                return super().get_template(template_name, skip)
            except TemplateSyntaxError as error:
                if not blame(error):
                    raise


class BrandOrigin(Origin):
    """A file of a brand; it is the brand's that has it, or that of one which extends it."""

    def __init__(self, one: Installed, path: Path, template_name: str, loader: Loader) -> None:
        super().__init__(str(path), template_name, loader)
        self.one = one
        self.path = path

    def blame(self, words: str, line: int = 1) -> None:
        folder = next(folder for folder in self.one.folders if self.path.is_relative_to(folder))
        self.one.note(Problem(str(self.path.relative_to(folder)), line, words), broken=self.path)


def blame(error: Exception) -> bool:
    """Whether a file of the current brand is the cause: then it is noted and left out from now on."""
    one = current()
    path, line = _circle(error) if isinstance(error, RecursionError) else _place(error)
    folder = next((folder for folder in one.folders if path.is_relative_to(folder)), None)
    if folder is None:
        return False
    words = f"{type(error).__name__}: {error}"
    one.note(Problem(str(path.relative_to(folder)), line, words), broken=path)
    return True


def _place(error: Exception) -> tuple[Path, int]:
    """As Django's templates say it, being told to."""
    place: dict[str, Any] = getattr(error, "template_debug", {})
    return Path(place.get("name", "")), place.get("line") or 1


def _circle(error: RecursionError) -> tuple[Path, int]:
    """Where it broke says nothing: what counts is which file was entered again and again."""
    entered: Counter[tuple[Path, int]] = Counter()
    folders = current().folders
    for frame, _line in traceback.walk_tb(error.__traceback__):
        node = frame.f_locals.get("self")
        if isinstance(node, IncludeNode | ExtendsNode) and node.origin and node.token:
            path = Path(node.origin.name)
            if any(path.is_relative_to(folder) for folder in folders):
                entered[path, node.token.lineno or 1] += 2 if isinstance(node, IncludeNode) else 1
    return entered.most_common(1)[0][0] if entered else (Path(), 1)


def _found(one: Installed, template: str) -> Iterator[Path]:
    for folder in one.folders:
        if folder in one.strangers:
            continue
        for place in places(template):
            try:
                path = Path(safe_join(folder, place))
            except SuspiciousFileOperation:
                continue
            if path not in one.broken and path.is_file():
                yield path


def _read(path: Path) -> str:
    """Raises ValueError when it is no text."""
    if path.stat().st_size > LONGEST:
        raise ValueError("A template has at most 256 kB.")
    return path.read_text(encoding="utf-8")
