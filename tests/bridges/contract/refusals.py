"""What a bridge refuses: harmful values, calls that are gone, and what it cannot do."""

from collections.abc import Awaitable, Callable

import pytest

from bridges.base import Call
from bridges.errors import InvalidValue, LegGone, NotSupported
from tests.bridges.stage import ROOM, Stage, Staged, new_leg

HARMFUL = ("1\r\nAction: Logoff", "1\n2", "a{b=c}", "x,y", "a&b", "../1", "1 2", "a|b", "${EXTEN}", "")


class Refusals(Staged):
    async def test_values_that_the_protocol_cannot_carry_are_refused(self, stage: Stage) -> None:
        _, leg = await stage.bring_in()
        able = stage.bridge.capabilities
        for value in HARMFUL:
            if able.transfer:
                with pytest.raises(InvalidValue):
                    await stage.bridge.join(leg, value)
            with pytest.raises(InvalidValue):
                await stage.bridge.attach_media(value)
            with pytest.raises(InvalidValue):
                await stage.bridge.close_room(value)
            if able.dial_out:
                with pytest.raises(InvalidValue):
                    await stage.bridge.dial(Call(leg=new_leg(), number=value))

    async def test_a_caller_id_that_breaks_the_line_is_refused(self, stage: Stage) -> None:
        stage.needs("dial_out")
        with pytest.raises(InvalidValue):
            await stage.bridge.dial(Call(leg=new_leg(), number="5550100", caller_id="1\r\nAction: Logoff"))

    async def test_who_is_not_there_cannot_be_led(self, stage: Stage) -> None:
        nobody = new_leg()
        await stage.bridge.hang_up(nobody)
        with pytest.raises(LegGone):
            await stage.bridge.set_muted(nobody, True)
        if stage.bridge.capabilities.volume:
            with pytest.raises(LegGone):
                await stage.bridge.set_volume(nobody, 6)

    async def test_what_it_cannot_do_is_refused_by_name(self, stage: Stage) -> None:
        able, nobody = stage.bridge.capabilities, new_leg()
        attempts: dict[str, Callable[[], Awaitable[None]]] = {
            "deafen": lambda: stage.bridge.set_deaf(nobody, True),
            "lock": lambda: stage.bridge.set_locked(ROOM, True),
            "dial_out": lambda: stage.bridge.dial(Call(leg=nobody, number="5550100")),
            "mute": lambda: stage.bridge.set_muted(nobody, True),
            "listens": lambda: stage.bridge.record(nobody),
            "volume": lambda: stage.bridge.set_volume(nobody, 6),
        }
        for capability, attempt in attempts.items():
            if not getattr(able, capability):
                with pytest.raises(NotSupported) as refused:
                    await attempt()
                assert refused.value.capability == capability
