import gettext
import os
from pathlib import Path

from meetingserver.texts import compile_texts

GERMAN = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Sign in"\nmsgstr "Anmelden"\n'
)


def catalogue(folder: Path) -> Path:
    file = folder / "de" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(GERMAN)
    return file


def test_a_catalogue_is_compiled_to_what_gettext_reads(tmp_path: Path) -> None:
    catalogue(tmp_path / "locale")
    assert compile_texts(tmp_path / "locale", tmp_path / "compiled") == 1
    with (tmp_path / "compiled" / "de" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Sign in") == "Anmelden"


def test_only_what_changed_is_compiled_again(tmp_path: Path) -> None:
    source = catalogue(tmp_path / "locale")
    compile_texts(tmp_path / "locale", tmp_path / "compiled")
    assert compile_texts(tmp_path / "locale", tmp_path / "compiled") == 0
    for seconds in (10, -3600):
        other = source.stat().st_mtime + seconds
        os.utime(source, (other, other))
        assert compile_texts(tmp_path / "locale", tmp_path / "compiled") == 1


def test_no_translations_are_no_trouble(tmp_path: Path) -> None:
    assert compile_texts(tmp_path / "locale", tmp_path / "compiled") == 0
