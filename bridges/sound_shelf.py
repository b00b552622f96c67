"""Prompts for a server that may be anywhere: it fetches them by HTTP and keeps them.

A file's address is the hash of its content, so nobody guesses one, and what is cached is never wrong.
"""

import asyncio
import hashlib
import wave
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import web

from bridges.errors import InvalidValue
from bridges.values import authority

A_MONTH_S = 30 * 24 * 3600


class SoundShelf:
    """`endings` are the vendor's names of WAV files, by their rate in Hz."""

    def __init__(
        self,
        listen_address: str,
        our_host: str,
        port: int,
        *,
        endings: Mapping[int, str],
        content_type: str = "audio/wav",
    ) -> None:
        self._listen_address, self._our_host, self.port = listen_address, our_host, port
        self._endings = endings
        self._headers = {"Cache-Control": f"max-age={A_MONTH_S}, immutable", "Content-Type": content_type}
        self._files: dict[str, Path] = {}
        self._names: dict[tuple[Path, int], str] = {}
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Harmless when it is open. Raises OSError if the port is taken."""
        if self._runner:
            return
        app = web.Application()
        app.router.add_get("/{name}", self._give)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._listen_address, self.port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner, self.port = runner, runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def addresses(self, files: Sequence[Path]) -> list[str]:
        """Where the vendor finds these files. Raises InvalidValue if one is no WAV, mono, 16 bit, 8 or
        16 kHz."""
        names = [await asyncio.to_thread(self._named, file) for file in files]
        return [f"http://{authority(self._our_host, self.port)}/{name}" for name in names]

    def _named(self, file: Path) -> str:
        try:
            version = (file, file.stat().st_mtime_ns)
            if version not in self._names:
                ending = self._endings[_rate(file)]
                self._names[version] = f"{hashlib.sha256(file.read_bytes()).hexdigest()}.{ending}"
        except (OSError, EOFError, KeyError, wave.Error) as error:
            raise InvalidValue(f"{file.name} is no WAV file, mono, 16 bit, 8 or 16 kHz") from error
        self._files[self._names[version]] = file
        return self._names[version]

    async def _give(self, request: web.Request) -> web.StreamResponse:
        file = self._files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file, headers=self._headers)


def _rate(file: Path) -> int:
    """0 if it is not mono with 16 bit."""
    with wave.open(str(file)) as sound:
        return sound.getframerate() if (sound.getnchannels(), sound.getsampwidth()) == (1, 2) else 0
