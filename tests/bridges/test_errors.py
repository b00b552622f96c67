import pytest

from bridges.errors import BridgeError, DialFailed, NotSupported, RoomNotFound
from bridges.types import EndCause


@pytest.mark.parametrize("kind", [NotSupported("lock"), DialFailed(EndCause.BUSY), RoomNotFound()])
def test_whoever_expects_a_bridges_error_gets_it(kind: BridgeError) -> None:
    assert isinstance(kind, BridgeError)


def test_they_say_what_they_are_about() -> None:
    assert NotSupported("lock").capability == "lock"
    assert DialFailed(EndCause.BUSY).cause is EndCause.BUSY
    assert str(DialFailed(EndCause.BUSY)) == "busy"
