"""Our engine as a process: reads `{"peer", "offer", "permit"}` lines, writes `{"answer"}` lines."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence

import uvloop

from conferences.media.contract import Quality, SlotView, Source
from conferences.media.server import MediaServer


class Nobody:
    """A listener who does not care."""

    def slots_changed(self, peer: str, slots: Sequence[SlotView]) -> None: ...

    def speakers_changed(self, levels: Mapping[str, int]) -> None: ...

    def quality_changed(self, peer: str, quality: Quality) -> None: ...

    def peer_failed(self, peer: str) -> None: ...


async def _serve(address: str) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    server = MediaServer(host=address, port=0, public_addresses=[address])
    await server.start()
    router = server.router("load", listener=Nobody())
    async for line in reader:
        request = json.loads(line)
        for source in request["permit"]:
            router.permit(request["peer"], Source(source), True)
        answer = await router.connect(request["peer"], request["offer"])
        sys.stdout.write(json.dumps({"answer": answer}) + "\n")
        sys.stdout.flush()
    sys.stderr.write(f"{server.stats}\n")
    await server.close()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1]))
