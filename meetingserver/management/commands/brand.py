"""Brands at the command line: begun, checked, looked at."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import WSGIServer, run
from django.test.utils import override_settings

from bridges.prompts import prompts
from bridges.signs import SIGNS
from meetingserver.branding.brand import KEY
from meetingserver.branding.checking import Page, Trial, problems_of
from meetingserver.branding.installed import library
from meetingserver.branding.library import Installed
from meetingserver.branding.scaffold import scaffold
from meetingserver.catalogues import read_catalogue
from meetingserver.preview import Preview
from meetingserver.sample_pages import PAGES, person_at, request

PLAIN = {**settings.STORAGES, "staticfiles": {"BACKEND": settings.PLAIN_STATIC}}
"""Nothing need have been prepared."""
PREVIEWED = ["meetingserver.middleware.response_policy", "meetingserver.preview.Preview"]


class Command(BaseCommand):
    help = "Begins a brand, says what is wrong with brands, shows one while it is made (docs/branding.md)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        new = what.add_parser("new", help="a folder to begin with")
        new.add_argument("name", help="small letters, digits, hyphens")
        check = what.add_parser("check", help="what is wrong, by file and line")
        check.add_argument("name", nargs="?", help="one alone")
        check.add_argument("--language", action="append", help="only in this one; may be said several times")

        serve = what.add_parser("serve", help="its pages with sample data, anew whenever a file changes")
        serve.add_argument("name")
        serve.add_argument("--port", type=int, default=8010)

    def handle(self, *_args: Any, **options: Any) -> None:
        commands: dict[str, Callable[..., None]] = {
            "new": self._new,
            "check": self._check,
            "serve": self._serve,
        }
        commands[options["what"]](**options)

    def _new(self, *, name: str, **_options: Any) -> None:
        if not KEY.fullmatch(name):
            raise CommandError("A brand is called by small letters, digits and hyphens.")
        if library().get(name):
            raise CommandError(f"There is a brand {name!r} already: {library().all()[name].folders[0]}")
        folder = settings.BRANDS_DIR / name
        scaffold(folder, name)
        self.stdout.write(f"Begun in {folder}. Change brand.toml, then: manage.py brand check {name}")

    def _check(self, *, name: str | None, language: list[str] | None, **_options: Any) -> None:
        with override_settings(STORAGES=PLAIN):
            brands = self._asked(name)
            wrong = sum(self._told(one, trial(language)) for one in brands)
        if wrong:
            raise CommandError(f"{wrong} things are wrong.")

    def _serve(self, *, name: str, port: int, **_options: Any) -> None:
        Preview.brand = self._asked(name)[0].key
        Preview.trial = trial()
        self.stdout.write(f"Look at http://localhost:{port}/ until you press Ctrl-C.")
        with override_settings(STORAGES=PLAIN, MIDDLEWARE=PREVIEWED, ALLOWED_HOSTS=["localhost"]):
            run("127.0.0.1", port, WSGIHandler(), threading=True, server_cls=WSGIServer)

    def _told(self, one: Installed, trial: Trial) -> int:
        problems = problems_of(one, trial)
        self.stdout.write(f"{one.key}: {'' if problems else 'all is well'}")
        for problem in problems:
            self.stdout.write(f"  {one.folders[0] / problem.file}:{str(problem).partition(':')[2]}")
        return sum(not problem.is_warning for problem in problems)

    def _asked(self, name: str | None) -> list[Installed]:
        if name is None:
            return list(library().all().values())
        found = library().get(name)
        if found is None:
            raise CommandError(f"There is no brand {name!r}, only {', '.join(library().all())}.")
        return [found]


def trial(languages: list[str] | None = None) -> Trial:
    """With all pages there are."""
    return Trial(
        base=library().base,
        pages=[
            Page(template, context, partial(request, user=person_at(template)))
            for template, context in PAGES.items()
        ],
        languages=languages or [code for code, _name in settings.LANGUAGES],
        sounds=[*prompts(), *SIGNS],
        phrases=_phrases(),
    )


def _phrases() -> set[str]:
    """All catalogues have the same."""
    files = sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po"))
    return {entry.msgid for entry in read_catalogue(files[0]).entries} if files else set()
