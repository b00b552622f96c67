"""The contract, for Janus: nobody is brought into its rooms by us but our own sound."""

import pytest

from bridges.events import BridgeUp, MediaLost
from tests.bridges.contract import Details
from tests.bridges.contract.essentials import Essentials
from tests.bridges.rig import speaking
from tests.bridges.stage import ANNA, OTHER_CALLER, ROOM, WEB, Stage


class JanusDetails(Details):
    async def test_a_locked_room_still_takes_whom_we_bring(self, stage: Stage) -> None:
        anna, _ = await stage.bring_in()
        await stage.bridge.set_locked(ROOM, True)
        with pytest.raises(PermissionError, match="not in the allowed list"):
            await stage.rig.call(caller=OTHER_CALLER, dialled=ROOM)
        await stage.bridge.attach_media(ROOM)
        await stage.bridge.announce(ROOM, [stage.sound(1300, 3)])
        await anna.ear.hears(1300)
        await stage.bridge.set_locked(ROOM, False)
        await stage.bring_in(caller=OTHER_CALLER)


class JanusContract(Essentials, JanusDetails):
    pass


async def is_found_again(stage: Stage) -> None:
    """Without its callers; new ones are heard and hear."""
    up = await stage.events.next(BridgeUp)
    assert up.rooms == ()
    await stage.events.next(MediaLost, room=ROOM)
    media = await stage.bridge.attach_media(ROOM)
    anna, _ = await stage.bring_in()
    anna.talk(ANNA)
    async with speaking(media, WEB) as ear:
        await ear.hears(ANNA)
        await anna.ear.hears(WEB)
