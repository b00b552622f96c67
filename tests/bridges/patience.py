"""Waiting for what others do: until it is so, and not for ever."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

PATIENCE_S = 15.0
LOOK_S = 0.01


@asynccontextmanager
async def within_patience(what: str, found: Callable[[], object] = lambda: "") -> AsyncIterator[None]:
    """`found` is what there is instead, when patience ends."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    except TimeoutError:
        raise AssertionError(f"Waited {PATIENCE_S} s in vain: {what} {found()}") from None


async def until(true: Callable[[], object], what: str) -> None:
    """Returns when it is true; others make it so."""
    async with within_patience(what):
        while not true():  # noqa: ASYNC110 - many things in many places may make it true
            await asyncio.sleep(LOOK_S)
