"""Snippets of strangers: made by an engine of their own, of plain values, apart from the page around them."""

from copy import deepcopy
from functools import cache
from typing import Any

from django.template import Context, Engine, Template
from django.utils.safestring import SafeString


class Sandbox(Engine):
    """Has no templates but the one it is given, and none of Django's own tags."""

    default_builtins = ["meetingserver.branding.sandbox_tags"]


@cache
def _sandbox() -> Sandbox:
    loaders: list[Any] = [("django.template.loaders.locmem.Loader", {})]
    return Sandbox(libraries={}, loaders=loaders, autoescape=True, debug=True)


def compiled(source: str) -> Template:
    """Raises TemplateSyntaxError; its `template_debug` has the line."""
    return Template(source, engine=_sandbox())


def rendered(source: str, brand: dict[str, Any]) -> SafeString:
    return compiled(source).render(Context({"brand": deepcopy(brand)}))
