"""Bridges that are kept on an event loop, as the server does, for pages that are asked in tests' threads."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bridges import here
from bridges.base import AudioBridge


class Kept:
    """`here.Bridges`."""

    def __init__(self, bridges: dict[str, AudioBridge]) -> None:
        self._bridges = bridges

    def bridge(self, key: str) -> AudioBridge | None:
        return self._bridges.get(key)


@contextmanager
def kept(*bridges: AudioBridge) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> None:
        here.install(Kept({bridge.key: bridge for bridge in bridges}))

    async def end() -> None:
        for bridge in bridges:
            await bridge.stop()

    asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result()
        here.uninstall()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
