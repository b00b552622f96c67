"""What names and notes look like as pictures, in any script that this machine has letters for."""

import numpy
import pytest
from PIL import Image, ImageDraw

from recording.lettering import font_for, is_backwards, shortened, width_of, wrapped


def written(text: str, *, direction: str = "ltr") -> numpy.ndarray:
    picture = Image.new("L", (400, 60))
    ImageDraw.Draw(picture).text((5, 40), text, 255, font_for(text, 24), anchor="ls", direction=direction)
    return numpy.asarray(picture)


@pytest.mark.parametrize("text", ["Alice", "Žofie", "ALICE 7"])
def test_every_letter_of_a_latin_name_has_a_picture(text: str) -> None:
    font = font_for(text, 24)
    boxed = bytes(font.getmask("\U0010fffd"))
    assert all(bytes(font.getmask(letter)) != boxed for letter in text if letter != " ")


def test_the_same_letters_get_the_same_font() -> None:
    assert font_for("Alice", 24) is font_for("Alice", 24)


def test_bold_letters_are_wider() -> None:
    assert width_of("Alice", font_for("Alice", 40, bold=True)) >= width_of("Alice", font_for("Alice", 40))


@pytest.mark.parametrize(
    ("text", "backwards"), [("Alice", False), ("מרים", True), ("12 سارة", True), ("", False)]
)
def test_a_text_begins_where_its_first_letter_says(text: str, *, backwards: bool) -> None:
    assert is_backwards(text) is backwards


def test_letters_of_arabic_are_joined_and_in_order() -> None:
    """Drawn letter by letter from the left they look otherwise."""
    joined = written("سارة", direction="rtl")
    apart = written("\u200c".join("سارة"[::-1]))
    assert joined.any()
    assert (joined != apart).any()


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    font = font_for("x", 20)
    short = shortened("A very long name of somebody", font, 80)
    assert short.endswith("…")
    assert width_of(short, font) <= 80
    assert shortened("Al", font, 80) == "Al"


def test_lines_break_between_words_and_long_words_within() -> None:
    assert wrapped("one two three", lambda line: len(line) <= 7) == ["one two", "three"]
    assert wrapped("abcdefghij k", lambda line: len(line) <= 4) == ["abcd", "efgh", "ij k"]
    assert wrapped("a\n\nb", lambda line: len(line) <= 4) == ["a", "", "b"]
