"""The end of what a server consists of."""

import pytest

from meetingserver.ending import end_all


async def test_what_fails_keeps_nothing_from_ending(caplog: pytest.LogCaptureFixture) -> None:
    ended = []

    async def fails() -> None:
        raise OSError("the database is away")

    async def ends() -> None:
        ended.append("journal")

    await end_all(fails, ends)
    assert ended == ["journal"]
    assert "fails failed." in caplog.text
    assert "the database is away" in caplog.text
