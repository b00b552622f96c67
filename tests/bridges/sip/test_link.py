import asyncio
from pathlib import Path

import pytest

from bridges.errors import BridgeAuthFailed, ProtocolError
from bridges.sip import protocol as p
from bridges.sip.link import Link


@pytest.mark.parametrize(
    ("says", "raised"),
    [
        ([b"SSH-2.0\n"], ProtocolError),
        ([p.encode(p.Hello(version=1, nonce="n")), p.encode(p.Accepted(proof="guess"))], BridgeAuthFailed),
        ([p.encode(p.Hello(version=1, nonce="n")), p.encode(p.Denied(reason="no"))], BridgeAuthFailed),
    ],
    ids=["another", "guessing", "denying"],
)
async def test_a_process_that_does_not_know_the_secret_is_not_believed(
    tmp_path: Path, says: list[bytes], raised: type[Exception]
) -> None:
    async def pretend(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"".join(says))
        writer.close()

    place = tmp_path / "control"
    async with await asyncio.start_unix_server(pretend, place):
        with pytest.raises(raised):
            await Link.open(f"unix:{place}", "secret", lambda _event: None)
