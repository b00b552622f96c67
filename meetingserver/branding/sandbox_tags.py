"""All that a stranger's snippet may say: conditions and translations. Nothing repeats, loads, or makes long
out of short."""

from django.template import Library, defaultfilters, defaulttags
from django.templatetags import i18n

FILTERS = ("default", "escape", "linebreaksbr", "lower", "title", "truncatechars", "upper")

register = Library()
register.tags = {
    "blocktranslate": i18n.do_block_translate,
    "comment": defaulttags.comment,
    "if": defaulttags.do_if,
    "translate": i18n.do_translate,
}
register.filters = {name: defaultfilters.register.filters[name] for name in FILTERS}
