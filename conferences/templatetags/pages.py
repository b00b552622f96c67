"""What the pages' templates need of the static files: the import map, the icons."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STATIC = Path(__file__).resolve().parent.parent / "static"


@register.simple_tag(takes_context=True)
def importmap(context: template.Context) -> SafeString:
    """The names of our modules, as `tsconfig.json` has them too, and where each lies; fetched before it is asked for."""
    request: HttpRequest = context["request"]
    nonce = getattr(request, "csp_nonce", "")
    preloads = format_html_join(
        "", '<link rel="modulepreload" href="{}">', ((url,) for url in _urls().values())
    )
    return format_html('<script type="importmap" nonce="{}">{}</script>{}', nonce, _map(), preloads)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite; words for it stand beside it."""
    sprite = static("conferences/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)


def _map() -> SafeString:
    return mark_safe(json.dumps({"imports": _urls()}))  # noqa: S308 - names of our own files


def _urls() -> dict[str, str]:
    """While one develops, files come and go."""
    return _walked() if settings.DEBUG else _walked_once()


@cache
def _walked_once() -> dict[str, str]:
    return _walked()


def _walked() -> dict[str, str]:
    modules = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))
    return {name: static(name) for name in modules}
