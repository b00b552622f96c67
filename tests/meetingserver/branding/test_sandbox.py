import pytest
from django.template import TemplateSyntaxError

from meetingserver.branding.sandbox import compiled, rendered

BRAND = {"name": "<Acme>", "links": {"help": "/help"}, "shows": {"usage": True}}


def test_words_are_escaped_and_translated() -> None:
    made = rendered(
        "{% if brand.shows.usage %}{{ brand.name|upper }}{% endif %} {% translate 'Home' %}", BRAND
    )
    assert made == "&lt;ACME&gt; Home"


def test_nothing_around_it_can_be_seen_or_changed() -> None:
    assert rendered("{{ request }}{{ user }}{{ settings }}{{ brand.links.clear }}{{ brand.popitem }}", BRAND)
    assert BRAND["links"] == {"help": "/help"}


@pytest.mark.parametrize(
    "source", ["{% for x in y %}{% endfor %}", "{% include 'a' %}", "{% extends 'a' %}", "{{ x|safe }}"]
)
def test_what_is_not_allowed_is_not_known(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        compiled(source)
