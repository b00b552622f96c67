"""Our conferences as a process: reads requests by lines, answers each.

{"room", "leg": [host, port]}     a bridge's leg: answers where it is to send
{"room", "peer", "offer"}         a browser: answers as the engine does
{"late": true}                    how late the mixer's turns were
"""

import asyncio
import json
import sys
from typing import Any

import uvloop

from benchmarks.forwarding_load.engine import Nobody
from bridges.codecs import L16
from bridges.rtp_leg import RtpMediaLeg
from conferences.media.contract import Source
from conferences.media.mixer import Mixer
from conferences.media.server import MediaServer
from conferences.media.space import AudioSpace


class Hub:
    def __init__(self, host: str, server: MediaServer) -> None:
        self._host, self._server = host, server
        self._mixer = Mixer()

    async def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if "late" in request:
            return {"late_p99_ms": self._mixer.late_p99_ms, "skipped": self._mixer.skipped}
        router = self._server.router(request["room"], listener=Nobody())
        if "offer" in request:
            router.permit(request["peer"], Source.MICROPHONE, True)
            return {"answer": await router.connect(request["peer"], request["offer"])}
        leg = RtpMediaLeg(self._host, codec=L16, payload_type=96)
        leg.connect(tuple(request["leg"]))
        space = AudioSpace()
        space.attach("bridge", leg)
        router.seat(space)
        self._mixer.add(space)
        return {"address": leg.address}


async def _serve(host: str) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    server = MediaServer(host=host, port=0, public_addresses=[host])
    await server.start()
    hub = Hub(host, server)
    async for line in reader:
        sys.stdout.write(json.dumps(await hub.answer(json.loads(line))) + "\n")
        sys.stdout.flush()
    await server.close()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1]))
