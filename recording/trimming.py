"""What was cut out of a recording, as its owner sees it: on the recording's clock before any cut."""

from dataclasses import dataclass

from conferences.core.words import Millis
from recording.models import Recording


@dataclass(frozen=True, slots=True)
class Trim:
    """In ms: how long the whole is, what is kept of it, and what is cut out between."""

    length: Millis
    begin: Millis
    end: Millis
    cuts: list[tuple[Millis, Millis]]


def trimmed(recording: Recording, *, now: Millis) -> Trim:
    whole = recording.recorded(now=now)
    cuts = [(whole.played_next(begin), whole.played_next(end)) for begin, end in recording.cuts]
    cuts = [cut for cut in sorted(cuts) if cut[0] < cut[1]]
    begin, end = 0, whole.length
    if cuts and cuts[0][0] == 0:
        begin = cuts.pop(0)[1]
    if cuts and cuts[-1][1] == whole.length:
        end = cuts.pop()[0]
    return Trim(whole.length, begin, end, cuts)
