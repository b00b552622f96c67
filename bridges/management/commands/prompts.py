"""The spoken prompts of telephones: which are missing, and a voice for them."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bridges.prompts import Prompts, installed, prompts, text
from bridges.selectors import languages_heard
from bridges.speech import NotSpoken, can_speak, has_words, missing, prompt_speak, unread

INSTALL = "sudo apt install espeak-ng"


class Command(BaseCommand):
    help = "Makes the sound files of prompts that nobody has spoken, by espeak-ng. A brand's own stay."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        known = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", action="append", choices=known, help="by default what callers hear")
        parser.add_argument("--list", action="store_true", help="only say what is missing")
        parser.add_argument(
            "--anew", action="store_true", help="also what was made before, with today's texts"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        found = installed()
        found.prepare()
        languages = options["language"] or languages_heard()
        wanted = {code: list(missing(found, code, anew=options["anew"])) for code in languages}
        if options["list"]:
            self._list(found, wanted)
            return
        if any(wanted.values()) and not can_speak():
            raise CommandError(f"Prompts are spoken by espeak-ng, which is not installed: {INSTALL}")
        for code, names in wanted.items():
            made, why = self._speak(found, names, code)
            if why:
                self.stderr.write(f"{code}: {len(names) - made} prompts could not be spoken: {why}")
            if options["verbosity"]:
                self.stdout.write(f"{code}: {made} prompts made.")
                self._tell_wordless(found, code)

    def _list(self, found: Prompts, wanted: dict[str, list[str]]) -> None:
        for code, names in wanted.items():
            self.stdout.write(self.style.MIGRATE_HEADING(f"{code}: {len(names)} prompts are missing."))
            for name in names:
                self.stdout.write(f"  {name}.wav  {text(name, code)}")
            self._tell_wordless(found, code)

    def _speak(self, found: Prompts, names: list[str], language: str) -> tuple[int, str]:
        """How many, and why not all: the program's own words. One language does not hold up the others."""
        for made, name in enumerate(names):
            try:
                prompt_speak(found, name, language)
            except NotSpoken as reason:
                return made, str(reason)
        return len(names), ""

    def _tell_wordless(self, found: Prompts, language: str) -> None:
        wordless = sum(not has_words(name, language) for name in prompts())
        if wordless:
            self.stdout.write(
                f"{language}: {wordless} prompts have no translation yet: tones stand for them."
            )
        if count := len(unread(found, language)):
            self.stdout.write(
                f"{language}: espeak-ng cannot read {count} prompts as they are written: "
                "tones stand for them, until somebody writes how they are read, or records them "
                "(docs/phones.md, Voices)."
            )
