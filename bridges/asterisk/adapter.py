"""`Adapter`: one kind of bridge, two ways to it."""

from typing import Any

from bridges.asterisk.bridge import AsteriskBridge
from bridges.asterisk.confbridge import ConfBridge
from bridges.asterisk.config import Config, Mode
from bridges.asterisk.stasis import Stasis

MODES: dict[Mode, type[AsteriskBridge]] = {Mode.AMI: ConfBridge, Mode.ARI: Stasis}


class Adapter(AsteriskBridge):
    """Becomes whichever the mode asks for."""

    def __new__(cls, key: str, config: Config) -> Any:
        return MODES[config.mode](key, config)
