"""What people type, made fit to be shown to others."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.core.rules import Reason, Refused
from conferences.core.rules.wording import clean_file_name, clean_name, clean_text, clean_title

FAMILY = "👩\u200d👩\u200d👧"
PERSIAN = "می\u200cخواهم"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Bob", "Bob"),
        ("  Bob \t the\nBuilder ", "Bob the Builder"),
        ("Bob\u202eecilA", "BobecilA"),
        ("Bob\u2066\u2069", "Bob"),
        ("B\x00o\x07b", "Bob"),
        ("Bob\u2028Alice", "Bob Alice"),
        (f"Anna {FAMILY}", f"Anna {FAMILY}"),
        (PERSIAN, PERSIAN),
    ],
)
def test_a_name_is_one_clean_line(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


def test_a_text_keeps_its_lines() -> None:
    assert clean_text("\n one\n\ttwo\u202e \n") == "one\n\ttwo"


@pytest.mark.parametrize("nothing", ["", " ", "\u200d", "\u202e\u200b", "\n\t"])
def test_nothing_is_no_name_and_no_text(nothing: str) -> None:
    with pytest.raises(Refused) as name_refused:
        clean_name(nothing)
    assert name_refused.value.reason is Reason.NAME_NEEDED
    with pytest.raises(Refused) as text_refused:
        clean_text(nothing)
    assert text_refused.value.reason is Reason.TEXT_NEEDED


@given(st.text(max_size=300))
def test_a_title_is_one_line_of_some_length_whatever_a_file_is_called(typed: str) -> None:
    title = clean_title(typed)
    assert 1 <= len(title) <= 120
    assert "\n" not in title


def test_a_long_title_keeps_its_end() -> None:
    assert clean_title("x" * 300 + " July.pdf").endswith("July.pdf")


@given(st.text(max_size=60))
def test_what_is_clean_stays_as_it_is_and_grows_no_longer(typed: str) -> None:
    for clean in (clean_name, clean_text):
        try:
            cleaned = clean(typed)
        except Refused:
            continue
        assert clean(cleaned) == cleaned
        assert len(cleaned) <= len(typed)
        assert not {unicodedata.category(c) for c in cleaned if c not in "\n\t\u200c\u200d"} & {
            "Cc",
            "Cf",
            "Cs",
        }


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Bob\\cv.pdf", "cv.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("two\nlines\0.txt", "two lines.txt"),
        (".hidden", "hidden"),
        ("..", "–"),
        ("a/", "–"),
        ("", "–"),
        ("x" * 200 + ".tar.gz", "x" * 107 + " … xxx.tar.gz"),
    ],
)
def test_a_file_is_called_by_its_own_name_alone(called: str, name: str) -> None:
    assert clean_file_name(called) == name
