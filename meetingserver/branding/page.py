"""What templates see as `brand`: plain values, in the language of the page."""

from typing import Any

import msgspec
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from meetingserver.branding.brand import FEATURES, said
from meetingserver.branding.choosing import current
from meetingserver.branding.installed import library
from meetingserver.branding.library import LOOKS, Installed

LOGO = "conferences/logo.svg"
OWN_STYLES = "brand.css"
"""A stylesheet of the brand's own, in `static/`."""


def described(one: Installed | None = None) -> dict[str, Any]:
    one = one or current()
    brand, language = one.brand, get_language() or "en"
    name = said(brand.name, language) or pgettext("name of the site", "Meetings")
    logo = address(one, brand.logo) or static(LOGO)
    favicon = address(one, brand.favicon) or logo
    links, legal = msgspec.structs.asdict(brand.links), msgspec.structs.asdict(brand.legal)
    return {
        "key": one.key,
        "name": name,
        "short_name": said(brand.short_name, language) or name,
        "tagline": said(brand.tagline, language),
        "home": "/",
        "logo": logo,
        "logo_dark": address(one, brand.logo_dark),
        "logo_has_name": brand.logo_has_name and bool(brand.logo),
        "favicon": favicon,
        "icon": address(one, brand.icon) or favicon,
        "manifest": address(one, "manifest.webmanifest", made=True),
        "stylesheets": list(_stylesheets(one)),
        "links": links,
        "legal": {**legal, "notice": said(brand.legal.notice, language)},
        "has_links": any(link for name, link in {**links, **legal}.items() if name != "notice"),
        "signature": said(brand.email.signature, language),
        "shows": {name: brand.features.get(name, True) for name in FEATURES},
    }


def brands_to_choose(user: Any = None) -> list[tuple[str, str]]:
    """Keys and names, of which somebody may choose for a room of theirs. Who was given a brand by their
    sign-in service has no choice."""
    if user is not None and user.brand:
        return []
    brands = {key: one for key, one in library().all().items() if not one.strangers}
    return [(key, described(one)["name"]) for key, one in brands.items()]


def address(one: Installed, file: str, *, made: bool = False) -> str:
    """Where browsers find a file of a brand: it keeps for ever, for its address changes with the brand.
    Empty: there is none."""
    if not made and (not file or one.file(file) is None):
        return ""
    return reverse("brand_file", args=[one.key, one.version, file])


def _stylesheets(one: Installed) -> list[str]:
    looks = [address(one, LOOKS, made=True)] if one.look else []
    own = address(one, OWN_STYLES)
    return [*looks, own] if own else looks
