from typing import get_args

from bridges import events
from bridges.events import AnyBridgeEvent, BridgeEvent, LegEvent


def test_every_event_is_one_of_any() -> None:
    kinds = {
        kind
        for kind in vars(events).values()
        if isinstance(kind, type) and issubclass(kind, BridgeEvent) and kind not in (BridgeEvent, LegEvent)
    }
    assert kinds == set(get_args(AnyBridgeEvent))
