import subprocess
import sys

import msgspec

from bridges.sip.baresip_stack import BaresipStack
from bridges.sip.process import stack_of
from bridges.sip.settings import Config, Settings
from bridges.sip.synthetic import SyntheticStack
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
