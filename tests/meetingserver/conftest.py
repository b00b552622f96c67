"""The languages that nobody speaks, of our own texts as they are now."""

from pathlib import Path

import pytest
from django.conf import settings as house
from pytest_django import Settings

from meetingserver.collecting import catalogue_new, texts_of
from meetingserver.pseudo import LANGUAGES, pseudo_compile

APPS = ("meetingserver", "auth_gateway", "conferences", "recording", "streaming", "bridges", "billing")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pseudo")
    catalogue_new("de", texts_of(house.BASE_DIR, APPS)).save(str(folder / "django.po"))
    pseudo_compile(folder / "django.po", folder)
    return folder


@pytest.fixture
def pseudo_languages(compiled: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [compiled]
    settings.LANGUAGES = [*house.LANGUAGES, *LANGUAGES]
