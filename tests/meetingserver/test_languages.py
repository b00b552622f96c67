from pathlib import Path

import pytest

from meetingserver.languages import (
    UnknownLanguage,
    choose,
    locale_of,
    nearest,
    offered,
    own_name,
    plural_rule,
)

OFFERED = ["de", "en", "fr", "pt-br", "ar", "he", "zh-hans"]


def test_a_language_is_offered_when_it_has_a_catalogue_by_its_own_name(tmp_path: Path) -> None:
    for folder in ("de", "pt_BR", "zh_Hans", "ar", "nonsense"):
        (tmp_path / folder / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / folder / "LC_MESSAGES" / "django.po").touch()
    (tmp_path / "it").mkdir()
    assert offered(tmp_path) == [
        ("de", "Deutsch"),
        ("en", "English"),
        ("pt-br", "Português Brasileiro"),
        ("ar", "العربيّة"),
        ("zh-hans", "简体中文"),
    ]


@pytest.mark.parametrize("tag", ["", "nonsense", "qq", "de_QQ_?", "../de"])
def test_what_names_no_language_is_refused(tag: str) -> None:
    with pytest.raises(UnknownLanguage):
        locale_of(tag)


@pytest.mark.parametrize(("tag", "name"), [("ja", "日本語"), ("fr", "Français"), ("gsw", "Schwiizertüütsch")])
def test_every_language_has_a_name_of_its_own(tag: str, name: str) -> None:
    assert own_name(tag) == name


def test_numbers_have_categories() -> None:
    assert [plural_rule("pl")(number) for number in (1, 2, 5, 22)] == ["one", "few", "many", "few"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("de", "de"),
        ("DE_at", "de"),
        ("pt-PT", "pt-br"),
        ("zh", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("zh-TW", ""),
        ("iw", "he"),
        ("fi", ""),
        ("*", ""),
        ("x" * 1000, ""),
    ],
)
def test_the_nearest_language_is_one_that_its_speakers_read(asked: str, found: str) -> None:
    assert nearest(asked, OFFERED) == found


def test_what_was_picked_goes_before_the_room_and_the_room_before_the_browser() -> None:
    assert choose(offered=OFFERED, picked="fr", room="de", browser=["ar"]) == "fr"
    assert choose(offered=OFFERED, picked="", room="de", browser=["ar"]) == "de"
    assert choose(offered=OFFERED, browser=["fi", "ar-EG", "de"]) == "ar"
    assert choose(offered=OFFERED, browser=["fi"]) == "en"


def test_a_brand_has_its_say_where_nobody_asked_for_what_it_allows() -> None:
    brand = ["de", "fr"]
    assert choose(offered=OFFERED, browser=["ar"], brand_default="fr", brand_allowed=brand) == "fr"
    assert choose(offered=OFFERED, browser=["de"], brand_default="fr", brand_allowed=brand) == "de"
    assert choose(offered=OFFERED, picked="ar", room="he", brand_default="fr", brand_allowed=brand) == "fr"
    assert choose(offered=OFFERED, browser=["ar"], brand_allowed=brand) == "de"
    assert choose(offered=OFFERED, browser=["fi"], brand_default="he") == "he"


def test_a_brand_that_allows_only_what_is_not_offered_forbids_nothing() -> None:
    assert choose(offered=OFFERED, browser=["ar"], brand_default="fi", brand_allowed=["fi"]) == "ar"
