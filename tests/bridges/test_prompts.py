"""What is said, and by which file."""

from pathlib import Path

import pytest
from pytest_django import Settings

from bridges import journey, prompts
from bridges.journey import Line
from bridges.prompts import PLAIN, Prompts, installed, people, said, sign_of, text
from bridges.signs import SIGNS


@pytest.fixture
def found(tmp_path: Path) -> Prompts:
    found = Prompts(tmp_path / "brand", tmp_path / "made")
    found.prepare()
    return found


def spoken(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"RIFF")
    return place


@pytest.mark.parametrize("prompt", prompts.prompts())
def test_every_prompt_has_words(prompt: str) -> None:
    assert text(prompt, "en").endswith(".")


def test_numbers_are_said_with_the_right_words() -> None:
    assert text(people(1), "en") == "1 person is in the conference."
    assert text(people(7), "en") == "7 people are in the conference."
    assert text(people(21), "en") == "More than 20 people are in the conference."
    assert people(0) == "people_many"


def test_a_language_says_its_key() -> None:
    assert text("language_2", "en") == "For English, press 2."


def test_a_brands_recording_comes_before_a_made_one(found: Prompts, tmp_path: Path) -> None:
    line = Line("welcome", "de")
    assert found.is_missing("welcome", "de")
    made = spoken(found.place("welcome", "de"))
    assert found.file(line) == made
    branded = spoken(tmp_path / "brand" / "phone" / "de" / "welcome.wav")
    assert found.file(line) == branded
    assert not found.is_missing("welcome", "de")
    assert found.is_missing("welcome", "en")


def test_nothing_is_silent(found: Prompts) -> None:
    lines = [Line(prompt, "en") for prompt in (*prompts.prompts(), *PLAIN)]
    assert all(file.exists() for file in found.files(lines))


def test_the_name_of_a_file_says_what_should_be_heard(found: Prompts) -> None:
    welcome, people_2 = found.files([Line("welcome", "de"), Line("people_2", "en")])
    assert (welcome.stem, welcome.parent.name) == ("welcome", "de")
    assert welcome.resolve().stem == sign_of("welcome")
    assert said(people_2) == "2 people are in the conference."
    assert said(found.file(Line("music", ""))) == "(Music.)"
    assert said(Path("elsewhere/hum.wav")) == "hum"


def test_what_is_prepared_twice_stays(found: Prompts) -> None:
    found.prepare()
    assert found.file(Line("welcome", "en")).exists()


def test_the_server_has_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.PHONE_SOUNDS = tmp_path
    assert installed().place("welcome", "en") == tmp_path / "en" / "welcome.wav"


def test_a_sign_tells_questions_from_refusals() -> None:
    assert sign_of("enter_code") == "question"
    assert sign_of("language_1") == "question"
    assert sign_of("code_wrong") == sign_of("door_locked") == "refusal"
    assert sign_of("goodbye") == "end"
    assert sign_of("muted") == "notice"
    assert sign_of("music") == "music"
    assert {sign_of(prompt) for prompt in prompts.prompts()} <= set(SIGNS)


def test_what_the_journey_says_has_words() -> None:
    said = {prompt for asked in journey._QUESTIONS.values() for prompt in asked}  # noqa: SLF001 - all of them
    assert said <= {*prompts.TEXTS, *prompts.PLAIN}


def test_of_several_brands_the_first_that_has_a_recording_is_heard(tmp_path: Path) -> None:
    own, parents = tmp_path / "own", tmp_path / "parent"
    prompts = Prompts(lambda: [own, parents], tmp_path / "made")
    inherited = spoken(parents / "phone" / "de" / "welcome.wav")
    assert prompts.file(Line("welcome", "de")) == inherited
    branded = spoken(own / "phone" / "de" / "welcome.wav")
    assert prompts.file(Line("welcome", "de")) == branded


def test_names_are_not_read_out(found: Prompts) -> None:
    assert said(found.name_place("key", "")) == "(A name.)"
