"""What a caller's client hears."""

from typing import Any

from bridges.ear import Ear
from conferences.sockets import frame


def test_messages_come_one_by_one_signals_not_at_all_and_nothing_after_the_end() -> None:
    heard: list[dict[str, Any]] = []
    codes: list[int] = []
    ear = Ear(heard.append, codes.append)
    ear.write(frame(b'{"seq":1,"event":null}'))
    ear.write(frame(b'[{"seq":2,"event":null},{"seq":3,"event":null}]'))
    ear.write(frame(b'{"signal":{"type":"pong"}}'))
    assert ear.offer(frame(b'{"signal":{"type":"drawing.motion"}}'))
    ear.close(4412)
    ear.close(4410)
    ear.write(frame(b'{"seq":4,"event":null}'))
    assert [message["seq"] for message in heard] == [1, 2, 3]
    assert codes == [4412]
