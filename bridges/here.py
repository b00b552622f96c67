"""The bridges that this process keeps, for its pages: those live on the event loop, pages run in threads."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple, Protocol, TypeVar

from bridges.base import AudioBridge

T = TypeVar("T")

WITHIN_S = 5.0


class Bridges(Protocol):
    """`keeper.Keeper`."""

    def bridge(self, key: str) -> AudioBridge | None: ...


class _Here(NamedTuple):
    bridges: Bridges
    loop: asyncio.AbstractEventLoop


_installed: list[_Here] = []


def install(bridges: Bridges) -> None:
    """On the event loop that keeps them."""
    _installed[:] = [_Here(bridges, asyncio.get_running_loop())]


def uninstall() -> None:
    _installed.clear()


def bridge(key: str) -> AudioBridge | None:
    """None: it is not kept by this process, or is being started."""
    return _installed[0].bridges.bridge(key) if _installed else None


def run(doing: Coroutine[Any, Any, T], *, within_s: float = WITHIN_S) -> T:
    """From a thread, where `bridge` gave one. Raises what it raises, and TimeoutError."""
    loop = _installed[0].loop
    waiting = asyncio.run_coroutine_threadsafe(asyncio.wait_for(doing, within_s), loop)
    return waiting.result(2 * within_s)  # a loop that has ended tells nobody


def do(act: Callable[[], T]) -> T:
    """Something that does not wait, on the event loop."""

    async def doing() -> T:
        return act()

    return run(doing())
