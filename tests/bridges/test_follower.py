"""What a conference wants of bridges."""

from collections.abc import Callable
from typing import Any

import pytest

from auth_gateway.models import Account
from bridges.models import AllowedDestination, Bridge, CallRecord
from conferences.core.calls import CallCause, DialStatus
from conferences.core.words import Role
from conferences.journal import crossing
from tests.bridges.patience import until
from tests.bridges.town import Town
from tests.conferences.doubles import Tab

ANSWERS, BUSY, REFUSES = "+4930123456", "+4930123486", "+4930123603"


@pytest.fixture
async def alice(town: Town) -> Tab:
    return await town.site.joins("alice")


async def failed(tab: Tab) -> dict[str, Any]:
    return await tab.screen.shows("call.failed")


async def test_a_host_calls_somebody_who_comes_in_at_once(town: Town, alice: Tab) -> None:
    alice.asks("conference.lock")
    alice.asks("call.dial", number="030 123456", name="Zoe")
    zoe = await town.rings(ANSWERS)
    await town.becomes(lambda state: state.dials[zoe.leg].status is DialStatus.RINGING, "it rings")
    town.bridge.phones.answers(zoe.leg)
    await zoe.hears("entered")
    await zoe.is_in(town.room.code)
    assert town.participant(zoe).name == "Zoe"
    assert town.participant(zoe).role is Role.GUEST
    assert not town.state.dials
    record = await town.record(zoe)
    assert (record.direction, record.dialled) == ("out", ANSWERS)
    assert record.answered_at
    assert record.joined_at


@pytest.mark.parametrize(("number", "cause"), [(BUSY, "busy"), (REFUSES, "rejected")])
async def test_what_becomes_of_a_call_is_told(town: Town, alice: Tab, number: str, cause: str) -> None:
    alice.asks("call.dial", number=number)
    called = await town.rings(number)
    await town.becomes(lambda state: state.dials[called.leg].status is DialStatus.RINGING, "it rings")
    town.bridge.phones.decides(called.leg)
    told = await failed(alice)
    assert (told["cause"], told["label"]) == (cause, f"+49 … {number[-3:]}")
    await until(lambda: not len(town.telephones.switchboard), "the call is over")
    assert (await town.record(called)).cause == cause


async def test_nobody_answers(town: Town, alice: Tab) -> None:
    alice.asks("call.dial", number=ANSWERS)
    called = await town.rings(ANSWERS)
    town.bridge.phones.gives_up(called.leg)
    assert (await failed(alice))["cause"] == "no_answer"


async def test_who_asked_gives_up(town: Town, alice: Tab) -> None:
    alice.asks("call.dial", number=ANSWERS)
    called = await town.rings(ANSWERS)
    await town.becomes(lambda state: state.dials, "it is placed")
    alice.asks("call.cancel", call=called.leg)
    await called.is_over()
    assert (await failed(alice))["cause"] == "cancelled"


async def test_call_me_gives_ones_browser_a_phone(town: Town, alice: Tab) -> None:
    alice.asks("call.dial", number=ANSWERS, to_me=True)
    called = await town.rings(ANSWERS)
    town.bridge.phones.answers(called.leg)
    await called.is_in(town.room.code)
    person = town.participant(called)
    assert (person.id, person.phone, person.web) == ("alice", True, True)
    alice.asks("call.split", hang_up=True)
    await called.is_over()
    await town.becomes(lambda state: not state.participants["alice"].phone, "by web alone")


async def test_the_conference_ends_while_it_rings(town: Town, alice: Tab) -> None:
    alice.asks("call.dial", number=ANSWERS)
    called = await town.rings(ANSWERS)
    await town.becomes(lambda state: state.dials, "it is placed")
    alice.asks("conference.end")
    await called.is_over()


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        ("0900 1234567", CallCause.FORBIDDEN),
        ("+33 1 23456789", CallCause.FORBIDDEN),
        ("12", CallCause.INVALID_NUMBER),
    ],
)
async def test_dear_far_and_wrong_numbers_are_not_called(
    town: Town, alice: Tab, number: str, cause: CallCause
) -> None:
    alice.asks("call.dial", number=number)
    assert (await failed(alice))["cause"] == cause
    assert not town.bridge.phones.calls


async def test_a_room_may_call_where_others_may_not(town: Town, alice: Tab) -> None:
    def allow() -> None:
        AllowedDestination.objects.create(prefix="+33", room=town.room)

    await crossing(allow)()
    alice.asks("call.dial", number="+33 1 23456789")
    await town.rings("+33123456789")


async def test_without_a_bridge_that_calls_there_is_no_line(town: Town, alice: Tab) -> None:
    town.bridge.goes_down()
    await until(lambda: not town.telephones.keeper.count_up(), "the bridge is down")
    alice.asks("call.dial", number=ANSWERS)
    assert (await failed(alice))["cause"] == "congestion"


@pytest.mark.parametrize("who_says_no", ["room", "customer"])
async def test_dialling_out_only_where_room_and_customer_allow(town: Town, who_says_no: str) -> None:
    def forbid() -> None:
        owner = town.room.owner
        if who_says_no == "room":
            town.room.dial_out = "nobody"
            town.room.save()
        else:
            Account.objects.create(code="ACME", may_dial_out=False)
            owner.account = "ACME"
            owner.save()

    await crossing(forbid)()
    alice = await town.site.joins("alice")
    alice.asks("call.dial", number=ANSWERS)
    assert (await alice.hears("refused"))["refused"] == "calling_off"


async def count(objects: Callable[[], int]) -> int:
    return await crossing(objects)()


async def test_one_media_leg_from_the_first_caller_to_the_last(town: Town, alice: Tab) -> None:
    first = await town.guest()
    second = await town.guest(caller="+4930112")
    await until(lambda: town.room.code in town.bridge.media, "attached")
    assert len(town.telephones.media) == 1
    first.hangs_up()
    await town.becomes(lambda state: len(state.calls) == 1, "one is left")
    assert town.room.code in town.bridge.media
    second.hangs_up()
    await until(lambda: town.room.code not in town.bridge.media, "detached")
    assert len(town.telephones.media) == 0


async def test_a_bridge_that_may_not_place_calls_is_not_asked(town: Town, alice: Tab) -> None:
    def forbid() -> None:
        bridge = Bridge.objects.get()
        bridge.dials_out = False
        bridge.save()

    await crossing(forbid)()
    await town.telephones.keeper.look()
    alice.asks("call.dial", number=ANSWERS)
    assert (await failed(alice))["cause"] == "congestion"
    assert await count(CallRecord.objects.count) == 0
