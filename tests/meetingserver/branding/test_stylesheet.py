from meetingserver.branding.brand import Brand, FontFile, Fonts, Shades
from meetingserver.branding.stylesheet import colours_of, stylesheet
from tests.meetingserver.branding.test_colours import BASE


def test_a_brand_that_says_nothing_looks_like_the_base() -> None:
    assert stylesheet(Brand(), BASE) == ""


def test_colours_are_said_for_light_and_dark() -> None:
    brand = Brand(colours={"ink": Shades("#111111", "#eeeeee"), "warm": "#ff0000"})
    css = stylesheet(brand, BASE)
    assert "--ink: light-dark(#111111, #eeeeee);" in css
    assert "--warm: light-dark(#ff0000, #ff0000);" in css
    assert "--accent" not in css


def test_an_accent_brings_what_goes_with_it() -> None:
    colours = colours_of(Brand(colours={"accent": "#1a237e", "accent-soft": "#eeeeff"}), BASE)
    assert colours["accent"].light == "#1a237e"
    assert colours["accent"].dark != "#1a237e"
    assert colours["accent-strong"] != BASE["accent-strong"]
    assert colours["accent-soft"].light == "#eeeeff"


def test_letters_and_corners() -> None:
    fonts = Fonts(text='"Acme Sans", serif', size=115, files=(FontFile("Acme Sans", "fonts/a.woff2"),))
    css = stylesheet(Brand(radius=2, fonts=fonts), BASE)
    assert 'src: url("fonts/a.woff2");' in css
    assert '--font: "Acme Sans", serif' in css
    assert "--base: 115%;" in css
    assert "--radius: 2px;" in css
    assert "--round: 2px;" in css
