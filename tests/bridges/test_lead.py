"""A caller's journey, carried out."""

import pytest

from bridges.models import DialInNumber
from bridges.types import EndCause
from conferences.journal import crossing
from tests.bridges.patience import until
from tests.bridges.town import PIN, Town


async def test_who_speaks_another_language_chooses_it(town: Town) -> None:
    def offer() -> None:
        DialInNumber.objects.update(further_languages=["de"])

    await crossing(offer)()
    caller = town.calls()
    await caller.hears("language_1", "language_2")
    caller.presses("2")
    await caller.hears("welcome", "enter_code")
    caller.presses(f"{town.room.code}#")
    await caller.hears("enter_pin")


async def test_a_wrong_pin_is_asked_again(town: Town) -> None:
    caller = town.calls(f"{town.room.code}#*000000#")
    await caller.hears("pin_wrong", "enter_pin")
    caller.presses("*246810#")
    await caller.is_in(town.room.code)


async def test_a_host_says_what_the_conference_goes_under(town: Town) -> None:
    def ask() -> None:
        town.room.asks_billing_code, town.room.billing_codes = "mandatory", "47##"
        town.room.save()

    await crossing(ask)()
    host = town.calls(f"{town.room.code}#*{PIN}#", caller="+4930999")
    await host.hears("enter_billing_code")
    host.presses("1#")
    await host.hears("billing_code_wrong", "enter_billing_code")
    host.presses("4711#")
    await host.is_in(town.room.code)
    await town.becomes(lambda state: state.billing_code == "4711", "it goes under that")


async def test_a_database_that_fails_ends_the_call_politely(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_args: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr("bridges.policy.throttle_check_all", fails)
    caller = town.calls("123456789#")
    await caller.hears("busy", "goodbye")
    await caller.is_over()
    assert "could not be checked" in caplog.text
    await until(lambda: not len(town.telephones.switchboard), "over")
    assert (await town.record(caller)).cause == EndCause.ERROR


async def test_a_bridge_that_plays_nothing_does_not_keep_a_call(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def says_nothing(*_args: object, **_more: object) -> str:
        return ""

    monkeypatch.setattr(town.bridge, "play", says_nothing)
    caller = town.calls()
    await caller.is_over()
