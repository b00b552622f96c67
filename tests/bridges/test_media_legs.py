"""Our one media leg in each room of a bridge."""

from bridges.errors import MediaFailed
from bridges.models import MediaAttachment
from conferences.journal import crossing
from tests.bridges.patience import until
from tests.bridges.town import Town


async def attached(town: Town) -> object:
    await until(
        lambda: len(town.telephones.media) == 1 and town.room.code in town.bridge.media, "a media leg"
    )
    return town.bridge.media[town.room.code]


async def test_a_lost_one_is_attached_again(town: Town) -> None:
    await town.host()
    first = await attached(town)
    town.bridge.loses_media(town.room.code)
    await until(lambda: town.bridge.media.get(town.room.code) not in (None, first), "another one")
    await attached(town)
    assert await crossing(MediaAttachment.objects.count)() == 1


async def test_a_bridge_that_was_away_gets_it_when_it_comes_back(town: Town) -> None:
    await town.site.joins("alice")
    attach = town.bridge.attach_media

    async def not_now(room: str) -> object:
        raise MediaFailed("no port")

    town.bridge.attach_media = not_now  # type: ignore[method-assign, assignment] # a dial
    await town.guest()
    await until(lambda: len(town.telephones.media) == 0, "none")
    town.bridge.attach_media = attach  # type: ignore[method-assign] # turned back
    town.bridge.goes_down()
    town.bridge.comes_back()
    await attached(town)


async def test_it_goes_with_the_conference(town: Town) -> None:
    await town.host()
    await attached(town)
    alice = await town.site.joins("alice")
    alice.asks("conference.end")
    await until(lambda: not town.bridge.media, "detached")
    assert len(town.telephones.media) == 0

    def kept() -> int:
        return MediaAttachment.objects.count()

    await town.telephones.media.stop()  # what is being released, is then
    assert await crossing(kept)() == 0
