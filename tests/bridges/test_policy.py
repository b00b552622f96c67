"""Who may come in by phone."""

import asyncio
import logging

import pytest
from django.contrib.auth.hashers import make_password

from bridges import policy as policy_module
from bridges.base import Admit, Again, InboundCall, Refuse
from bridges.models import KnownNumber
from bridges.policy import FAILURE_S, Answer, Policy
from bridges.types import EndCause
from conferences.journal import crossing
from conferences.models import Room
from tests.conferences.doubles import Watch

pytestmark = pytest.mark.django_db(transaction=True)

PIN = "246810"


class Pauses:
    """A pause that takes no time, and is remembered."""

    def __init__(self) -> None:
        self.ended: list[float] = []

    async def __call__(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.ended.append(seconds)


@pytest.fixture
async def room(aroom: Room) -> Room:
    aroom.host_pin = make_password(PIN)
    await crossing(aroom.save)()
    return aroom


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def policy(pauses: Pauses) -> Policy:
    return Policy(now=Watch(), pause=pauses)


def call(caller: str = "+4930111", bridge: str = "sim") -> InboundCall:
    return InboundCall(bridge=bridge, leg="a", caller=caller, dialled="+4930222")


async def tries(policy: Policy, times: int, code: str = "000000000", pin: str = "", **who: str) -> Answer:
    answer: Answer = Again()
    for _ in range(times):
        answer = await policy.admit(call(**who), code=code, pin=pin)
    return answer


async def test_the_code_lets_a_guest_in(policy: Policy, room: Room) -> None:
    assert await policy.admit(call(), code=room.code) == Admit(room=room.pk, code=room.code)


async def test_the_pin_lets_a_host_in(policy: Policy, room: Room) -> None:
    answer = await policy.admit(call(), code=room.code, pin=PIN)
    assert answer == Admit(room=room.pk, code=room.code, host=True)


async def test_whose_number_is_known_has_a_name_and_no_more_rights(policy: Policy, room: Room) -> None:
    def know() -> None:
        KnownNumber.objects.create(number="+4930111", user=room.owner)

    await crossing(know)()
    answer = await policy.admit(call(), code=room.code)
    assert answer == Admit(room=room.pk, code=room.code, name="Alice Archer", account="alice")


@pytest.mark.parametrize("code", ["", "1", "000000000", "-", "1234567890", "12345678x"])
async def test_a_wrong_code_is_wrong(policy: Policy, room: Room, code: str) -> None:
    assert await policy.admit(call(), code=code) == Again()


async def test_every_failure_takes_the_same_pause_and_success_none(
    policy: Policy, room: Room, pauses: Pauses
) -> None:
    assert await policy.admit(call(), code="000000000") == Again()
    assert await policy.admit(call(), code="000000000", pin=PIN) == Again()
    assert await policy.admit(call(), code=room.code, pin="000000") == Again()
    assert pauses.ended == [FAILURE_S] * 3


async def test_a_caller_who_tried_too_often_is_told_that_the_right_code_is_wrong(
    policy: Policy, room: Room
) -> None:
    await tries(policy, policy_module.TRIES_OF_ONE_CALLER)
    assert await policy.admit(call(), code=room.code) == Again()
    assert isinstance(await policy.admit(call("+4930999"), code=room.code), Admit)


async def test_who_knows_the_code_may_call_all_day(policy: Policy, room: Room) -> None:
    assert isinstance(await tries(policy, policy_module.TRIES_OF_ONE_CALLER + 5, room.code), Admit)


async def test_withheld_numbers_count_together(
    policy: Policy, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_module, "TRIES_OF_WITHHELD", 4)
    await tries(policy, 2, caller="")
    await tries(policy, 2, caller="anonymous")
    assert await policy.admit(call(""), code=room.code) == Again()
    assert isinstance(await policy.admit(call("", "other"), code=room.code), Admit)


async def test_a_bridge_has_its_limit(policy: Policy, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_module, "TRIES_OF_ONE_BRIDGE", 3)
    for number in range(3):
        await policy.admit(call(f"+4930{number}"), code="000000000")
    assert await policy.admit(call("+49309"), code=room.code) == Again()
    assert isinstance(await policy.admit(call("+49309", "other"), code=room.code), Admit)


async def test_the_installation_has_its_limit(
    policy: Policy, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_module, "TRIES_OF_ALL", 3)
    for number in range(3):
        await policy.admit(call(f"+4930{number}", f"b{number}"), code="000000000")
    assert await policy.admit(call("+49309", "other"), code=room.code) == Again()


async def test_a_rooms_pin_cannot_be_guessed_from_many_numbers(
    policy: Policy, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_module, "PINS_OF_ONE_ROOM", 3)
    for number in range(3):
        await policy.admit(call(f"+4930{number}"), code=room.code, pin="000000")
    assert await policy.admit(call("+49309"), code=room.code, pin=PIN) == Again()
    assert isinstance(await policy.admit(call("+49309"), code=room.code), Admit)


async def test_a_sign_in_service_may_decide(room: Room, pauses: Pauses) -> None:
    asked: list[tuple[str, str, str]] = []

    def ask(call: InboundCall, room: Room, pin: str) -> Answer | None:
        asked.append((call.caller, room.code, pin))
        return Refuse(EndCause.FORBIDDEN) if pin else None

    policy = Policy(now=Watch(), pause=pauses, ask_gateway=ask)
    assert isinstance(await policy.admit(call(), code=room.code), Admit)
    assert await policy.admit(call(), code=room.code, pin=PIN) == Refuse(EndCause.FORBIDDEN)
    assert asked == [("+4930111", room.code, ""), ("+4930111", room.code, PIN)]


async def asks(room: Room, asked: str, codes: str, *, known: str = "") -> None:
    def change() -> None:
        room.asks_billing_code, room.billing_codes, room.owner.billing_code = asked, codes, known
        room.save()
        room.owner.save()
        KnownNumber.objects.get_or_create(number="+4930111", user=room.owner)

    await crossing(change)()


async def host(policy: Policy, room: Room) -> Admit:
    answer = await policy.admit(call(), code=room.code, pin=PIN)
    assert isinstance(answer, Admit)
    return answer


async def test_hosts_are_asked_for_billing_codes_where_the_room_wants_them(
    policy: Policy, room: Room
) -> None:
    await asks(room, "mandatory", "47##")
    assert (await host(policy, room)).asks_billing_code == "mandatory"
    guest = await policy.admit(call(), code=room.code)
    assert isinstance(guest, Admit)
    assert guest.asks_billing_code == "no"
    assert await policy.billing_code_is_right(room.pk, "4711")
    assert not await policy.billing_code_is_right(room.pk, "4811")


async def test_what_is_known_of_a_host_goes_if_it_is_accepted(policy: Policy, room: Room) -> None:
    await asks(room, "mandatory", "47##", known="4712")
    assert await host(policy, room) == Admit(
        room=room.pk,
        code=room.code,
        host=True,
        name="Alice Archer",
        account="alice",
        billing_code="4712",
        asks_billing_code="optional",
    )
    await asks(room, "mandatory", "48##", known="4712")
    assert ((await host(policy, room)).billing_code, (await host(policy, room)).asks_billing_code) == (
        "",
        "mandatory",
    )
    await asks(room, "no", "", known="4712")
    assert (await host(policy, room)).billing_code == "4712"


async def test_what_was_pressed_is_not_logged(
    policy: Policy, room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await policy.admit(call(), code="987650000", pin="13579")
    assert "987650000" not in caplog.text
    assert "13579" not in caplog.text
