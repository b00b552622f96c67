"""A caller's journey, carried out."""

from pathlib import Path

import pytest

from bridges.errors import NotSupported
from bridges.models import DialInNumber, KnownNumber, SpokenName
from bridges.prompts import Prompts
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


async def asks_names(town: Town) -> None:
    def ask() -> None:
        town.room.callers_say_names, town.room.announce_callers = True, "name"
        town.room.save()

    await crossing(ask)()


async def test_callers_say_who_they_are_and_hosts_and_rooms_hear_it(town: Town) -> None:
    await asks_names(town)
    host = town.calls(f"{town.room.code}#*{PIN}##", caller="+4930999")
    await host.is_in(town.room.code)
    caller = town.calls(f"{town.room.code}##")
    await caller.hears("say_name", "notice")
    await until(lambda: caller.phone.recording is not None, "it listens")
    town.bridge.phones.talks(caller.leg)
    caller.presses("#")
    await caller.is_in(town.room.code)

    me = town.participant(caller).id
    name = await crossing(SpokenName.objects.get)()
    assert town.state.spoken_names == {me: name.key}
    stem = Prompts(Path(), Path()).name_place(name.key, "").stem
    assert town.bridge.announced[-1] == (town.room.code, ("entry", stem))
    host.presses("*#")
    await host.hears("people_2", stem)
    caller.hangs_up()
    await until(lambda: town.bridge.announced[-1][1] == ("exit", stem), "they are called as they go")


async def test_silence_is_no_name(town: Town) -> None:
    await asks_names(town)
    caller = town.calls(f"{town.room.code}##")
    await until(lambda: caller.phone.recording is not None, "it listens")
    caller.presses("#")
    await caller.hears("wait_for_host")
    await town.becomes(lambda state: caller.leg in state.calls, "they are there")
    assert not town.state.spoken_names
    assert not await crossing(SpokenName.objects.exists)()


async def test_two_say_their_names_at_once_and_one_hangs_up(town: Town) -> None:
    await asks_names(town)
    one, other = (town.calls(f"{town.room.code}##", caller=f"+493011{n}") for n in (1, 2))
    for caller in (one, other):
        await until(lambda caller=caller: caller.phone.recording is not None, "it listens")  # type: ignore[misc] # bound now
        town.bridge.phones.talks(caller.leg)
    one.hangs_up()
    other.presses("#")
    await town.becomes(lambda state: state.spoken_names, "the other's is known")
    await until(lambda: len(town.telephones.switchboard) == 1, "one is gone")
    assert list(town.state.spoken_names) == [town.participant(other).id]


async def test_a_bridge_that_does_not_listen_after_all_lets_them_in(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_args: object) -> None:
        raise NotSupported("listens")

    await asks_names(town)
    monkeypatch.setattr(town.bridge, "record", refuses)
    caller = town.calls(f"{town.room.code}##")
    await caller.hears("wait_for_host")


async def test_who_is_in_the_phone_book_is_not_asked(town: Town) -> None:
    await asks_names(town)
    await crossing(KnownNumber.objects.create)(number="+4930111", name="Zoe")
    caller = town.calls(f"{town.room.code}##")
    await caller.hears("wait_for_host")
    assert "say_name" not in caller.phone.hears
