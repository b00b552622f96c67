"""One call, from its first ring to its end."""

from pathlib import Path

from pytest_django import Settings

from bridges.models import CallRecord
from bridges.types import EndCause
from conferences.core.words import Role, Status
from conferences.journal import crossing
from conferences.models import Room
from meetingserver.branding.choosing import current
from tests.bridges.patience import until
from tests.bridges.town import PIN, Town
from tests.meetingserver.branding.conftest import shelved


async def test_a_caller_waits_with_music_until_a_host_opens_by_pin(town: Town) -> None:
    guest = town.calls()
    await guest.hears("welcome", "enter_code")
    guest.presses(f"{town.room.code}#")
    await guest.hears("enter_pin")
    guest.presses("#")
    await guest.hears("wait_for_host", "music")
    assert town.state.status is Status.WAITING
    host = town.calls(caller="+4930999")
    await host.hears("enter_code")
    host.presses(f"{town.room.code}#*{PIN}#")
    await host.hears("entered")
    await host.is_in(town.room.code)
    await guest.hears("entered")
    await guest.is_in(town.room.code)
    assert town.participant(host).role is Role.HOST
    assert town.participant(guest).name == "+49 … 111"
    assert (town.room.code, ("entry",)) in town.bridge.announced


async def test_three_wrong_codes_and_goodbye(town: Town) -> None:
    mallory = town.calls()
    for _ in range(3):
        await mallory.hears("enter_code")
        mallory.presses("123456780#")
        await mallory.hears("code_wrong")
    await mallory.hears("goodbye")
    await mallory.is_over()
    await until(lambda: not len(town.telephones.switchboard), "the call is forgotten")
    record = await town.record(mallory)
    assert record.cause == EndCause.BAD_PIN
    assert record.conference_id is None


async def test_who_hangs_up_is_gone_and_their_record_whole(town: Town) -> None:
    host = await town.host()
    guest = await town.guest()
    who = town.participant(guest).id
    guest.hangs_up()
    await town.becomes(lambda state: who not in state.participants, "the guest has left")
    record = await town.record(guest)
    assert (record.cause, record.direction, record.participant) == ("normal", "in", who)
    assert (record.caller, record.dialled, record.mos) == ("+4930111", "+4930222", 4.4)
    assert record.started_at
    assert record.joined_at
    assert record.ended_at
    assert list(town.state.calls) == [host.leg]


async def test_the_conference_ends_and_everybody_is_hung_up_on(town: Town) -> None:
    host = await town.host()
    guest = await town.guest()
    alice = await town.site.joins("alice")
    alice.asks("conference.end")
    await guest.hears("ended")
    await guest.is_over()
    await host.is_over()
    state = await town.last_state()
    assert state.status is Status.ENDED
    assert not state.calls

    def unfinished() -> int:
        return CallRecord.objects.filter(ended_at=None).count()

    await until(lambda: not len(town.telephones.switchboard), "all calls are over")
    assert await crossing(unfinished)() == 0


async def test_a_caller_hears_the_servers_brand_and_then_the_rooms(
    town: Town, tmp_path: Path, settings: Settings
) -> None:
    heard: list[str] = []

    def folders() -> list[Path]:
        heard.append(current().key)
        return []

    town.brands = folders
    with shelved(tmp_path, settings) as shelf:
        shelf.write("acme")
        await crossing(Room.objects.filter(pk=town.room.pk).update)(brand="acme", start_without_host=True)
        caller = town.calls()
        await caller.hears("enter_code")
        assert set(heard) == {"default"}
        caller.presses(f"{town.room.code}#")
        await caller.hears("enter_pin")
        caller.presses("#")
        await caller.is_in(town.room.code)
        assert heard[-1] == "acme"
