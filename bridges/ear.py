"""The receiving end of a caller's way to their conference: what a browser's websocket would get."""

import json
from collections.abc import Callable
from typing import Any

from conferences.sockets import Frame

_SIGNAL = b'{"signal"'


class Ear:
    """A `conferences.sockets.Writer`. Signals are for eyes, and are not read."""

    def __init__(self, hear: Callable[[dict[str, Any]], None], close: Callable[[int], None]) -> None:
        self._hear = hear
        self._close = close
        self._closed = False

    def write(self, frame: Frame) -> None:
        if self._closed or frame.text.startswith(_SIGNAL):
            return
        told = json.loads(frame.text)
        for message in told if isinstance(told, list) else [told]:
            self._hear(message)

    def offer(self, frame: Frame) -> bool:
        return True

    def close(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            self._close(code)
