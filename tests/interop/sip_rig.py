"""A real bridge behind a wire, and telephones that speak SIP with it."""

from collections.abc import Mapping

from tests.bridges.proxy import Wire
from tests.bridges.rig import Callee, Phone
from tests.bridges.sip_phones import Exchange

NUMBERS = {
    Callee.ANSWERS: "+4930123111",
    Callee.BUSY: "+4930123222",
    Callee.SILENT: "+4930123333",
    Callee.REFUSES: "+4930123444",
}
MENU = "7000"


class SipRig:
    """Most of a `rig.Rig`. `control` is the port that our adapter connects to, `sip` the bridge's, and
    `phones` that of its trunk."""

    numbers: Mapping[Callee, str] = NUMBERS
    has_menu = False

    def __init__(self, *, control: int, sip: int, phones: int) -> None:
        self._wire = Wire(control)
        self._sip, self._phones = sip, phones

    async def open(self) -> None:
        await self._wire.mend()
        callees = {number: callee for callee, number in NUMBERS.items()}
        self._exchange = await Exchange.open(self._phones, self._sip, callees)

    async def close(self) -> None:
        await self._exchange.close()
        await self._wire.cut()

    async def call(self, *, caller: str, dialled: str) -> Phone:
        return await self._exchange.call(caller, dialled)

    async def call_by_menu(self, room: str) -> Phone:
        return await self._exchange.call("+4930777", MENU)

    async def called(self, callee: Callee) -> Phone:
        return await self._exchange.called(callee)

    async def cut(self) -> None:
        await self._wire.cut()

    async def mend(self) -> None:
        await self._wire.mend()
