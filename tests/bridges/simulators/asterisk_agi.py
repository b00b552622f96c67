"""The application `AGI` of a simulated dialplan: it connects to whoever is to lead a call, and obeys."""

import asyncio
import shlex
from typing import Protocol

from tests.bridges.simulators.asterisk import Channel

STATES = {"Down": 0, "Ring": 4, "Ringing": 5, "Up": 6}
DEAD = "511 Command Not Permitted on a dead channel"


class Applications(Protocol):
    def answer(self, channel: Channel) -> None: ...

    def hang_up(self, channel: Channel) -> None: ...

    async def confbridge(self, channel: Channel, room: str) -> None:
        """Returns when it has left the room."""

    async def spy(self, channel: Channel, to: str) -> None:
        """Returns when it has left the ear."""


async def run_agi(applications: Applications, channel: Channel, port: int) -> None:
    """Until one or the other has enough. Raises OSError."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    about = {
        "request": "agi://127.0.0.1/",
        "channel": channel.name,
        "uniqueid": channel.id,
        "callerid": channel.caller or "unknown",
        "calleridname": "unknown",
        "dnid": "unknown" if channel.is_placed else channel.dialled,
        "extension": "lead",
    }
    writer.write("".join(f"agi_{name}: {value}\n" for name, value in about.items()).encode() + b"\n")
    watch = asyncio.create_task(_say_hangup(channel, writer))
    try:
        while line := await reader.readline():
            words = shlex.split(line.decode())
            answer = DEAD if channel.gone.is_set() else await _obeyed(applications, channel, words)
            writer.write(answer.encode() + b"\n")
    finally:
        watch.cancel()
        writer.close()


async def _say_hangup(channel: Channel, writer: asyncio.StreamWriter) -> None:
    await channel.gone.wait()
    writer.write(b"HANGUP\n")


async def _obeyed(applications: Applications, channel: Channel, words: list[str]) -> str:
    match words:
        case ["GET", "VARIABLE", name]:
            return f"200 result=1 ({channel.variables[name]})"
        case ["SET", "VARIABLE", name, value]:
            channel.variables[name] = value
        case ["CHANNEL", "STATUS"]:
            return f"200 result={STATES[channel.state]}"
        case ["HANGUP"]:
            applications.hang_up(channel)
        case ["ANSWER"]:
            applications.answer(channel)
        case _:
            return await _waited(applications, channel, words)
    return "200 result=1"


async def _waited(applications: Applications, channel: Channel, words: list[str]) -> str:
    """Commands that last."""
    works = True
    match words:
        case ["STREAM", "FILE", address, _]:
            works = await channel.play_from(address)
        case ["EXEC", "ConfBridge", room]:
            await applications.confbridge(channel, room)
        case ["EXEC", "ChanSpy", argument]:
            await applications.spy(channel, argument.split(",")[0])
        case _:
            return "510 Invalid or unknown command"
    return f"200 result={-1 if channel.gone.is_set() or not works else 0}"
