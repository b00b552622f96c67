"""`manage.py translations`, and that all is well with ours."""

from io import StringIO
from pathlib import Path

import polib
import pytest
from django.conf import settings as house
from django.core.management import CommandError, call_command
from pytest_django import Settings

from meetingserver.catalogues import problems_of_file


def run(*arguments: str) -> str:
    told = StringIO()
    call_command("translations", *arguments, stdout=told)
    return told.getvalue()


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Settings) -> Path:
    """Where catalogues may be written."""
    settings.CATALOGUES, settings.COMPILED_CATALOGUES = tmp_path / "locale", tmp_path / "compiled"
    return tmp_path / "locale"


def test_all_languages_are_complete_and_without_mistakes() -> None:
    told = StringIO()
    try:
        call_command("translations", stdout=told)
    except CommandError:
        pytest.fail(told.getvalue())


def test_a_language_is_begun_and_lacks_everything(elsewhere: Path) -> None:
    assert "texts, offered from the next start on" in run("new", "nl")
    file = elsewhere / "nl" / "LC_MESSAGES" / "django.po"
    problems = problems_of_file(file)
    assert len(problems) > 1000
    assert {problem.kind for problem in problems} == {"untranslated"}
    told = StringIO()
    with pytest.raises(CommandError, match="problems"):
        call_command("translations", "check", "nl", stdout=told)
    assert f"{file}:13: not translated: " in told.getvalue()
    with pytest.raises(CommandError, match="is there already"):
        run("new", "nl")
    before = file.read_text()
    run("collect")
    assert file.read_text() == before


def test_what_callers_hear_and_no_voice_can_read_needs_a_reading(elsewhere: Path) -> None:
    run("new", "ja")
    catalogue = polib.pofile(str(elsewhere / "ja" / "LC_MESSAGES" / "django.po"))
    full = catalogue.find("This conference is full.")
    assert full
    full.msgstr = "この会議は満員です。"
    catalogue.save()
    readings = elsewhere / "ja" / "readings.toml"
    readings.write_text('"この会議は空です。" = "このかいぎわ からです。"')
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("translations", "check", "ja", stdout=told)
    assert f"{readings}:1: lacks a reading of what callers hear: この会議は満員です。" in told.getvalue()
    assert f"{readings}:1: nothing that callers hear is: この会議は空です。" in told.getvalue()


def test_what_names_no_language_is_refused_in_clear_words(elsewhere: Path) -> None:
    for tag in ("qq", "../de", "english"):
        with pytest.raises(CommandError, match="is no language"):
            run("new", tag)
    assert not elsewhere.exists()
    with pytest.raises(CommandError, match="no catalogue for fi"):
        run("check", "fi")


def test_what_cannot_be_used_is_said_when_it_is_compiled(elsewhere: Path) -> None:
    file = elsewhere / "de" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "a"\nmsgstr "b\n')
    with pytest.raises(CommandError, match=rf"{file}:2: "):
        run("compile")


def test_pseudo_languages_are_made_into_the_data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.COMPILED_CATALOGUES = tmp_path
    run("pseudo")
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["ar_XB", "en_XA"]
    assert not (house.BASE_DIR / "locale" / "en_XA").exists()
