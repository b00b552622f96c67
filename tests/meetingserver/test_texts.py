import gettext
import os
from pathlib import Path

from meetingserver.texts import compile_texts, problems_kept, refresh_texts

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
GERMAN = HEADER + 'msgid "Sign in"\nmsgstr "Anmelden"\n'


def catalogue(folder: Path, text: str = GERMAN, *, hour: int = 0) -> Path:
    """Written so many hours later than the first."""
    file = folder / "locale" / "de" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    os.utime(file, (1_800_000_000 + 3600 * hour, 1_800_000_000 + 3600 * hour))
    return file


def compile_here(folder: Path) -> list[str]:
    return [str(problem) for problem in compile_texts(folder / "locale", folder / "compiled")]


def said(folder: Path, text: str) -> str:
    with (folder / "compiled" / "de" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext(text)


def test_a_catalogue_is_compiled_to_what_gettext_reads(tmp_path: Path) -> None:
    catalogue(tmp_path)
    assert compile_here(tmp_path) == []
    assert said(tmp_path, "Sign in") == "Anmelden"


def test_what_changed_is_compiled_again_also_when_it_is_older(tmp_path: Path) -> None:
    for hour, word in enumerate(("Anmelden", "Einloggen"), 1):
        catalogue(tmp_path, GERMAN.replace("Anmelden", word), hour=-hour)
        compile_here(tmp_path)
        assert said(tmp_path, "Sign in") == word


def test_what_did_not_change_is_left_alone(tmp_path: Path) -> None:
    catalogue(tmp_path)
    assert refresh_texts(tmp_path / "locale", tmp_path / "compiled")
    assert not refresh_texts(tmp_path / "locale", tmp_path / "compiled")


def test_no_translations_are_no_trouble(tmp_path: Path) -> None:
    assert compile_here(tmp_path) == []
    assert problems_kept(tmp_path / "compiled") == []


def test_a_text_that_would_break_a_page_is_read_in_english(tmp_path: Path) -> None:
    file = catalogue(tmp_path, GERMAN + '\nmsgid "Call %(name)s"\nmsgstr "%(nmae)s anrufen"\n')
    problem = f"{file}:10: lacks %(name)s and invents %(nmae)s: Call %(name)s"
    assert compile_here(tmp_path) == [problem]
    assert said(tmp_path, "Call %(name)s") == "Call %(name)s"
    assert said(tmp_path, "Sign in") == "Anmelden"
    assert problems_kept(tmp_path / "compiled") == [problem]


def test_a_file_that_cannot_be_read_leaves_what_was_there_until_it_is_mended(tmp_path: Path) -> None:
    catalogue(tmp_path)
    compile_here(tmp_path)
    file = catalogue(tmp_path, GERMAN.replace('"Anmelden"', '"An"melden"'), hour=1)
    (told,) = compile_here(tmp_path)
    assert told.startswith(f"{file}:8: ")
    assert said(tmp_path, "Sign in") == "Anmelden"
    assert problems_kept(tmp_path / "compiled") == [told]
    catalogue(tmp_path, hour=2)
    compile_here(tmp_path)
    assert problems_kept(tmp_path / "compiled") == []


def test_a_catalogue_nobody_can_count_by_is_not_used(tmp_path: Path) -> None:
    file = catalogue(tmp_path, GERMAN.replace("n != 1", "n !!= 1"))
    assert compile_here(tmp_path) == [
        f"{file}:5: the header's Plural-Forms are missing or cannot be counted by"
    ]
    assert not (tmp_path / "compiled" / "de" / "LC_MESSAGES" / "django.mo").exists()


def test_a_wrong_character_set_in_the_header_does_no_harm(tmp_path: Path) -> None:
    catalogue(tmp_path, GERMAN.replace("UTF-8", "nonsense").replace("Anmelden", "Anmelden für alle"))
    compile_here(tmp_path)
    assert said(tmp_path, "Sign in") == "Anmelden für alle"
