"""`Adapter`: one type of bridge, two ways to it."""

from bridges.asterisk.bridge import AsteriskBridge
from bridges.asterisk.confbridge import ConfBridge
from bridges.asterisk.config import Config, Mode
from bridges.asterisk.stasis import Stasis

MODES: dict[Mode, type[AsteriskBridge]] = {Mode.AMI: ConfBridge, Mode.ARI: Stasis}


def Adapter(key: str, config: Config) -> AsteriskBridge:  # noqa: N802 - called like the class of other folders
    return MODES[config.mode](key, config)
