import pytest

from meetingserver.branding.brand import Problem, is_file, is_picture, said


@pytest.mark.parametrize(
    ("language", "heard"), [("de", "Hallo"), ("de-at", "Hallo"), ("en", "Hello"), ("ja", "Hello")]
)
def test_a_text_is_said_in_the_next_best_language(language: str, heard: str) -> None:
    assert said({"en": "Hello", "de": "Hallo"}, language) == heard


def test_a_text_of_one_language_is_said_to_everyone() -> None:
    assert said("Hello", "ja") == said({"fr": "Hello"}, "ja") == "Hello"


@pytest.mark.parametrize(
    "file", ["../secret", "/etc/passwd", "a\\b", ".hidden", "a/../b", "a b.svg", "x'.svg"]
)
def test_files_lie_in_the_folder_and_need_no_quoting(file: str) -> None:
    assert not is_file(file)


def test_pictures_are_known_by_their_endings() -> None:
    assert is_picture("signs/logo.SVG".lower())
    assert not is_picture("logo.html")


def test_a_problem_says_where_it_is() -> None:
    assert str(Problem("brand.toml", 3, "No.")) == "brand.toml:3: No."
    assert str(Problem("brand.toml", 3, "Hm.", is_warning=True)) == "brand.toml:3: warning: Hm."
