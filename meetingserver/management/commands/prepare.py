"""`manage.py prepare`: everything between new code and a server that may start. Running it twice is
harmless."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from auth_gateway.uploads import brands_unpack
from bridges.selectors import bridges_enabled
from meetingserver.texts import compile_texts


class Command(BaseCommand):
    help = "Brings the database, the translations and the static files up to date."

    def handle(self, *_args: object, **_options: object) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        for problem in compile_texts(settings.CATALOGUES, settings.COMPILED_CATALOGUES):
            self.stderr.write(str(problem))
        if settings.PSEUDO_LANGUAGES:
            call_command("translations", "pseudo")
        brands_unpack(anew=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        if bridges_enabled():
            self._prompts()

    def _prompts(self) -> None:
        """Without a voice, callers hear tones."""
        try:
            call_command("prompts", verbosity=0)
        except CommandError as error:
            self.stdout.write(str(error))
