from django.template import engines

from meetingserver.branding.variables import given, spoken

SOURCE = """{% load i18n %}{{ a.b|default:c }}
{% for d in e %}{{ d }}{% empty %}{{ f }}{% endfor %}
{% if g and not h == 3 %}{% elif i|length > 2 %}{% endif %}
{% with j=k l=m.n %}{% include o with p=q %}{% endwith %}
{% url 'x' r s=t as u %}
{% blocktranslate count v=w with x=y|lower %}{{ v }} {{ x }} {{ z.a }}{% plural %}{% endblocktranslate %}"""


def test_every_variable_is_found_with_its_line() -> None:
    template = engines["django"].from_string(SOURCE).template  # type: ignore[attr-defined]
    found = {(said.name, said.line) for said in spoken(template)}
    lines = ["ac", "def", "ghi", "kmoq", "rt", "wyvxz"]
    assert found == {(name, number) for number, names in enumerate(lines, 1) for name in names}


def test_names_are_given_by_loops_and_the_like() -> None:
    template = engines["django"].from_string(SOURCE).template  # type: ignore[attr-defined]
    assert {"d", "j", "l", "p", "u", "v", "x"} <= given(template)
