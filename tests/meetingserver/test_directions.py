"""Names and what people write have a direction of their own (`<bdi>`, `dir`). What is one-sided about such an
element (a line before it, room after it) would turn to that side: it belongs to an element around it."""

import re
from collections.abc import Iterator

from tests.house import ROOT

TAG = re.compile(r"<(\w+)((?:\{%.*?%\}|\{\{.*?\}\}|[^<>{])*)>", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
ONE_SIDED = re.compile(r"(?:border|margin|padding|inset|scroll)[a-z-]*-inline-(?:start|end)[a-z-]*(?=:)")


def named_with_own_direction() -> set[str]:
    """Classes of theirs, and `bdi` itself."""
    found = {"bdi"}
    for template in (ROOT / "templates").rglob("*.html"):
        for tag, attributes in TAG.findall(template.read_text()):
            if (tag == "bdi" or re.search(r"\bdir=", attributes)) and tag != "html":
                for classes in re.findall(r'class="([^"{]*)"', attributes):
                    found |= {f".{name}" for name in classes.split()}
    return found


def one_sided() -> Iterator[tuple[str, str, str]]:
    """Stylesheet, what the rule is for, and what it says."""
    for app in ("conferences", "streaming", "recording", "meetingserver", "brands"):
        for sheet in (ROOT / app).rglob("*.css"):
            for selectors, says in RULE.findall(re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)):
                for said in ONE_SIDED.findall(says):
                    yield from ((sheet.name, last_of(one), said) for one in selectors.split(","))


def last_of(selector: str) -> str:
    """What a selector is for: not what stands before or around that, nor what is drawn beside its text."""
    return re.split(r"[\s>+~]+", re.sub(r"\([^()]*\)", "", selector).strip())[-1]


def test_nothing_one_sided_turns_to_the_side_of_a_text() -> None:
    own = named_with_own_direction()
    assert len(own) > 20
    turned = [
        (sheet, one, said)
        for sheet, one, said in one_sided()
        if own & set(re.findall(r"^bdi\b|\.[\w-]+", one.partition("::")[0]))
    ]
    assert not turned
