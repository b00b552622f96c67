"""What an admin does goes through the journal like everything else."""

import pytest
from asgiref.sync import ThreadSensitiveContext, sync_to_async

from conferences import doors
from conferences.commander import conference_command, conference_end
from conferences.core import commands as c
from conferences.core.rules import Reason, Refused
from conferences.journal import crossing
from conferences.models import Conference
from conferences.services import conference_current
from tests.conferences.site import Site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def installed(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(doors, "_installed", [site.doors])
    return site


async def test_an_admin_ends_a_conference(installed: Site) -> None:
    alice = await installed.joins("alice")
    async with ThreadSensitiveContext():  # as each request has one
        await sync_to_async(conference_end)(conference=alice.screen.messages[0]["conference"])
    assert (await alice.screen.shows("conference.ended"))["reason"] == "admin"


async def test_what_an_admin_asks_for_may_be_refused(installed: Site) -> None:
    alice = await installed.joins("alice")
    conference = alice.screen.messages[0]["conference"]
    with pytest.raises(Refused) as refused:
        await sync_to_async(conference_command)(conference=conference, command=c.RaiseHand())
    assert refused.value.reason is Reason.NOT_HERE


async def test_a_conference_that_a_request_opened_goes_on_without_it(installed: Site) -> None:
    conference = await crossing(conference_current)(installed.room.pk, now=installed.now())
    for command in (c.LockConference(), c.EndConference()):
        async with ThreadSensitiveContext():
            await sync_to_async(conference_command)(conference=conference, command=command)
    assert not await Conference.objects.filter(pk=conference, ended_at=None).aexists()
