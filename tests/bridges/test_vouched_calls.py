"""Callers for whom a site's sign-in server vouches: from code and PIN to being taken back."""

from auth_gateway.models import Account, User
from conferences.core.words import Role
from conferences.errands import Errands
from conferences.journal import crossing
from conferences.models import Room
from conferences.revoking import user_revoke
from tests.auth_gateway.servers import Request, SignInServer
from tests.bridges.town import Town


def knows_zoe(request: Request) -> None:
    """By her PIN alone; she is host of the room that was asked about."""
    if request.asked["pin"] == "4711":
        return request.says(user_id="zoe/7", display_name="Zoe", role="host", account="ACME", language="de")
    return request.says(display_name="A guest")


async def test_who_has_a_pin_of_the_sites_comes_in_as_who_they_are(town: Town, portal: SignInServer) -> None:
    portal.behave = knows_zoe
    zoe = town.calls(f"{town.room.code}#*4711#")
    await zoe.is_in(town.room.code)
    participant = town.participant(zoe)
    assert (participant.name, participant.role) == ("Zoe", Role.HOST)
    asked = portal.requests[-1].asked
    assert (asked["action"], asked["channel"], asked["ani"]) == ("dialin", "phone", "+4930111")


async def test_whom_the_site_does_not_know_hears_so_and_without_an_answer_nobody_comes_in(
    town: Town, portal: SignInServer
) -> None:
    caller = town.calls()
    await caller.hears("enter_code")
    caller.presses(f"{town.room.code}#")
    await caller.hears("code_wrong")
    portal.behave = lambda request: request.answer(500)
    another = town.calls(f"{town.room.code}#", caller="+4930112")
    await another.hears("busy")
    await another.is_over()


async def test_who_is_revoked_is_taken_out_of_the_conference(town: Town, portal: SignInServer) -> None:
    portal.behave = knows_zoe
    zoe = town.calls(f"{town.room.code}#*4711#")
    await zoe.is_in(town.room.code)
    user = await crossing(User.objects.get)(gateway_id="zoe/7")
    assert await crossing(user_revoke)(user=user, now=town.site.now(), reason="asked") == 1
    await Errands(town.site.doors, "server-1").run()
    await zoe.is_over()


async def test_who_calls_when_a_customers_places_are_taken_hears_so_and_nobody_is_put_out(town: Town) -> None:
    await crossing(has_one_place)(town.room)
    await town.site.joins("alice")
    caller = town.calls(f"{town.room.code}##")
    await caller.hears("door_full")
    await caller.is_over()
    (live,) = town.site.doors.running()
    assert set(live.state.participants) == {"alice"}


def has_one_place(room: Room) -> None:
    Account.objects.create(code="ACME", ports=1)
    User.objects.filter(pk=room.owner_id).update(account="ACME")
