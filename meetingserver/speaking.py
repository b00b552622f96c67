"""In which language a request is answered; `languages.choose` decides.

`request.languages` are those the page offers to pick, with their own names.
"""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from meetingserver.branding.choosing import current
from meetingserver.languages import allowed_of, choose, nearest


def speak(request: HttpRequest, *, room: str = "") -> None:
    """`room`: the language of the room that the page is about, which only its view knows."""
    names = dict(settings.LANGUAGES)
    brand = current().brand.languages
    language = choose(
        offered=list(names),
        picked=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        room=room,
        browser=browser_languages(request.headers),
        brand_default=brand.default,
        brand_allowed=brand.allowed,
    )
    translation.activate(language)
    allowed = allowed_of(list(names), brand.allowed)
    request.languages = [(code, names[code]) for code in allowed]  # type: ignore[attr-defined]


def say_language(_request: HttpRequest, response: HttpResponse) -> None:
    patch_vary_headers(response, ("Accept-Language",))
    response.headers.setdefault("Content-Language", translation.get_language())


def keep_language(response: HttpResponseBase, asked: str) -> None:
    """What is nearest to it, as if they had picked that. Empty: nobody asked for anything."""
    if language := nearest(asked, dict(settings.LANGUAGES)):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="None" if settings.LANGUAGE_COOKIE_SAMESITE == "None" else "Lax",
        )


def first_spoken(*wishes: str) -> str:
    """Where there is no browser: for mails and telephones."""
    brand = current().brand.languages
    return choose(
        offered=list(dict(settings.LANGUAGES)),
        browser=wishes,
        brand_default=brand.default,
        brand_allowed=brand.allowed,
    )


def browser_languages(headers: Mapping[str, str]) -> list[str]:
    """What the browser asks for, the dearest first."""
    asked = parse_accept_lang_header(headers.get("Accept-Language", ""))
    return [tag for tag, _weight in asked if tag != "*"]
