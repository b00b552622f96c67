"""`{% snippet "footer" %}`: a place of the pages where brands put something of theirs."""

from django import template
from django.template import TemplateDoesNotExist
from django.utils.safestring import SafeString, mark_safe

from meetingserver.branding.installed import library
from meetingserver.branding.loader import blame, plain

register = template.Library()

NAMES = ("head", "header", "footer", "join_notice")


@register.simple_tag(takes_context=True)
def snippet(context: template.Context, name: str) -> SafeString:
    """What breaks in a brand's snippet costs that snippet alone."""
    try:
        return _included(context, name)
    except Exception as error:
        if not blame(error) and isinstance(error, TemplateDoesNotExist):
            raise
    with plain():
        return _included(context, name)


def _included(context: template.Context, name: str) -> SafeString:
    if context.template is None:
        raise TemplateDoesNotExist(name)
    found = context.template.engine.get_template(f"snippets/{name}.html")
    with context.push():
        return mark_safe(found.render(context))  # noqa: S308 - a template, which escapes


@register.inclusion_tag("branding/_alarm.html")
def brand_alarm() -> dict[str, object]:
    """For admins: what is wrong with brands, and what pages do without."""
    return {"problems": library().problems()}
