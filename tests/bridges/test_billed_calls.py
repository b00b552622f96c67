"""Calls as billing has them: of a process's real conference, with a simulated bridge."""

from typing import Any

from billing.models import Kind, Record
from billing.services import conference_bill
from conferences.core.words import LegKind
from conferences.journal import crossing
from conferences.models import Conference, Room
from tests.bridges.town import PIN, Town


async def test_a_host_says_by_phone_what_the_conference_goes_under(town: Town) -> None:
    await crossing(wants_code)(town.room)
    host = town.calls(f"{town.room.code}#*{PIN}#", caller="+4930999")
    await host.hears("enter_billing_code")
    host.presses("12#")
    await host.hears("billing_code_wrong", "enter_billing_code")
    host.presses("4711#")
    await host.is_in(town.room.code)
    await town.becomes(lambda state: state.billing_code == "4711", "it goes under the code")


async def test_after_three_wrong_billing_codes_nobody_is_host_by_phone(town: Town) -> None:
    await crossing(wants_code)(town.room)
    host = town.calls(f"{town.room.code}#*{PIN}#", caller="+4930999")
    for _try in range(3):
        await host.hears("enter_billing_code")
        host.presses("12#")
        await host.hears("billing_code_wrong")
    await host.is_over()


async def test_guests_are_asked_nothing(town: Town) -> None:
    await crossing(wants_code)(town.room)
    guest = town.calls(f"{town.room.code}##")
    await guest.hears("wait_for_host")


async def test_web_and_phone_of_one_person_are_one_row(town: Town) -> None:
    alice, bob = await town.site.joins("alice"), await town.site.joins("bob")
    guest = await town.guest()
    caller = town.participant(guest).id
    alice.asks("call.merge", participant=caller, into="bob")
    await town.becomes(lambda state: caller not in state.participants, "bob has a phone")
    await town.becomes(lambda state: state.has_leg("bob", LegKind.PHONE), "it came back as bob's")
    town.site.now.time += 300_000
    guest.hangs_up()
    await town.becomes(lambda state: not state.calls, "the call is over")
    alice.asks("conference.end")
    await bob.is_over()
    legs = await crossing(billed)()
    assert sorted((leg["participant"], leg["type"]) for leg in legs) == [
        ("alice", "web"),
        ("bob", "dialin"),
        ("bob", "web"),
    ]
    phone = next(leg for leg in legs if leg["type"] == "dialin")
    web = next(leg for leg in legs if leg["id"] == phone["sibling"])
    assert (web["participant"], web["sibling"], web["person"]) == ("bob", phone["id"], phone["person"])
    assert (phone["caller"], phone["dialled"], phone["bridge"]) == ("+4930111", "+4930222", "sim")
    assert (phone["duration_s"], web["duration_s"]) == (300, 300)
    assert (phone["cause"], phone["display_name"], phone["answered_at"] > 0) == ("normal", "Bob", True)


def wants_code(room: Room) -> None:
    room.asks_billing_code, room.billing_codes = "mandatory", "4711"
    room.save()


def billed() -> list[dict[str, Any]]:
    conference_bill(Conference.objects.get(ended_at__isnull=False).pk, targets=[])
    return list(Record.objects.filter(kind=Kind.LEG).values_list("body", flat=True))
