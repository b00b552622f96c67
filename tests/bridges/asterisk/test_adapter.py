"""One type of bridge, two ways to it."""

from bridges.asterisk.adapter import Adapter
from bridges.asterisk.confbridge import ConfBridge
from bridges.asterisk.config import Config, Mode
from bridges.asterisk.stasis import Stasis


def config(mode: Mode) -> Config:
    return Config(host="127.0.0.1", username="meetingserver", password="secret", mode=mode)


async def test_the_mode_decides_who_speaks_with_asterisk() -> None:
    assert isinstance(Adapter("pbx", config(Mode.AMI)), ConfBridge)
    assert isinstance(Adapter("pbx", config(Mode.ARI)), Stasis)
