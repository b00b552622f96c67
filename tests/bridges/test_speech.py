"""A voice for prompts. Without espeak-ng there is none, and that is said."""

import wave
from pathlib import Path

import numpy as np
import pytest

from bridges import speech
from bridges.journey import Line
from bridges.prompts import Prompts, prompts
from bridges.signs import RATE
from bridges.simulator.sound import tone
from bridges.speech import (
    NotSpoken,
    can_speak,
    has_words,
    languages_without_voice,
    missing,
    names_forget,
    names_said,
    prompt_speak,
    spoken,
    unread,
)
from bridges.spoken_names import Spoken, wav_of


@pytest.fixture
def found(tmp_path: Path) -> Prompts:
    found = Prompts(tmp_path / "brand", tmp_path / "made")
    found.prepare()
    return found


def test_a_prompt_is_spoken_as_every_bridge_can_play_it(found: Prompts) -> None:
    prompt_speak(found, "welcome", "en")
    file = found.file(Line("welcome", "en"))
    assert file == found.place("welcome", "en")
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
    assert 0.4 * RATE < len(samples) < 3 * RATE
    assert 15_000 < np.abs(samples).max() < 25_000
    assert not np.abs(samples[:1000]).max()
    assert not list(file.parent.glob("*.part"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This conference is full."),
        ("de", "Diese Konferenz ist voll."),
        ("fr", "Cette conférence est complète."),
        ("es", "Esta conferencia está completa."),
        ("pt-br", "Esta conferência está cheia."),
        ("it", "Questa conferenza è al completo."),
        ("pl", "Ta konferencja jest pełna."),
        ("ar", "هذا المؤتمر مكتمل."),
        ("ja", "ミュートされています。"),
        ("zh-hans", "会议人数已满。"),
    ],
)
def test_every_language_is_heard_at_the_pace_of_speech(language: str, words: str) -> None:
    """In the band of telephones, and not spelt letter by letter."""
    sound = spoken(words, language)
    seconds = len(sound) / RATE
    assert 0.9 < seconds < 3.2
    assert np.mean(np.abs(sound) > 0.01) > 0.3
    power = np.abs(np.fft.rfft(sound)) ** 2
    speech = power[int(100 * seconds) : int(4000 * seconds)].sum()
    assert speech > 0.8 * power.sum()


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "満員です。"), ("he", "מלא."), ("he", "מָלֵא."), ("en", "山田")]
)
def test_what_would_be_gibberish_is_not_spoken(language: str, words: str) -> None:
    with pytest.raises(NotSpoken, match="as it is written"):
        spoken(words, language)


def test_a_language_without_a_voice_is_refused_in_plain_words() -> None:
    with pytest.raises(NotSpoken, match="voice"):
        spoken("3", "xx-nobody")


def test_a_server_without_the_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "PROGRAM", "no-such-program")
    assert not can_speak()
    with pytest.raises(NotSpoken):
        spoken("3", "en")


def test_a_prompt_that_no_voice_can_read_is_spoken_by_its_reading(
    found: Prompts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "text", lambda prompt, code: "満員です。" if code == "ja" else prompt)
    assert "door_full" in unread(found, "ja")
    assert "door_full" not in list(missing(found, "ja"))
    monkeypatch.setattr(speech, "read_aloud", lambda _text, _code: "まんいんです。")
    assert "door_full" not in unread(found, "ja")
    assert "door_full" in list(missing(found, "ja"))
    prompt_speak(found, "door_full", "ja")
    assert found.is_made("door_full", "ja")


def test_what_a_brand_has_said_is_never_missing(found: Prompts, tmp_path: Path) -> None:
    own = tmp_path / "brand" / "phone" / "en" / "welcome.wav"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"RIFF")
    assert "welcome" not in list(missing(found, "en", anew=True))
    assert len(list(missing(found, "en"))) == len(prompts()) - 1


def test_what_was_made_is_made_again_only_if_asked(found: Prompts) -> None:
    place = found.place("welcome", "en")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"RIFF")
    assert "welcome" not in list(missing(found, "en"))
    assert "welcome" in list(missing(found, "en", anew=True))


def test_words_that_nobody_has_translated_are_not_spoken(found: Prompts) -> None:
    assert has_words("welcome", "en")
    assert not has_words("welcome", "fi")
    assert not list(missing(found, "fi"))


@pytest.mark.django_db
def test_languages_without_a_voice_are_known(found: Prompts) -> None:
    assert "en" in languages_without_voice(found)
    for prompt in prompts():
        found.place(prompt, "en").parent.mkdir(parents=True, exist_ok=True)
        found.place(prompt, "en").write_bytes(b"RIFF")
    assert "en" not in languages_without_voice(found)


def test_a_name_is_said_once_and_forgotten(found: Prompts) -> None:
    zoe = [Spoken("Zoe")]
    (said,) = names_said(found, zoe, "en")
    assert said == found.name_place("Zoe", "en")
    assert "Zoe" not in said.name
    assert names_said(found, zoe, "en") == [said]
    made = said.stat().st_mtime
    names_forget(found, before_s=made)
    assert said.exists()
    names_forget(found, before_s=made + 1)
    assert not said.exists()


def test_a_name_that_nobody_can_say_is_not_said(found: Prompts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "PROGRAM", "no-such-program")
    assert names_said(found, [Spoken("Zoe")], "en") == []
    assert list(found.names()) == []


@pytest.mark.parametrize("language", ["ja", "he", "en"])
def test_a_name_that_no_voice_can_read_is_left_out_of_a_roll_call(found: Prompts, language: str) -> None:
    assert len(names_said(found, [Spoken("山田 太郎"), Spoken("Zoe"), Spoken("דוד")], language)) == 1


def test_a_name_is_heard_as_its_owner_said_it(found: Prompts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "PROGRAM", "no-such-program")
    (said,) = names_said(found, [Spoken("+49 … 111", "key", tone(440))], "en")
    assert wav_of(tone(440)) == said.read_bytes()
    names_forget(found, before_s=said.stat().st_mtime + 1)
    assert not said.exists()
