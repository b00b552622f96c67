"""`{% snippet "footer" %}`: a place of the pages where brands put something of theirs."""

from django import template
from django.template import TemplateDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from meetingserver.branding.brand import Problem
from meetingserver.branding.choosing import current
from meetingserver.branding.installed import library
from meetingserver.branding.loader import blame, is_plain, plain
from meetingserver.branding.page import described
from meetingserver.branding.sandbox import rendered

register = template.Library()

NAMES = ("head", "header", "footer", "join_notice")


@register.simple_tag(takes_context=True)
def snippet(context: template.Context, name: str) -> SafeString:
    """What breaks in a brand's snippet costs that snippet alone."""
    try:
        return _of_strangers(name) or _included(context, name)
    except Exception as error:
        if not blame(error) and isinstance(error, TemplateDoesNotExist):
            raise
    with plain():
        return _included(context, name)


def _of_strangers(name: str) -> SafeString | None:
    """Made apart from the page: its own folder alone, for strangers extend nobody but the base."""
    one = current()
    file = one.folders[0] / "snippets" / f"{name}.html" if one.folders else None
    if file is None or one.folders[0] not in one.strangers or is_plain() or not file.is_file():
        return None
    try:
        return rendered(file.read_text(encoding="utf-8"), described(one))
    except Exception as error:  # noqa: BLE001 - whatever a stranger wrote, the page is made
        one.note(Problem(f"snippets/{name}.html", 1, f"{type(error).__name__}: {error}"))
        return None


def _included(context: template.Context, name: str) -> SafeString:
    if context.template is None:
        raise TemplateDoesNotExist(name)
    found = context.template.engine.get_template(f"snippets/{name}.html")
    with context.push():
        return mark_safe(found.render(context))  # noqa: S308 - a template, which escapes


@register.inclusion_tag("branding/_alarm.html")
def brand_alarm() -> dict[str, object]:
    """For admins: what is wrong with brands (in English, as `brand check`), and what pages do without."""
    said = '<bdi lang="en" dir="ltr">{}</bdi>'
    return {"problems": [(key, format_html(said, problem)) for key, problem in library().problems()]}
