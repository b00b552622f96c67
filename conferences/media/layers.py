"""Which publications a receiver sees and hears, how large, and in which of its slots. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from conferences.media.contract import PublicationKey, Source, View

Item = TypeVar("Item", bound=Hashable)

_SMALL, _MIDDLE, _LARGE = range(3)
#: With more pictures than these all are small.
_MANY = 9
_TO_SPARE = 1.15


def choose_videos(
    bitrates: Mapping[PublicationKey, Sequence[int]],
    view: View,
    ranking: Sequence[str],
    *,
    receiver: str,
    budget: int,
    shown: Mapping[PublicationKey, int] = MappingProxyType({}),
) -> dict[PublicationKey, int]:
    """What `receiver` sees, the most important first, and in which layer.

    `bitrates` are all videos there are with their layers, the smallest first, in bits per second (0 if not
    known yet); `ranking` are peers, the loudest first; `shown` are the layers seen now. Screens come first,
    then who is pinned, then speakers, then the rest. When `budget` is short, all get small before somebody is
    cut off the end, and the first stays as long as there is any budget.
    """
    chosen = _most_important(list(bitrates), view, ranking, receiver)
    fitting = chosen[: max(_fitting([bitrates[key][0] for key in chosen], budget), min(1, budget))]
    left = budget - sum(bitrates[key][0] for key in fitting)
    layers: dict[PublicationKey, int] = {}
    for key in fitting:
        wanted = _wanted_layer(key, view, len(chosen))
        layers[key] = _highest(bitrates[key], wanted, left + bitrates[key][0], shown.get(key, 0))
        left -= bitrates[key][layers[key]] - bitrates[key][0]
    return layers


def _most_important(
    keys: Sequence[PublicationKey], view: View, ranking: Sequence[str], receiver: str
) -> list[PublicationKey]:
    places = {
        peer: place
        for place, peer in enumerate([*view.pinned, *(p for p in ranking if p not in view.pinned)])
    }

    def importance(key: PublicationKey) -> tuple[bool, int]:
        return key.source != Source.SCREEN, places.get(key.peer, len(places))

    candidates = [key for key in keys if key.peer != receiver and key.peer not in view.hidden]
    return sorted(candidates, key=importance)[: view.max_videos]


def _wanted_layer(key: PublicationKey, view: View, count: int) -> int:
    """Which layer suits the size of the picture in the page, if there are so many."""
    if key.source == Source.SCREEN:
        return _LARGE
    if view.large is not None:
        return _LARGE if key.peer in view.pinned[: view.large] else _SMALL
    if count == 1:
        return _LARGE
    return _MIDDLE if count <= _MANY else _SMALL


def _highest(bitrates: Sequence[int], wanted: int, room: int, shown: int) -> int:
    """The highest layer up to `wanted` that fits; a higher one than is shown needs some room to spare."""
    for layer in range(min(wanted, len(bitrates) - 1), 0, -1):
        needed = bitrates[layer] * (_TO_SPARE if layer > shown else 1.0)
        if bitrates[layer] and needed <= room:
            return layer
    return 0


def _fitting(bitrates: Sequence[int], budget: int) -> int:
    total = 0
    for count, bitrate in enumerate(bitrates):
        total += bitrate
        if total > budget:
            return count
    return len(bitrates)


def choose_voices(ranking: Sequence[PublicationKey], *, receiver: str) -> list[PublicationKey]:
    """What `receiver` hears, the most important first; never its own.

    The sound of a screen and the phones always, also while they are silent: the first word of a caller would
    be over before anybody listens. Then voices.
    """
    others = [key for key in ranking if key.peer != receiver]
    return sorted(others, key=lambda key: key.source not in (Source.SCREEN_AUDIO, Source.PHONE))


def fill_slots(current: Sequence[Item | None], wanted: Sequence[Item]) -> list[Item | None]:
    """Put the first of `wanted` into as many slots as there are. What is wanted still stays where it is."""
    fitting = wanted[: len(current)]
    slots = [item if item in fitting else None for item in current]
    newcomers = iter([item for item in fitting if item not in slots])
    return [item if item is not None else next(newcomers, None) for item in slots]
