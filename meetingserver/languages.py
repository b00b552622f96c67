"""Which languages there are: one for every catalogue under `locale/`, beside that of the sources. Its folder
is named as gettext wants it (`pt_BR`), the language as browsers do (`pt-br`)."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.plural import PluralRule
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

SOURCE = "en"
CATALOGUE = "LC_MESSAGES/django.po"
LONGEST_TAG = 35
"""As BCP 47 recommends."""
SCRIPT = 4
"""Letters of a script's name: Latn, Hans."""


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


def nearest(asked: str, among: Collection[str]) -> str:
    """Of some languages the one that its speakers read: the same, a wider one (`de` for `de-AT`), or a sister
    in the same script (`pt-br` for `pt-PT`, but not `zh-hans` for `zh-TW`). Empty: none."""
    return _nearest(asked[:LONGEST_TAG].replace("_", "-").lower(), tuple(among))


@lru_cache(maxsize=1000)
def _nearest(asked: str, among: tuple[str, ...]) -> str:
    if asked in among:
        return asked
    written = _written(asked)
    sisters = [code for code in among if written and _written(code) == written]
    wider = [code for code in sisters if asked.startswith(f"{code}-")]
    return next(iter((*wider, *sisters)), "")


def _written(tag: str) -> tuple[str, str] | None:
    """The language and its script; a region tells the script (`zh-TW` is written in Hant)."""
    try:
        locale = locale_of(tag)
    except UnknownLanguage:
        return None
    parts = [part for part in (locale.language, locale.script, locale.territory) if part]
    likely = get_global("likely_subtags")
    known = next((likely[key] for key in ("_".join(parts), locale.language) if key in likely), "")
    script = locale.script or next((part for part in known.split("_") if len(part) == SCRIPT), "")
    return locale.language, script


def choose(
    *,
    offered: Sequence[str],
    picked: str = "",
    room: str = "",
    browser: Iterable[str] = (),
    brand_default: str = "",
    brand_allowed: Collection[str] = (),
) -> str:
    """In which language somebody reads. The first that is allowed: what they picked, the room's, the
    browser's, the brand's default, English; else the first that the brand allows. None allowed: all are."""
    allowed = allowed_of(offered, brand_allowed)
    wishes = (picked, room, *browser, brand_default, SOURCE)
    return next(filter(None, (nearest(wish, allowed) for wish in wishes if wish)), allowed[0])


def allowed_of(offered: Sequence[str], brand_allowed: Collection[str]) -> Sequence[str]:
    """A brand that allows only what is not offered forbids nothing."""
    return [code for code in offered if code in brand_allowed] or offered
