"""`manage.py prompts`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from bridges import speech
from bridges.speech import can_speak


@pytest.fixture
def sounds(tmp_path: Path, settings: Settings) -> Path:
    settings.PHONE_SOUNDS = tmp_path
    return tmp_path


def told(*options: str) -> str:
    out = StringIO()
    call_command("prompts", "--language", "en", *options, stdout=out)
    return out.getvalue()


def test_it_lists_what_is_missing_and_makes_nothing(sounds: Path) -> None:
    text = told("--list")
    assert "welcome.wav  Welcome." in text
    assert not (sounds / "en").exists()


def test_without_the_program_it_says_how_to_get_it(sounds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "PROGRAM", "no-such-program")
    with pytest.raises(CommandError, match="sudo apt install espeak-ng"):
        told()


@pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
def test_it_makes_what_is_missing_once(sounds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "prompts", lambda: ["welcome", "people_1"])
    assert "en: 2 prompts made." in told()
    made = sorted(file.name for file in (sounds / "en").iterdir())
    assert made == ["people_1.wav", "welcome.wav"]
    assert "en: 0 prompts made." in told()
    assert "en: 2 prompts made." in told("--anew")


def made(code: str, *options: str) -> tuple[str, str]:
    out, wrong = StringIO(), StringIO()
    call_command("prompts", "--language", code, *options, stdout=out, stderr=wrong)
    return out.getvalue(), wrong.getvalue()


def test_what_no_voice_can_read_is_left_to_people(sounds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "text", lambda prompt, code: "満員" if code == "ja" else prompt)
    told, _wrong = made("ja")
    assert "ja: 0 prompts made." in told
    assert "ja: espeak-ng cannot read" in told
    assert "until somebody writes how they are read, or records them" in told


@pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
def test_a_language_without_a_voice_is_told_and_holds_up_nothing(
    sounds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "voice_of", lambda _words, _language: "xx-nobody")
    told, wrong = made("en")
    assert "en: 0 prompts made." in told
    assert "prompts could not be spoken" in wrong
