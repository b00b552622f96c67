"""The same code with PostgreSQL and Redis, as in a farm."""

import json
from pathlib import Path

import pytest

from tests.house import RunningServer, children_of, running_server

pytestmark = pytest.mark.interop

IDLE_SUBSCRIPTION = """
import asyncio
from channels.layers import get_channel_layer

async def hear():
    layer = get_channel_layer()
    name = await layer.new_channel()
    await layer.group_add("conference.7", name)
    hearing = asyncio.ensure_future(layer.receive(name))
    await asyncio.wait([hearing], timeout=6)
    await layer.group_send("conference.7", {"type": "told", "seq": 1})
    print((await asyncio.wait_for(hearing, 5))["seq"])
    await layer.flush()

asyncio.run(hear())
"""

ONE_TRY = "from auth_gateway.throttle import throttle_check; print(throttle_check('mallory', 1, 60, 1.0))"


def test_a_server_of_a_farm_is_healthy(tmp_path: Path, postgres: str, redis_url: str) -> None:
    with running_server(tmp_path, DATABASE_URL=postgres, REDIS_URL=redis_url) as server:
        status, body = server.get("/healthz")
        assert status == 200, body
        assert json.loads(body)["checks"]["database"] == "ok"
        assert not children_of(server.pid), "a farm's workers are started on their own"


def test_a_quiet_subscription_lives_longer_than_the_timeout_of_the_client(
    tmp_path: Path, redis_url: str
) -> None:
    assert RunningServer(tmp_path, {"REDIS_URL": redis_url}).shell(IDLE_SUBSCRIPTION) == "1"


def test_tries_are_counted_across_processes(tmp_path: Path, redis_url: str) -> None:
    farm = RunningServer(tmp_path, {"REDIS_URL": redis_url})
    answers = [farm.shell(ONE_TRY) for _ in range(2)]
    assert answers == ["True", "False"]
