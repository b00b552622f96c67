"""What is written on tiles."""

import re
from pathlib import Path

import pytest

from recording.canvas import Box
from recording.labels import HUES, avatar, chat_column, corner, hand_sign, hue_of, initials, name_label, oklch


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Alice", "A"),
        ("Ada King Lovelace", "AL"),
        ("  ", ""),
        ("élodie", "É"),
        ("(Bob) 7", "B7"),
        ("سارة محمد", "سم"),
    ],
)
def test_initials_are_those_of_the_page(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_colours_of_people_are_those_of_the_page() -> None:
    css = Path("conferences/static/conferences/tokens.css").read_text()
    assert tuple(int(hue) for hue in re.findall(r"--hue-\d: (\d+);", css)) == HUES
    assert hue_of("p1") == HUES[(ord("p") * 31 + ord("1")) % 8]


def test_colours_are_those_that_browsers_show() -> None:
    assert oklch(1, 0, 0) == (255, 255, 255)
    assert oklch(0.628, 0.2577, 29.23) == pytest.approx((255, 0, 0), abs=2)


def test_a_label_is_no_wider_than_its_room() -> None:
    label = name_label("A very long name of somebody who is here", 120, muted=True)
    assert label.width <= 120
    assert label.alpha is not None
    assert name_label("Al", 120, muted=False).width < 60


def test_the_sign_of_a_silent_microphone_takes_room() -> None:
    assert name_label("Alice", 200, muted=True).width > name_label("Alice", 200, muted=False).width


def test_signs_and_corners_have_even_sizes() -> None:
    for patch in (avatar("p1", "Alice", 60), hand_sign(), corner(10, True, False)):
        assert patch.width % 2 == patch.height % 2 == 0


def test_a_corner_hides_what_is_outside_only() -> None:
    patch = corner(10, left=True, top=True)
    assert patch.alpha is not None
    assert patch.alpha[0, 0] == 255
    assert patch.alpha[9, 9] == 0


def test_the_latest_line_of_the_chat_is_at_the_bottom() -> None:
    box = Box(0, 0, 280, 400)
    one = chat_column((("Alice", "hello"),), box)
    many = chat_column(tuple(("Alice", f"line {number}") for number in range(12)), box)
    ground = one.y[2, 2]
    assert (one.y[:300] == ground).all()
    assert not (one.y[330:] == ground).all()
    assert not (many.y[:100] == ground).all()
