"""A call inside a conference: keys, and what others do to a caller."""

from pathlib import Path

import pytest
from msgspec import structs

from bridges.events import AnyBridgeEvent, LegPlayed
from bridges.models import KnownNumber
from bridges.prompts import Prompts
from bridges.types import Quality
from conferences.core.words import LegKind, Role
from conferences.journal import crossing
from tests.bridges.patience import until
from tests.bridges.town import Hand, Town
from tests.conferences.doubles import Tab


@pytest.fixture
async def alice(town: Town) -> Tab:
    """The host, in a browser."""
    return await town.site.joins("alice")


@pytest.fixture
async def guest(town: Town, alice: Tab) -> Hand:
    guest = await town.guest()
    await guest.hears("entered")
    return guest


@pytest.fixture
async def host(town: Town) -> Hand:
    """By phone."""
    host = await town.host()
    await host.hears("entered")
    return host


async def test_six_mutes_and_lets_speak_again(town: Town, guest: Hand) -> None:
    assert town.participant(guest).microphone
    guest.presses("*6")
    await guest.hears("muted")
    await guest.is_muted(True)
    assert not town.participant(guest).microphone
    guest.presses("*6")
    await guest.hears("unmuted")
    await guest.is_muted(False)


async def test_five_raises_the_hand_and_lowers_it(town: Town, guest: Hand) -> None:
    guest.presses("*5")
    await guest.hears("hand_raised")
    assert town.participant(guest).hand
    guest.presses("*5")
    await guest.hears("hand_lowered")
    assert not town.participant(guest).hand


async def test_four_is_louder_loudest_quieter_and_as_it_was_and_nobody_else_notices(
    town: Town, guest: Hand
) -> None:
    before = town.live.state
    for prompt, db in (("louder", 6), ("loudest", 12), ("quieter", -6), ("normal_volume", 0)):
        guest.presses("*4")
        await guest.hears(prompt)
        assert guest.phone.volume == db
    assert town.live.state == before


async def test_where_a_bridge_cannot_four_is_not_possible(town: Town, guest: Hand) -> None:
    town.bridge.capabilities = structs.replace(town.bridge.capabilities, volume=False)
    guest.presses("*4")
    await guest.hears("not_possible")


async def test_how_loud_a_caller_hears_is_theirs_wherever_they_are_and_whoever_they_become(
    town: Town, alice: Tab, guest: Hand
) -> None:
    guest.presses("*4")
    await guest.hears("louder")
    await town.bridge.leave(guest.leg)
    await guest.is_in(town.room.code)
    alice.asks("lobby.hold", participant=town.participant(guest).id)
    await guest.hears("held_back", "music")
    guest.presses("*4")
    await guest.hears("loudest", "music")
    alice.asks("lobby.admit", participant=town.participant(guest).id)
    await guest.is_in(town.room.code)
    await town.site.joins("bob")
    alice.asks("call.merge", participant=town.participant(guest).id, into="bob")
    await town.becomes(lambda state: state.has_leg("bob", LegKind.PHONE), "bob is on the phone")
    assert guest.phone.volume == 12
    guest.presses("*4")
    await guest.hears("quieter")


async def test_zero_helps_and_eight_leaves(town: Town, guest: Hand, host: Hand) -> None:
    guest.presses("*0")
    host.presses("*0")
    await guest.hears("help")
    await host.hears("help", "help_host")
    guest.presses("*8")
    await guest.hears("goodbye")
    await guest.is_over()
    await town.becomes(lambda state: len(state.calls) == 1, "the call is over")


async def test_a_guest_has_no_keys_of_hosts(guest: Hand) -> None:
    for key in "12379":
        guest.presses(f"*{key}")
        await guest.hears("hosts_only")


async def test_a_host_locks_counts_mutes_and_admits(town: Town, alice: Tab, guest: Hand, host: Hand) -> None:
    host.presses("*9")
    await host.hears("people_3")
    host.presses("*1")
    await host.hears("locked")
    late = town.calls(f"{town.room.code}##", caller="+4930555")
    await late.hears("door_locked")
    await late.is_over()
    host.presses("*1")
    await host.hears("unlocked")
    host.presses("*3")
    await host.hears("all_muted")
    await guest.is_muted(True)
    alice.asks("lobby.hold", participant=town.participant(guest).id)
    await guest.hears("held_back", "music")
    host.presses("*7")
    await host.hears("all_admitted")
    await guest.hears("entered_muted")
    await guest.is_in(town.room.code)


async def test_who_records_tells_everybody(town: Town, guest: Hand, host: Hand) -> None:
    host.presses("*2")
    await guest.hears("recorded")
    await host.hears("recorded")
    late = await town.guest(caller="+4930555")
    await late.hears("entered", "recorded")
    host.presses("*2")
    await guest.hears("recording_stopped")


