"""One kind of bridge, two ways to it."""

import pytest

from bridges.adapters import kinds, make_bridge
from bridges.asterisk.bridge import AsteriskBridge
from bridges.asterisk.confbridge import ConfBridge
from bridges.asterisk.stasis import Stasis


@pytest.mark.parametrize(("mode", "kind"), [("ami", ConfBridge), ("ari", Stasis)])
async def test_the_mode_decides_who_speaks_with_asterisk(mode: str, kind: type[AsteriskBridge]) -> None:
    fields = {"host": "127.0.0.1", "username": "meetingserver", "password": "secret", "mode": mode}
    bridge = make_bridge("asterisk", "pbx", fields)
    assert isinstance(bridge, kind)
    assert (bridge.key, bridge.type) == ("pbx", "asterisk")


def test_it_is_a_kind_that_admins_can_choose() -> None:
    kind = kinds()["asterisk"]
    assert kind.title == "Asterisk"
    assert kind.about
