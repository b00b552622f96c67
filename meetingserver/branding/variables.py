"""Which names templates speak of, and where: to find those that nothing gives. Templates know of a variable
that is missing only while pages are made, and then say nothing; so names are also read from the sources."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.template import Template
from django.template.base import FilterExpression, Node, TokenType, Variable
from django.templatetags.i18n import BlockTranslateNode

ALWAYS = frozenset(
    {
        *("brand", "request", "user", "perms", "messages", "csrf_token", "block", "forloop"),
        *("LANGUAGES", "LANGUAGE_CODE", "LANGUAGE_BIDI", "language", "right_to_left"),
        *("True", "False", "None"),
    }
)  # fmt: skip
NAME = re.compile(r"[.|]")
BINDING = ("loopvars", "target_var", "asvar", "as_var", "var_name", "variable_name", "variable")
"""What nodes call the names that they give to what is within them."""


class Spoken(NamedTuple):
    """`name` is the first part: `room` of `room.name`. Texts to be translated have names alone."""

    name: str
    line: int
    variable: Variable | None = None


def spoken(template: Template) -> Iterator[Spoken]:
    """Every variable of a file, without those of files that it includes."""
    for node in _nodes(template):
        line = getattr(getattr(node, "token", None), "lineno", None) or 1
        for variable in _variables(node):
            if variable.lookups:
                yield Spoken(variable.lookups[0], line, variable)
        if isinstance(node, BlockTranslateNode):
            for token in (*node.singular, *node.plural):
                if token.token_type is TokenType.VAR:
                    yield Spoken(NAME.split(token.contents)[0], line)


def given(template: Template) -> set[str]:
    """Names that it gives to parts of itself, by `for`, `with`, `as`."""
    names: set[str] = set()
    for node in _nodes(template):
        names.update(getattr(node, "extra_context", None) or ())
        for attribute in BINDING:
            value = getattr(node, attribute, None)
            names.update([value] if isinstance(value, str) else value if isinstance(value, list) else ())
        names.add(getattr(node, "countervar", None) or "")
    return names


def _nodes(template: Template) -> Iterator[Node]:
    """`extends` holds the blocks of its file."""
    for node in template.nodelist:
        yield from node.get_nodes_by_type(Node)


def _variables(node: Node) -> Iterator[Variable]:
    for name, value in vars(node).items():
        if name not in ("nodelist", "parent_name", "origin", "token", *node.child_nodelists):
            yield from _within(value)


def _within(value: Any) -> Iterator[Variable]:
    """In lists, in keyword arguments, in the conditions of `if`."""
    match value:
        case Variable():
            yield value
        case FilterExpression():
            yield from _within(value.var)
            for _function, arguments in value.filters:
                for is_variable, argument in arguments:
                    yield from _within(argument) if is_variable else ()
        case list() | tuple():
            for one in value:
                yield from _within(one)
        case dict():
            yield from _within(list(value.values()))
        case _ if hasattr(value, "first") or type(value).__name__ == "TemplateLiteral":
            yield from _within([getattr(value, part, None) for part in ("first", "second", "value")])
        case _:
            pass
