from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import trans_real
from django.utils.translation.reloader import translation_file_changed


class MeetingserverConfig(AppConfig):
    name = "meetingserver"

    def ready(self) -> None:
        """Django makes its languages of this class, and offers no other way in. What was made of its own
        while models were loaded, is made anew."""
        from meetingserver.branding.phrases import BrandedTranslation

        trans_real.DjangoTranslation = BrandedTranslation  # type: ignore[misc]
        translation_file_changed(None, Path("anew.mo"))
