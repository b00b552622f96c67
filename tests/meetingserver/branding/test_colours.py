import pytest
from django.conf import settings

from meetingserver.branding.colours import Pair, contrast, faint, family_of, mixed, on_dark, tokens_read
from meetingserver.branding.installed import TOKENS

BASE = tokens_read((settings.BASE_DIR / TOKENS).read_text())


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_the_colours_of_the_pages_are_read_from_their_stylesheet() -> None:
    assert BASE["accent"] == Pair("#0b7558", "#52cba6")
    assert BASE["warm"] == Pair("#f3b53f", "#f3b53f")


def test_our_own_colours_stand_out() -> None:
    assert faint(BASE) == []


def test_what_is_hard_to_read_is_said_with_its_scheme() -> None:
    found = faint({**BASE, "ink": Pair("#cccccc", BASE["ink"].dark)})
    assert ("ink", "ground", "light") in [(one.front, one.back, one.scheme) for one in found]
    assert {one.scheme for one in found} == {"light"}


@pytest.mark.parametrize("accent", ["#1a237e", "#b00020", "#5b2c83", "#00695c", "#333333"])
def test_of_one_accent_a_readable_family_is_made(accent: str) -> None:
    pair = Pair(accent, on_dark(accent, BASE))
    assert faint({**BASE, "accent": pair, **family_of(pair, BASE)}) == []


def test_colours_are_mixed_by_shares() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#123456", "#ffffff", 0) == "#123456"
