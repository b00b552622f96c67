"""How texts are read that a voice cannot read as they are written. That all of ours are, is looked after by
test_translations.py."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import to_locale
from pytest_django import Settings

from bridges.readings import FILE, UnreadableReadings, faults, read_aloud, readings_in
from bridges.signs import RATE
from bridges.speech import PAUSE_S, PROGRAM, spoken

FULL = "この会議は満員です。"
OLD = "会議は終了しました。"
KANA = "ミュートされています。"


def written(folder: Path, lines: str) -> Path:
    file = folder / "ja" / FILE
    file.parent.mkdir(exist_ok=True)
    file.write_text(lines, encoding="utf-8")
    return file


def test_a_text_is_read_as_its_reading_says_and_others_as_they_are(
    tmp_path: Path, settings: Settings
) -> None:
    settings.CATALOGUES = tmp_path
    written(tmp_path, f'"{FULL}" = "まんいんです。"')
    assert read_aloud(FULL, "ja") == "まんいんです。"
    assert read_aloud(OLD, "ja") == OLD
    assert read_aloud(FULL, "zh-hans") == FULL


def test_a_file_that_cannot_be_read_is_not_used_and_logged(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CATALOGUES = tmp_path
    file = written(tmp_path, f'"{FULL}" = "まんいん')
    assert read_aloud(FULL, "ja") == FULL
    assert str(file) in caplog.text


@pytest.mark.parametrize("lines", ['"a" = ', '["a"]\nb = "c"', '"a" = 3'])
def test_what_is_no_list_of_readings_is_a_fault(tmp_path: Path, lines: str) -> None:
    file = written(tmp_path, lines)
    with pytest.raises(UnreadableReadings):
        readings_in(file)
    ((line, _what),) = faults(file, [FULL], "ja")
    assert line == 1


def test_a_missing_reading_and_one_of_an_older_text_are_faults(tmp_path: Path) -> None:
    file = written(tmp_path, f'# As it sounds.\n"{OLD}" = "おわりました。"\n')
    assert list(faults(file, [FULL, KANA], "ja")) == [
        (1, f"lacks a reading of what callers hear: {FULL}"),
        (2, f"nothing that callers hear is: {OLD}"),
    ]
    assert list(faults(file, [OLD], "ja")) == []


def test_without_a_file_only_what_a_voice_cannot_read_is_a_fault(tmp_path: Path) -> None:
    nowhere = tmp_path / FILE
    assert list(faults(nowhere, ["Willkommen."], "de")) == []
    assert len(list(faults(nowhere, [FULL], "ja"))) == 1


def shipped(language: str) -> list[str]:
    return list(readings_in(settings.CATALOGUES / to_locale(language) / FILE).values())


@pytest.mark.parametrize("language", ["ja", "he"])
def test_readings_are_heard_at_the_pace_of_speech(language: str) -> None:
    """Five to fifteen sounds a second; spelt, there would be two."""
    for reading in shipped(language)[::8]:
        seconds = len(spoken(reading, language)) / RATE - 2 * PAUSE_S
        assert 0.06 < seconds / len(re.findall(r"[\w?]", reading)) < 0.2


@pytest.mark.parametrize("language", ["ja", "he"])
def test_no_reading_makes_the_voice_spell_or_change_its_language(language: str) -> None:
    readings = shipped(language)
    said = subprocess.run(
        [PROGRAM, "-v", language, "-q", "-x", "--stdin"],
        input="\n".join(readings),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert len(said.splitlines()) >= len(readings)
    assert not re.findall(r"\([a-z]{2}\)", said)