async def test_a_recording_that_begins_at_the_entry_is_told_inside(
    town: Town, alice: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[AnyBridgeEvent] = []
    tell = town.bridge._tell  # noqa: SLF001 - its words are longer than we can wait

    def says_long_words(event: AnyBridgeEvent) -> None:
        (held.append if isinstance(event, LegPlayed) else tell)(event)

    monkeypatch.setattr(town.bridge, "_tell", says_long_words)
    guest = town.calls(f"{town.room.code}##")
    await guest.hears("entered")
    alice.asks("recording.start")
    await alice.screen.shows("recording.started")
    tell(held[-1])
    await guest.hears("recorded")
    await guest.is_in(town.room.code)


async def test_a_host_mutes_renames_and_removes(town: Town, alice: Tab, guest: Hand) -> None:
    who = town.participant(guest).id
    alice.asks("microphone.mute", participant=who)
    await guest.hears("muted")
    await guest.is_muted(True)
    alice.asks("participant.rename", participant=who, name="Zoe")
    await town.becomes(lambda state: state.participants[who].name == "Zoe", "renamed")
    alice.asks("microphone.ask", participant=who)
    await guest.hears("asked_to_speak")
    alice.asks("participant.remove", participant=who)
    await guest.hears("removed")
    await guest.is_over()
    again = town.calls(f"{town.room.code}##")
    await again.hears("entered")  # another call is somebody else, as another browser is


async def test_a_caller_waits_in_the_lobby_and_can_only_ask_for_help(
    town: Town, alice: Tab, guest: Hand
) -> None:
    alice.asks("lobby.hold", participant=town.participant(guest).id)
    await guest.hears("held_back", "music")
    await guest.is_in("")
    guest.presses("*6")
    await guest.hears("not_possible", "music")
    guest.presses("*0")
    await guest.hears("help", "music")
    alice.asks("lobby.admit", participant=town.participant(guest).id)
    await guest.hears("entered")
    await guest.is_in(town.room.code)


async def test_a_caller_is_somebody_who_is_here_by_web_and_then_two_again(
    town: Town, alice: Tab, guest: Hand
) -> None:
    bob = await town.site.joins("bob")
    caller = town.participant(guest).id
    alice.asks("call.merge", participant=caller, into="bob")
    await town.becomes(lambda state: state.participants["bob"].phone, "bob is on the phone")
    await town.becomes(lambda state: state.has_leg("bob", LegKind.PHONE), "his phone has come")
    guest.presses("*5")
    await guest.hears("hand_raised")
    assert town.state.participants["bob"].hand
    assert town.live.state.calls[guest.leg].origin == caller
    bob.asks("call.split")
    await town.becomes(lambda state: caller in state.participants, "they are two")
    guest.presses("*6")
    await guest.hears("muted")
    assert not town.participant(guest).microphone
    assert guest.leg in town.bridge.phones.calls


async def test_the_phone_of_who_is_here_by_web_too_is_hung_up_alone(
    town: Town, alice: Tab, guest: Hand
) -> None:
    await town.site.joins("bob")
    alice.asks("call.merge", participant=town.participant(guest).id, into="bob")
    await town.becomes(lambda state: state.participants["bob"].phone, "bob is on the phone")
    guest.hangs_up()
    await town.becomes(lambda state: not state.participants["bob"].phone, "by web alone")


async def test_who_comes_by_the_vendors_menu_is_heard_when_the_host_is_there(town: Town) -> None:
    caller = town.comes_by_menu()
    await caller.is_muted(True)
    assert town.participant(caller).role is Role.WAITING
    await town.site.joins("alice")
    await caller.is_muted(False)
    assert town.participant(caller).name == "+49 … 333"


async def test_who_is_in_the_bridges_room_and_not_let_in_is_hung_up_on(town: Town, alice: Tab) -> None:
    caller = town.comes_by_menu()
    await town.becomes(lambda state: caller.leg in state.calls, "here")
    alice.asks("lobby.hold", participant=town.participant(caller).id)
    await caller.is_over()


async def announced(town: Town, how: str) -> list[tuple[str, ...]]:
    """What is heard in the room when somebody comes and goes."""

    def wish() -> None:
        town.room.announce_callers = how
        town.room.save()

    await crossing(wish)()
    await town.host()
    guest = await town.guest()
    guest.hangs_up()
    await until(lambda: len(town.telephones.switchboard) == 1, "the guest is gone")
    return [sounds for _room, sounds in town.bridge.announced[1:]]


async def test_a_tone_tells_who_comes_and_goes(town: Town) -> None:
    assert await announced(town, "tone") == [("entry",), ("exit",)]


async def test_nothing_tells_it_where_nothing_shall(town: Town) -> None:
    town.bridge.announced.append(("", ()))
    assert await announced(town, "nothing") == []


async def test_the_name_tells_it(town: Town, tmp_path: Path) -> None:
    came, went = await announced(town, "name")
    name = Prompts(tmp_path, tmp_path).name_place("+49 … 111", "en")
    assert (came, went) == (("entry", name.stem), ("exit", name.stem))
    assert name.exists()


async def test_hold_and_a_bad_line_are_seen(town: Town, guest: Hand) -> None:
    town.bridge.phones.holds(guest.leg, True)
    await town.becomes(lambda _: town.participant(guest).held, "held")
    town.bridge.phones.measures(guest.leg, Quality(mos=2.0, loss_percent=12.0))
    await town.becomes(lambda _: town.participant(guest).line == "poor", "a bad line")


async def test_who_mutes_themselves_at_the_bridge_is_muted_here(town: Town, guest: Hand) -> None:
    await town.bridge.set_muted(guest.leg, True)
    await town.becomes(lambda _: not town.participant(guest).microphone, "muted")


async def test_who_falls_out_of_the_room_is_brought_back(town: Town, guest: Hand) -> None:
    await town.bridge.leave(guest.leg)
    await guest.is_in(town.room.code)


async def test_who_is_in_the_phone_book_has_a_name_and_pays(town: Town) -> None:
    def know() -> None:
        owner = town.room.owner
        owner.account, owner.billing_code = "ACME", "4711"
        owner.save()
        KnownNumber.objects.create(number="+4930777", user=owner)

    await crossing(know)()
    await town.host()
    guest = await town.guest(caller="030777")
    assert town.participant(guest).name == "Alice Archer"
    assert town.participant(guest).role is Role.GUEST
