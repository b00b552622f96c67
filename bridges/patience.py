"""Waiting for a database that is away, and for another server that takes a conference over."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from django.db import DatabaseError

logger = logging.getLogger(__name__)

T = TypeVar("T")

RETRIES_S = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)


async def patiently(
    act: Callable[[], Awaitable[T]], pause: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> T:
    """Again and again, while the database does not answer. Raises DatabaseError when it never does, and what
    `pause` raises."""
    for pause_s in RETRIES_S:
        try:
            return await act()
        except DatabaseError as error:
            logger.warning("A call waits for the database: %r", error)
        await pause(pause_s)
    return await act()
