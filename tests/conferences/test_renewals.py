"""People for whom somebody vouched for a time are asked about again, in the middle of a conference."""

import pytest
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.identity import Identity
from auth_gateway.models import AuditEntry, User
from auth_gateway.services import user_vouched_for
from conferences.errands import Errands
from conferences.journal import crossing
from conferences.models import Port
from conferences.renewals import Renewals
from tests.auth_gateway.servers import SignInServer
from tests.conferences.meeting import BEGIN
from tests.conferences.site import Site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("installed")]

SOON = BEGIN // 1000 + 10
LATER = BEGIN // 1000 + 3600


async def bob_is_in(site: Site, *, until: int = SOON) -> User:
    await site.joins("alice")
    bob = await crossing(user_vouched_for)(identity=Identity(user_id="bob", expires_at=until))
    tab = site.shows(site.seat("bob", account="bob"))
    await tab.hears("welcome")
    return bob


async def renewed(site: Site, *, later_s: int = 0) -> User:
    """Who is asked about now; and what workers left is done."""
    await Renewals(site.doors, lambda: site.now() + 1000 * later_s).run()
    await Errands(site.doors, "server-1").run()
    return await crossing(User.objects.get)(gateway_id="bob")


def is_in(site: Site, who: str = "bob") -> bool:
    (live,) = site.doors.running()
    return who in live.state.participants


async def test_whom_the_service_still_knows_stays_unnoticed(site: Site, portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="bob", expires_in=600)
    await bob_is_in(site)
    bob = await renewed(site)
    assert bob.expires_at == BEGIN // 1000 + 600
    assert is_in(site)
    assert portal.requests[0].asked["conference"] == site.room.code


async def test_whose_time_is_long_is_not_asked_about(site: Site, portal: SignInServer) -> None:
    await bob_is_in(site, until=LATER)
    await renewed(site)
    assert portal.requests == []


async def test_who_is_denied_goes_at_once_and_gives_back_the_place(site: Site, portal: SignInServer) -> None:
    await bob_is_in(site)
    bob = await renewed(site)
    assert not is_in(site)
    assert is_in(site, "alice")
    assert bob.signed_out_at == BEGIN
    assert await crossing(list)(Port.objects.values_list("participant", flat=True)) == ["alice"]


async def test_who_cannot_be_asked_about_stays_for_a_while(
    site: Site, portal: SignInServer, settings: Settings
) -> None:
    settings.AUTH_GATEWAY = Gateway(url=portal.url, grace_s=60)
    portal.behave = lambda request: request.answer(500)
    await bob_is_in(site)
    await renewed(site)
    await renewed(site, later_s=70)
    assert is_in(site)
    await renewed(site, later_s=71)
    assert not is_in(site)
    actions = await crossing(list)(AuditEntry.objects.values_list("action", "reason"))
    assert ("grace over", "") in actions
    assert ("revoke", "unavailable") in actions


async def test_without_a_sign_in_server_nobody_looks(site: Site, settings: Settings) -> None:
    settings.AUTH_GATEWAY = None
    renewals = Renewals(site.doors, site.now)
    renewals.start()
    await renewals.stop()
