"""Waiting for what others do: until it is so, and not for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE_S = 15.0


@asynccontextmanager
async def within_patience(what: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    except TimeoutError:
        raise AssertionError(f"Waited {PATIENCE_S} s in vain: {what}") from None
