"""Bridges as admins want them, kept."""

import pytest

from bridges import keeper as keeper_module
from bridges.base import AudioBridge
from bridges.errors import BridgeAuthFailed
from bridges.models import Bridge
from bridges.services import LEASE_MS
from conferences.journal import crossing
from tests.bridges.patience import until, within_patience
from tests.bridges.town import Town


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_module, "RETRIES_S", (0.01,))
    monkeypatch.setattr(keeper_module, "LOOK_S", 1000.0)


async def row(**changes: object) -> Bridge:
    def change() -> Bridge:
        bridge = Bridge.objects.get(key="sim")
        for name, value in changes.items():
            setattr(bridge, name, value)
        if changes:
            bridge.save()
        return bridge

    return await crossing(change)()


async def test_it_says_how_a_bridge_is(town: Town) -> None:
    assert ((await row()).works, (await row()).answer) == (True, "Connected.")
    town.bridge.goes_down("no power")
    await until(lambda: not town.telephones.keeper.count_up(), "down")
    async with within_patience("it is noted"):
        while ((await row()).works, (await row()).answer) != (False, "no power"):
            pass
    assert town.telephones.keeper.count() == 1
    assert town.telephones.keeper.works


async def test_a_changed_one_is_started_anew_and_one_switched_off_stopped(town: Town) -> None:
    keeper, first = town.telephones.keeper, town.bridge
    await row(config={"answers_after_s": 7})
    await keeper.look()
    await until(lambda: keeper.bridge("sim") not in (None, first), "another one")
    assert town.bridge.config.answers_after_s == 7
    await row(enabled=False)
    await keeper.look()
    assert keeper.bridge("sim") is None
    assert (await row()).server == ""


async def test_one_that_breaks_is_started_anew_and_its_calls_are_told_gone(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    host, first = await town.host(), town.bridge
    first._told.put_nowait(object())  # type: ignore[arg-type] # noqa: SLF001 - it has gone mad
    await until(lambda: town.bridge is not first and town.telephones.keeper.count_up(), "another one")
    await town.becomes(lambda state: host.leg not in state.calls, "its calls are gone")
    assert "is started anew" in caplog.text


async def test_a_wrong_password_is_said_and_tried_again(town: Town) -> None:
    make, tries = town.make, 0

    def fails_once(kind: str, key: str, fields: object) -> AudioBridge:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise BridgeAuthFailed("It does not accept our password.")
        return make(kind, key, {})

    town.make = fails_once
    await row(label="anew")
    await town.telephones.keeper.look()
    await until(lambda: tries == 2 and town.telephones.keeper.count_up(), "tried again")


async def test_another_server_keeps_it_when_this_one_is_not_heard_of(town: Town) -> None:
    await row(server="other", kept_at=town.site.now())
    await town.telephones.keeper.look()
    assert town.telephones.keeper.bridge("sim") is None
    town.site.now.time += LEASE_MS
    await town.telephones.keeper.look()
    await until(town.telephones.keeper.count_up, "kept again")
    assert (await row()).server == "server-1"


async def test_a_database_that_is_away_keeps_nobody_from_leaving(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**_: object) -> None:
        raise OSError("no database")

    with monkeypatch.context() as away:
        away.setattr("bridges.services.bridge_release", fails)
        await town.telephones.keeper.stop()
    assert town.telephones.keeper.count() == 0
    assert "Bridge sim could not be given up." in caplog.text


async def test_a_database_that_is_away_leaves_bridges_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = await town.host()

    def fails() -> list[Bridge]:
        raise OSError("no database")

    with monkeypatch.context() as away:
        away.setattr("bridges.selectors.bridges_enabled", fails)
        with pytest.raises(OSError, match="no database"):
            await town.telephones.keeper.look()
    assert town.telephones.keeper.count_up() == 1
    host.presses("*5")
    await host.hears("hand_raised")
