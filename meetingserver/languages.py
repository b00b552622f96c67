"""Which languages there are: one for every catalogue under `locale/`, beside that of the sources. Its folder
is named as gettext wants it (`pt_BR`), the language as browsers do (`pt-br`)."""

from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.plural import PluralRule
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

SOURCE = "en"
CATALOGUE = "LC_MESSAGES/django.po"


class UnknownLanguage(ValueError):
    """No language is called so."""


def offered(locale: Path) -> list[tuple[str, str]]:
    """Codes and own names, ordered by name. Folders that name no language are left out."""
    names = {SOURCE: own_name(SOURCE)}
    for file in locale.glob(f"*/{CATALOGUE}"):
        folder = file.parent.parent.name
        if is_known(folder):
            names[to_language(folder)] = own_name(folder)
    return sorted(names.items(), key=lambda item: item[1])


def is_known(tag: str) -> bool:
    try:
        locale_of(tag)
    except UnknownLanguage:
        return False
    return True


def locale_of(tag: str) -> Locale:
    """What the CLDR knows of a language: `pt-br`, `pt_BR`, `zh-hans`."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        raise UnknownLanguage(tag) from None


def own_name(tag: str) -> str:
    """As its speakers write it, with the first letter that begins a line."""
    known = LANG_INFO.get(to_language(tag), {}).get("name_local")
    name = known or locale_of(tag).get_display_name() or tag
    return name[0].upper() + name[1:]


def plural_rule(tag: str) -> PluralRule:
    """Gives a number's category: "one", "few", "many", "other" and the like."""
    return locale_of(tag).plural_form
