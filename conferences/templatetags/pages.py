"""What the pages' templates need of the static files: the import map, the icons."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from conferences.invitations import DialIn, dial_in_numbers, qr_svg
from conferences.models import Room

register = template.Library()


@register.simple_tag(takes_context=True)
def importmap(context: template.Context) -> SafeString:
    """The names of our modules, as `tsconfig.json` has them too, and where each lies."""
    request: HttpRequest = context["request"]
    nonce = getattr(request, "csp_nonce", "")
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, _map())


@register.simple_tag
def modulepreloads(app: str = "conferences") -> SafeString:
    """All modules of an app at once, not one after the other as they import each other: for pages that need
    them all."""
    urls = [(url,) for name, url in _urls().items() if name.startswith(f"{app}/")]
    return format_html_join("", '<link rel="modulepreload" href="{}">', urls)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite; words for it stand beside it."""
    return _drawn("icon", f"{static('conferences/icons.svg')}#{name}")


@register.simple_tag
def reaction(name: str) -> SafeString:
    """One of `words.Reaction`, drawn by us: not every computer has such letters."""
    return _drawn("reaction-face", f"{static('conferences/reactions.svg')}#{name}")


@register.simple_tag(takes_context=True)
def room_link(context: template.Context, room: Room) -> str:
    """The address by which people come."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(room.get_absolute_url())


@register.simple_tag
def dial_in(room: Room) -> list[tuple[DialIn, str]]:
    """The numbers by which one comes into the room, each with what a phone dials that taps it."""
    return [(number, number.dialled(room.code)) for number in dial_in_numbers(room)]


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A code that cameras read, and what it is called for who does not see it."""
    drawn = mark_safe(qr_svg(text))  # noqa: S308 - drawn of squares
    return format_html('<div class="qr-code" role="img" aria-label="{}">{}</div>', label, drawn)


def _drawn(kind: str, address: str) -> SafeString:
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', kind, address)


def _map() -> SafeString:
    return mark_safe(json.dumps({"imports": _urls()}))  # noqa: S308 - names of our own files


def _urls() -> dict[str, str]:
    """While one develops, files come and go."""
    return _walked() if settings.DEBUG else _walked_once()


@cache
def _walked_once() -> dict[str, str]:
    return _walked()


def _walked() -> dict[str, str]:
    return {name: static(name) for name in modules()}


def modules() -> dict[str, Path]:
    """Every module of ours by its name; those of the style page while one develops."""
    homes = [Path(app.path) for app in apps.get_app_configs()]
    folders = [home / "static" for home in homes if home.parent == settings.BASE_DIR]
    found = {path.relative_to(folder).as_posix(): path for folder in folders for path in folder.rglob("*.js")}
    return {
        name: path for name, path in sorted(found.items()) if settings.DEBUG or not name.startswith("style/")
    }
