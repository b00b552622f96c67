"""The process of the embedded bridge, as `manage.py runbridge` starts it."""

import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from bridges.sip.settings import MOST_CALLS, Codec, Config, Settings, Srtp, Transport

_PORT = 15_060
_SECRET = secrets.token_hex()


class Bridge:
    """`process` is what costs. Phones call `port`, with G.711 and without encryption."""

    port = _PORT

    def __init__(self, host: str, core: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bridge-")
        self.config = Config(
            process=f"unix:{Path(self._folder.name) / 'control'}",
            process_secret=_SECRET,
            listen_address=host,
            port=_PORT,
            transports=(Transport.UDP,),
            codecs=(Codec.PCMU,),
            srtp=Srtp.OFF,
            max_calls=MOST_CALLS,
        )
        settings = Settings(control=self.config.process, secret=_SECRET, config=self.config)
        command = ["/usr/bin/taskset", "-c", str(core), sys.executable, "-m", "bridges.sip.process"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE)
        assert self.process.stdin is not None
        self.process.stdin.write(msgspec.json.encode(settings))
        self.process.stdin.close()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self._folder.cleanup()
