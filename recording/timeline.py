"""Two clocks: the server's, by which everything is captured, and the recording's own, by which it is played.

What was paused or cut out is not on the second one. Both count milliseconds. Pure.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """From one moment of the server's clock until before another."""

    begin: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.begin


class Timeline:
    """`spans` are kept, in order, and do not overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = tuple(span for span in spans if span.length > 0)

    @property
    def length(self) -> int:
        """Of the recording."""
        return sum(span.length for span in self.spans)

    def without(self, cuts: Iterable[Span]) -> "Timeline":
        spans = list(self.spans)
        for cut in cuts:
            spans = [rest for span in spans for rest in _around(span, cut)]
        return Timeline(spans)

    def played(self, at: int) -> int | None:
        """When this moment of the server's clock is played; None: it is not in the recording."""
        before = 0
        for span in self.spans:
            if span.begin <= at < span.end:
                return before + at - span.begin
            before += span.length
        return None

    def played_next(self, at: int) -> int:
        """The same; a moment that is left out counts as the next that is not."""
        before = 0
        for span in self.spans:
            if at < span.end:
                return before + max(0, at - span.begin)
            before += span.length
        return before

    def captured(self, at: int) -> int:
        """The moment of the server's clock that is played then; after the end: the end."""
        for span in self.spans:
            if at < span.length:
                return span.begin + at
            at -= span.length
        return self.spans[-1].end if self.spans else 0

    def pieces(self, begin: int, end: int) -> list[Span]:
        """What of this stretch of the server's clock is kept."""
        overlaps = (Span(max(begin, span.begin), min(end, span.end)) for span in self.spans)
        return [piece for piece in overlaps if piece.length > 0]


def _around(span: Span, cut: Span) -> list[Span]:
    rests = (Span(span.begin, min(span.end, cut.begin)), Span(max(span.begin, cut.end), span.end))
    return [rest for rest in rests if rest.length > 0]
