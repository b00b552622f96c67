"""What a server with phones runs, as a process: our conferences, and the adapter that leads the bridge's
calls. In place of the callers' journey, who dials a room is in it.

    python -m benchmarks.phones_load.hub ADDRESS CONFIG

Reads requests by lines, and answers each.

{"room", "offer"}     opens the room's conference with one browser in it: answers as the engine does
{"figures": true}     how late turns were, and what was missing between conferences and bridge
"""

import asyncio
import json
import sys
from typing import Any

import msgspec
import uvloop

from benchmarks.forwarding_load.engine import Nobody
from bridges import events as e
from bridges.rtp_leg import RtpMediaLeg
from bridges.sip import protocol as p
from bridges.sip.adapter import Adapter
from bridges.sip.link import Link
from bridges.sip.settings import Config
from conferences.media.contract import Source
from conferences.media.mixer import Mixer
from conferences.media.server import MediaServer
from conferences.media.space import AudioSpace


class Hub:
    def __init__(self, host: str, config: Config) -> None:
        self._config = config
        self._adapter = Adapter("bridge", config)
        self._server = MediaServer(host=host, port=0, public_addresses=[host])
        self._mixer = Mixer()
        self._legs: list[RtpMediaLeg] = []
        self._up = asyncio.Event()

    async def start(self) -> None:
        await self._server.start()
        await self._adapter.start()
        self._leading = asyncio.create_task(self._lead())
        await self._up.wait()

    async def close(self) -> None:
        self._leading.cancel()
        await self._adapter.stop()
        await self._server.close()

    async def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        return await self._figures() if "figures" in request else await self._open(**request)

    async def _lead(self) -> None:
        async for event in self._adapter.events():
            if isinstance(event, e.BridgeUp):
                self._up.set()
            elif isinstance(event, e.LegArrived):
                await self._adapter.join(event.leg, event.info.dialled)

    async def _open(self, room: str, offer: str) -> dict[str, Any]:
        leg = await self._adapter.attach_media(room)
        assert isinstance(leg, RtpMediaLeg)
        self._legs.append(leg)
        space = AudioSpace()
        space.attach("bridge", leg)
        router = self._server.router(room, listener=Nobody())
        router.seat(space)
        self._mixer.add(space)
        router.permit("browser", Source.MICROPHONE, True)
        return {"answer": await router.connect("browser", offer)}

    async def _figures(self) -> dict[str, Any]:
        link = await Link.open(
            self._config.process, self._config.process_secret, lambda _event: None, watches=True
        )
        status = msgspec.json.decode(await link.ask(p.AskStatus()), type=p.Status)
        link.close()
        stats = [leg.stats for leg in self._legs]
        return {
            "conferences": {"late_p99_ms": round(self._mixer.late_p99_ms, 2), "skipped": self._mixer.skipped},
            "bridge": msgspec.to_builtins(status),
            "between": {name: sum(counted[name] for counted in stats) for name in stats[0]},
        }


async def _serve(host: str, config: Config) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    hub = Hub(host, config)
    await hub.start()
    async for line in reader:
        sys.stdout.write(json.dumps(await hub.answer(json.loads(line))) + "\n")
        sys.stdout.flush()
    await hub.close()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1], msgspec.json.decode(sys.argv[2], type=Config)))
