"""What an admin does goes through the journal like everything else."""

import pytest
from asgiref.sync import sync_to_async

from conferences import doors
from conferences.commander import conference_command, conference_end
from conferences.core import commands as c
from conferences.core.rules import Reason, Refused
from tests.conferences.site import Site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def installed(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(doors, "_installed", [site.doors])
    return site


async def test_an_admin_ends_a_conference(installed: Site) -> None:
    alice = await installed.joins("alice")
    await sync_to_async(conference_end)(conference=alice.screen.messages[0]["conference"])
    assert (await alice.screen.shows("conference.ended"))["reason"] == "admin"


async def test_what_an_admin_asks_for_may_be_refused(installed: Site) -> None:
    alice = await installed.joins("alice")
    conference = alice.screen.messages[0]["conference"]
    with pytest.raises(Refused) as refused:
        await sync_to_async(conference_command)(conference=conference, command=c.RaiseHand())
    assert refused.value.reason is Reason.NOT_HERE
