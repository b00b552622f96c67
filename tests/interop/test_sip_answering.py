"""What FreeSWITCH's calls to us meet, called by a telephone whose SIP and RTP others wrote."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest

from bridges.freeswitch.answering import Answerer
from tests.bridges.rig import speaking
from tests.interop.phones import OurPhones

pytestmark = pytest.mark.interop

NAME = "fs_media_0123456789abcdef"
PHONE, WEB = 700.0, 440.0


@asynccontextmanager
async def answering() -> AsyncIterator[Answerer]:
    answerer = Answerer("127.0.0.1", "127.0.0.1", 0, accepts={"127.0.0.1"}.__contains__)
    await answerer.open()
    try:
        yield answerer
    finally:
        answerer.close()


@pytest.mark.parametrize("codec", ["pcmu", "pcma"])
async def test_a_call_brings_sound_both_ways(codec: str) -> None:
    async with answering() as answerer, OurPhones.open() as phones:
        expected = answerer.expect(NAME)
        phone = await phones.answered(f"sip:{answerer.address_of(NAME)}", PHONE, codec=codec)
        with closing(await expected) as leg:
            async with speaking(leg, WEB) as ear:
                await ear.hears(PHONE)
                await ear.hears_no(WEB)
                await phone.until_hears(WEB, but_not=[PHONE])
            await phone.call.hangup()
