"""What a brand's own stylesheets may not do: load from elsewhere, or leave pages half read. PURE."""

import re
from collections.abc import Callable, Iterator

from meetingserver.branding.brand import Problem

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LONGEST = 200_000
UNSAFE = (
    (re.compile(r"@import", re.IGNORECASE), "@import would load another stylesheet; name it in a snippet."),
    (re.compile(r"expression\s*\(", re.IGNORECASE), "expression() runs a script in old browsers."),
    (re.compile(r"javascript:", re.IGNORECASE), "javascript: runs a script."),
    (re.compile(r"(?:-moz-binding|behaviou?r)\s*:", re.IGNORECASE), "This property loads a script."),
    (re.compile(r"<[/!]"), "A stylesheet has no </ in it."),
    (re.compile(r"\\[0-9a-fA-F]"), "Write signs as they are, not with \\ and digits."),
)
URL = re.compile(r"url\(\s*(?P<quote>[\"']?)(?P<address>.*?)(?P=quote)\s*\)", re.IGNORECASE | re.DOTALL)
ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)


def problems_of(css: str, file: str, *, has: Callable[[str], bool]) -> Iterator[Problem]:
    """`has(name)`: whether there is this file beside the stylesheet."""
    if len(css) > LONGEST:
        yield Problem(file, 1, "A stylesheet has at most 200 kB.")
        return
    bare = COMMENT.sub(_blank, css)
    for pattern, words in UNSAFE:
        for found in pattern.finditer(bare):
            yield Problem(file, line_at(bare, found.start()), words)
    for found in URL.finditer(bare):
        if words := _wrong_address(found["address"], has):
            yield Problem(file, line_at(bare, found.start()), words)
    yield from _unbalanced(bare, file)


def line_at(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _blank(comment: re.Match[str]) -> str:
    """Lines stay where they are."""
    return re.sub(r"[^\n]", " ", comment[0])


def _wrong_address(address: str, has: Callable[[str], bool]) -> str:
    if address.startswith(("data:image/", "#")):
        return ""
    if ELSEWHERE.match(address):
        return f"{address[:60]!r} is elsewhere: put the file into static/."
    name = address.partition("#")[0].partition("?")[0]
    return "" if has(name) else f"There is no static/{name[:60]}."


def _unbalanced(css: str, file: str) -> Iterator[Problem]:
    opened: list[int] = []
    for number, line in enumerate(css.splitlines(), 1):
        for sign in re.sub(r"\"[^\"]*\"|'[^']*'", "", line):
            if sign == "{":
                opened.append(number)
            elif sign == "}" and not opened:
                yield Problem(file, number, "This } closes nothing.")
            elif sign == "}":
                opened.pop()
    if opened:
        yield Problem(file, opened[-1], "This { is never closed.")
