"""What strangers may write into a snippet: words, and links to where their brand says. PURE."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from meetingserver.branding.brand import LINK, Problem

ALLOWED = {
    *("p", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "h2", "h3", "h4", "div", "span", "small"),
    *("strong", "em", "b", "i", "a", "img"),
}
EMPTY = {"br", "hr", "img"}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}}
EVERYWHERE = {"lang", "dir"}
OF_BRAND = re.compile(r"\{\{\s*brand\.[a-z_.]+\s*\}\}")
LONGEST = 10_000


def problems_of(source: str, file: str) -> Iterator[Problem]:
    if len(source) > LONGEST:
        yield Problem(file, 1, "A snippet has at most 10,000 characters.")
        return
    reader = _Reader(file)
    reader.feed(source)
    reader.close()
    yield from reader.problems
    for tag, line in reader.opened:
        yield Problem(file, line, f"This <{tag}> is never closed.")


class _Reader(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__()
        self.problems: list[Problem] = []
        self.opened: list[tuple[str, int]] = []
        self._file = file

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self._refuse(f"<{tag}> may not be here.")
            return
        for name, value in attrs:
            self._check(tag, name, value or "")
        if tag not in EMPTY:
            self.opened.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.opened and self.opened[-1][0] == tag:
            self.opened.pop()
        elif tag in ALLOWED:
            self._refuse(f"</{tag}> closes nothing.")

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self._refuse("Write &lt; for a < that begins no tag.")

    def handle_comment(self, _data: str) -> None:
        self._refuse("Comments stand between {# and #}.")

    def handle_decl(self, _decl: str) -> None:
        self._refuse("Declarations may not be here.")

    def handle_pi(self, _data: str) -> None:
        self._refuse("Instructions may not be here.")

    def unknown_decl(self, _data: str) -> None:
        self._refuse("Declarations may not be here.")

    def _check(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES.get(tag, set()) | EVERYWHERE:
            self._refuse(f"<{tag}> may not have {name}.")
        elif name == "href" and not (OF_BRAND.fullmatch(value) or LINK.fullmatch(value)):
            self._refuse(f"{value[:60]!r} is no link: it begins with https://, mailto:, tel: or /.")
        elif name == "src" and not OF_BRAND.fullmatch(value):
            self._refuse("Pictures are those of the brand: {{ brand.logo }}.")
        elif name not in ("href", "src") and "{%" in value:
            self._refuse("Attributes are plain.")

    def _refuse(self, words: str) -> None:
        self.problems.append(Problem(self._file, self.getpos()[0], words))
