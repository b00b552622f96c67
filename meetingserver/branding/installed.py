"""This server's brands: those of the program, then those of the admin, which go before."""

from functools import cache

from django.conf import settings

from meetingserver.branding.colours import tokens_read
from meetingserver.branding.library import Library
from meetingserver.branding.reading import Known

TOKENS = "conferences/static/conferences/tokens.css"


@cache
def library() -> Library:
    base = tokens_read((settings.BASE_DIR / TOKENS).read_text())
    return Library(
        settings.BRAND_PLACES,
        strangers=settings.BRAND_UPLOADS,
        known=Known(tuple(base), tuple(code for code, _name in settings.LANGUAGES)),
        base=base,
        fallback=settings.BRAND,
    )
