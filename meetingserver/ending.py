"""The orderly end of a server. Imports nothing of ours."""

import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)


async def end_all(*ends: Callable[[], Awaitable[None]]) -> None:
    """One after the other, also when one before it failed, which is logged."""
    for end in ends:
        try:
            await end()
        except Exception:
            logger.exception("The end was not orderly: %s failed.", end.__qualname__)
