"""The way into a conference, as browsers have it."""

from auth_gateway.models import Account
from conferences.core.events import LegOpened
from conferences.core.words import LegKind
from conferences.journal import crossing, read_events
from conferences.models import Port
from tests.bridges.patience import until
from tests.bridges.town import Town


async def test_callers_take_places_and_give_them_back(town: Town) -> None:
    def one_place() -> None:
        Account.objects.create(code="ACME", ports=1)
        owner = town.room.owner
        owner.account = "ACME"
        owner.save()

    await crossing(one_place)()
    host = await town.host()
    late = town.calls(f"{town.room.code}##")
    await late.hears("door_full")
    await late.is_over()
    host.hangs_up()
    await until(lambda: not town.state.calls, "the place is free")
    assert await crossing(Port.objects.count)() == 0
    await town.guest(caller="+4930112")


async def test_the_journal_knows_who_pays(town: Town) -> None:
    def customer() -> None:
        from bridges.models import KnownNumber

        owner = town.room.owner
        owner.account, owner.billing_code = "ACME", "4711"
        owner.save()
        KnownNumber.objects.create(number="+4930999", user=owner)

    await crossing(customer)()
    await town.host()
    opened = await crossing(read_events)(town.live.id, [LegOpened])
    assert [
        (leg.kind, leg.account, leg.tenant, leg.billing_code) for leg in opened if isinstance(leg, LegOpened)
    ] == [(LegKind.PHONE, "alice", "ACME", "4711")]


async def test_no_caller_comes_where_the_room_wants_none(town: Town) -> None:
    def shut() -> None:
        town.room.callers_allowed = False
        town.room.save()

    await crossing(shut)()
    caller = town.calls(f"{town.room.code}##")
    await caller.hears("door_shut")
    await caller.is_over()
    assert await crossing(Port.objects.count)() == 0
