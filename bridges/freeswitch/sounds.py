"""Prompts for a FreeSWITCH that may be anywhere: it fetches them by HTTP (mod_httapi) and keeps them.

A file's address is the hash of its content, so nobody guesses one, and what is cached is never wrong.
"""

import asyncio
import hashlib
import wave
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from bridges.errors import InvalidValue
from bridges.freeswitch.values import authority

RATES = (8000, 16_000)
A_MONTH_S = 30 * 24 * 3600


class SoundShelf:
    def __init__(self, listen_address: str, our_host: str, port: int) -> None:
        self._listen_address, self._our_host, self.port = listen_address, our_host, port
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

    async def address(self, files: Sequence[Path]) -> str:
        """What FreeSWITCH is to play to say them one after the other (mod_dptools' `file_string`). Raises
        InvalidValue if one is no WAV, mono, 16 bit, 8 or 16 kHz."""
        names = [await asyncio.to_thread(self._named, file) for file in files]
        host = authority(self._our_host, self.port)
        return "file_string://" + "!".join(f"http://{host}/{name}" for name in names)

    def _named(self, file: Path) -> str:
        try:
            version = (file, file.stat().st_mtime_ns)
            if version not in self._names:
                _check(file)
                self._names[version] = f"{hashlib.sha256(file.read_bytes()).hexdigest()}.wav"
        except (OSError, EOFError, wave.Error) as error:
            raise InvalidValue(f"{file.name} is no WAV file, mono, 16 bit, 8 or 16 kHz") from error
        self._files[self._names[version]] = file
        return self._names[version]

    async def _give(self, request: web.Request) -> web.StreamResponse:
        file = self._files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file, headers={"Cache-Control": f"max-age={A_MONTH_S}, immutable"})


def _check(file: Path) -> None:
    with wave.open(str(file)) as sound:
        if (sound.getnchannels(), sound.getsampwidth()) != (1, 2) or sound.getframerate() not in RATES:
            raise wave.Error
