"""Prompts for an Asterisk that may be anywhere: it fetches them by HTTP (`res_http_media_cache`) and keeps
them.

A file's address is the hash of its content, so nobody guesses one, and what is cached is never wrong.
"""

import asyncio
import hashlib
import wave
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from bridges.asterisk.values import authority
from bridges.errors import InvalidValue

ENDINGS = {8000: "wav", 16_000: "wav16"}
"""Asterisk's names of WAV files by their rate."""
A_MONTH_S = 30 * 24 * 3600
HEADERS = {
    "Cache-Control": f"max-age={A_MONTH_S}, immutable",
    "Content-Type": "application/octet-stream",
}
"""Asterisk 22 takes whatever is called audio/wav for 8 kHz; of this type it believes the address."""


class SoundShelf:
    def __init__(self, listen_address: str, our_host: str, port: int) -> None:
        self._listen_address, self._our_host, self._port = listen_address, our_host, port
        self._files: dict[str, Path] = {}
        self._names: dict[tuple[Path, int], str] = {}
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Raises OSError if the port is taken."""
        app = web.Application()
        app.router.add_get("/{name}", self._give)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._listen_address, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def addresses(self, files: Sequence[Path]) -> list[str]:
        """Where Asterisk finds these files. Raises InvalidValue if one is no WAV, mono, 16 bit, 8 or
        16 kHz."""
        names = [await asyncio.to_thread(self._named, file) for file in files]
        return [f"http://{authority(self._our_host, self._port)}/{name}" for name in names]

    def _named(self, file: Path) -> str:
        try:
            version = (file, file.stat().st_mtime_ns)
            if version not in self._names:
                ending = ENDINGS[_rate(file)]
                self._names[version] = f"{hashlib.sha256(file.read_bytes()).hexdigest()}.{ending}"
        except (OSError, EOFError, KeyError, wave.Error) as error:
            raise InvalidValue(f"{file.name} is no WAV file, mono, 16 bit, 8 or 16 kHz") from error
        self._files[self._names[version]] = file
        return self._names[version]

    async def _give(self, request: web.Request) -> web.StreamResponse:
        file = self._files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file, headers=HEADERS)


def _rate(file: Path) -> int:
    """0 if it is not mono with 16 bit."""
    with wave.open(str(file)) as sound:
        return sound.getframerate() if (sound.getnchannels(), sound.getsampwidth()) == (1, 2) else 0
