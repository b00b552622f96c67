"""*Test connection*, and simulated telephones by one click."""

import asyncio

import pytest

from bridges import trial
from bridges.models import AllowedDestination, Bridge, DialInNumber
from bridges.numbers import dialable
from bridges.simulator.adapter import Adapter
from bridges.simulator.config import Config
from bridges.trial import NOBODYS, connection_test, simulator_make
from bridges.types import Health
from tests.bridges.kept import kept

pytestmark = pytest.mark.django_db


def test_a_bridge_that_nobody_keeps_is_tested_by_an_own_connection() -> None:
    found = connection_test(Bridge(key="sim", type="simulator", label="Sim"))
    assert found == Health(works=True, answer="A simulated bridge with 0 calls.")


def test_a_bridge_that_is_kept_here_is_asked_itself() -> None:
    adapter = Adapter("sim", Config())
    with kept(adapter):
        adapter.phones.calls_us("+4930111", "+4930222")
        answer = connection_test(Bridge(key="sim", type="simulator", label="Sim")).answer
        assert answer == "A simulated bridge with 1 calls."


def test_what_does_not_fit_is_told_in_plain_words() -> None:
    bridge = Bridge(key="sim", type="simulator", label="Sim")
    bridge.config = {"answers_after_s": 100}
    assert "do not fit" in connection_test(bridge).answer
    bridge.sealed_config = "changed"
    assert "cannot be read" in connection_test(bridge).answer
    assert "no kind of bridge" in connection_test(Bridge(key="x", type="fax", label="x")).answer


def test_a_bridge_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "WITHIN_S", 0.01)

    class Silent(Adapter):
        async def check(self) -> Health:
            await asyncio.Event().wait()
            raise AssertionError

    with kept(Silent("sim", Config())):
        found = connection_test(Bridge(key="sim", type="simulator", label="Sim"))
    assert not found.works
    assert "did not answer" in found.answer


def test_a_simulator_is_made_once_and_stands_behind_real_bridges() -> None:
    Bridge.objects.create(key="trunk", type="sip", label="Trunk")
    made = simulator_make(language="de")
    assert simulator_make(language="en") == made
    assert made.config == {"answers_after_s": None}
    assert [bridge.key for bridge in Bridge.objects.all()] == ["trunk", "simulator"]
    number = DialInNumber.objects.get()
    assert (number.bridge, number.language) == (made, "de")
    number.full_clean()
    allowed = AllowedDestination.objects.get()
    allowed.full_clean()
    assert dialable(f"{NOBODYS}77", home="", allowed=[allowed.prefix]) == f"{NOBODYS}77"
