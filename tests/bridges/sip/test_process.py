import asyncio
import subprocess
import sys
from pathlib import Path

import msgspec

from bridges.sip.baresip_stack import BaresipStack
from bridges.sip.process import BridgeProcess, stack_of
from bridges.sip.settings import Config, Settings
from bridges.sip.synthetic import SyntheticStack
from bridges.types import EndCause
from tests.bridges.patience import until
from tests.house import ROOT


def test_the_stack_is_real_unless_callers_are_made_up() -> None:
    settings = Settings(control="unix:/tmp/none", secret="s", config=Config())
    assert isinstance(stack_of(settings), BaresipStack)
    assert isinstance(stack_of(msgspec.structs.replace(settings, synthetic_callers=1)), SyntheticStack)


def test_it_ends_when_its_server_is_not_its_parent() -> None:
    settings = Settings(control="unix:/tmp/none", secret="s", config=Config(), parent=1)
    ended = subprocess.run(
        [sys.executable, "-m", "bridges.sip.process"],
        input=msgspec.json.encode(settings), cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert b"The server has gone." in ended.stderr


async def test_outdated_settings_serve_until_the_last_call_has_ended(tmp_path: Path) -> None:
    settings = Settings(control=f"unix:{tmp_path}/sip", secret="s", config=Config(), synthetic_callers=1)
    bridge = BridgeProcess(settings)
    bridge.switchboard.is_led = True
    running = asyncio.create_task(bridge.run(asyncio.Event()))
    await until(lambda: bridge.switchboard.calls, "somebody calls")
    bridge.outdate()
    await asyncio.sleep(0)
    assert not running.done()
    await bridge.switchboard.hang_up_all(EndCause.NORMAL)
    await running
