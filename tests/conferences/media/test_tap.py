"""Recording's place to listen; what it hears is tested in `test_publication`."""

from conferences.media.tap import Tap
from tests.conferences.media.house import Conference
from tests.conferences.media.test_publication import Recorder


async def test_a_tap_may_come_and_go_while_people_talk() -> None:
    conference = Conference()
    await conference.enter("bob")
    tap: Tap = Recorder()
    conference.router.tap = tap
    assert all(p.tap is tap for p in conference.connection("bob").publications)
    conference.router.tap = None
    assert all(p.tap is None for p in conference.connection("bob").publications)
