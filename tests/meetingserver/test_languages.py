from pathlib import Path

import pytest

from meetingserver.languages import UnknownLanguage, locale_of, offered, own_name, plural_rule


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
