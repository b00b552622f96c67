"""A server is started anew while somebody is on the phone at a SIP bridge that is a service of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bridges.models import Bridge, DialInNumber
from conferences.journal import crossing
from conferences.models import Room
from tests.bridges.sip_phones import Exchange
from tests.bridges.town import Town
from tests.interop.phones import LOCALHOST
from tests.interop.test_sip_contract import SECRET, Process, process

__all__ = ["process"]

pytestmark = [pytest.mark.interop, pytest.mark.django_db(transaction=True)]

HELLO = 700


@pytest.fixture
async def exchange(process: Process) -> AsyncIterator[Exchange]:
    exchange = await Exchange.open(process.phones, process.sip, {})
    yield exchange
    await exchange.close()


def furnish(room: Room, control: int) -> None:
    room.start_without_host = True
    room.save()
    bridge = Bridge(key="sip", type="sip", label="SIP")
    bridge.config = {"process": f"tcp://{LOCALHOST}:{control}", "process_secret": SECRET}
    bridge.save()
    DialInNumber.objects.create(number="+4930222", label="Berlin", country="DE", bridge=bridge, language="en")


async def test_who_stays_on_the_line_is_found_again(
    process: Process, exchange: Exchange, aroom: Room, tmp_path: Path
) -> None:
    await crossing(furnish)(aroom, process.control)
    town = Town(aroom, tmp_path)
    await town.opens("sip")
    anna = await exchange.call("+4930111", "+4930222")
    bert = await exchange.call("+4930112", "+4930222")
    for phone in (anna, bert):
        await phone.press(f"{aroom.code}##")
    await town.becomes(lambda state: len(state.calls) == 2, "both are there")
    calls = {call: known.participant for call, known in town.state.calls.items()}
    anna.talk(HELLO)
    await bert.ear.hears(HELLO)

    await town.closes()
    await bert.ear.hears(HELLO)
    town = Town(aroom, tmp_path)
    await town.opens("sip")
    await town.becomes(
        lambda state: state.calls and all(person.connected for person in state.participants.values()),
        "they are back",
    )
    assert {call: known.participant for call, known in town.state.calls.items()} == calls
    await bert.ear.hears(HELLO)
    await anna.press("*8")
    await anna.over()
    await town.becomes(lambda state: len(state.calls) == 1, "one has left by a key")
    await bert.hang_up()
    await town.closes()
