"""Which publications a receiver sees and hears, and in which of its slots. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from conferences.media.contract import PublicationKey, Source, View

Item = TypeVar("Item", bound=Hashable)


def choose_videos(
    bitrates: Mapping[PublicationKey, int], view: View, ranking: Sequence[str], *, receiver: str, budget: int
) -> list[PublicationKey]:
    """What `receiver` sees, the most important first.

    `bitrates` are all videos there are, in bits per second; `ranking` are peers, the loudest first. Screens
    come first, then who is pinned, then speakers, then the rest. What exceeds `budget` is cut off the end.
    """
    places = {
        peer: place
        for place, peer in enumerate([*view.pinned, *(p for p in ranking if p not in view.pinned)])
    }

    def importance(key: PublicationKey) -> tuple[bool, int]:
        return key.source != Source.SCREEN, places.get(key.peer, len(places))

    candidates = [key for key in bitrates if key.peer != receiver and key.peer not in view.hidden]
    chosen = sorted(candidates, key=importance)[: view.max_videos]
    return chosen[: _fitting([bitrates[key] for key in chosen], budget)]


def _fitting(bitrates: Sequence[int], budget: int) -> int:
    total = 0
    for count, bitrate in enumerate(bitrates):
        total += bitrate
        if total > budget:
            return count
    return len(bitrates)


def choose_voices(ranking: Sequence[PublicationKey], *, receiver: str) -> list[PublicationKey]:
    """What `receiver` hears, the most important first: the sound of a screen, then voices; never its own."""
    others = [key for key in ranking if key.peer != receiver]
    return sorted(others, key=lambda key: key.source != Source.SCREEN_AUDIO)


def fill_slots(current: Sequence[Item | None], wanted: Sequence[Item]) -> list[Item | None]:
    """Put the first of `wanted` into as many slots as there are. What is wanted still stays where it is."""
    fitting = wanted[: len(current)]
    slots = [item if item in fitting else None for item in current]
    newcomers = iter([item for item in fitting if item not in slots])
    return [item if item is not None else next(newcomers, None) for item in slots]
