"""Which server has which conference: one at a time, and another when it is gone."""

import pytest
from django.db.models import F

from conferences.core.rules import Reason, Refused
from conferences.models import Conference, ConferenceServer, Room
from conferences.placement import (
    LEASE_MS,
    conference_claim,
    conference_take,
    conferences_orphaned,
    conferences_stranded,
    server_arrive,
    server_beat,
    server_for_new,
    server_leave,
)
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(room: Room) -> Conference:
    return Conference.objects.create(id="c1", room=room, created_at=BEGIN)


def claim(server: str, *, alone: bool = False, now: int = BEGIN) -> str:
    return conference_claim("c1", server=server, alone=alone, now=now)


def test_who_claims_first_has_it(conference: Conference) -> None:
    server_beat("one", now=BEGIN)
    assert claim("one") == "one"
    assert claim("two") == "one"
    assert claim("one") == "one"
    conference.refresh_from_db()
    assert (conference.server, conference.epoch) == ("one", 1)


def test_a_dead_servers_conference_is_claimed_and_a_living_ones_is_not(conference: Conference) -> None:
    server_beat("one", now=BEGIN)
    claim("one")
    assert claim("two", now=BEGIN + LEASE_MS - 1) == "one"
    assert claim("two", now=BEGIN + LEASE_MS) == "two"
    conference.refresh_from_db()
    assert conference.epoch == 2


def test_who_is_alone_waits_for_nobody(conference: Conference) -> None:
    server_beat("one", now=BEGIN)
    claim("one")
    assert claim("two", alone=True) == "two"


def test_of_two_who_claim_at_once_one_has_it(conference: Conference, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other claims between our look and our claim."""
    update = type(Conference.objects.all()).update
    others = iter([{"server": "two", "epoch": F("epoch") + 1}])

    def after_another(rows: object, **changes: object) -> int:
        for theirs in others:
            server_beat("two", now=BEGIN)
            update(Conference.objects.filter(pk="c1"), **theirs)
        return int(update(rows, **changes))  # type: ignore[arg-type] # a QuerySet

    monkeypatch.setattr(type(Conference.objects.all()), "update", after_another)
    assert claim("one") == "two"


def test_what_ended_is_nobodys(conference: Conference) -> None:
    Conference.objects.update(ended_at=BEGIN)
    with pytest.raises(Refused) as refused:
        claim("one")
    assert refused.value.reason is Reason.ENDED


def test_who_leaves_gives_everything_up_at_once(conference: Conference) -> None:
    server_beat("one", now=BEGIN)
    claim("one")
    server_leave("one", now=BEGIN)
    assert claim("two") == "two"
    assert not ConferenceServer.objects.filter(name="one").exists()


def test_who_is_drained_is_told_so_also_after_a_restart(conference: Conference) -> None:
    assert server_beat("one", now=BEGIN) is False
    ConferenceServer.objects.update(draining=True)
    assert server_beat("one", now=BEGIN + 3000) is True
    server_leave("one", now=BEGIN + 4000)
    assert server_beat("one", now=BEGIN + 6000) is True


def test_a_new_conference_goes_where_there_are_fewest(conference: Conference) -> None:
    for server in ("one", "two", "dead", "drained"):
        server_beat(server, now=BEGIN)
    ConferenceServer.objects.filter(name="drained").update(draining=True)
    claim("one")
    ConferenceServer.objects.filter(name="dead").update(seen_at=BEGIN - LEASE_MS)
    assert server_for_new(now=BEGIN) == "two"
    assert server_for_new(now=BEGIN + LEASE_MS) is None


def test_orphans_are_those_that_no_other_living_server_has(conference: Conference) -> None:
    server_beat("one", now=BEGIN)
    assert conferences_orphaned(server="two", alone=False, now=BEGIN) == ["c1"], "nobody's yet"
    claim("one")
    assert conferences_orphaned(server="two", alone=False, now=BEGIN) == []
    assert conferences_orphaned(server="one", alone=False, now=BEGIN) == ["c1"]
    assert conferences_orphaned(server="two", alone=False, now=BEGIN + LEASE_MS) == ["c1"]
    assert conferences_orphaned(server="two", alone=True, now=BEGIN) == ["c1"]
    Conference.objects.update(ended_at=BEGIN)
    assert conferences_orphaned(server="two", alone=True, now=BEGIN) == []


def test_people_of_a_dead_server_are_stranded(conference: Conference) -> None:
    server_beat("one", now=BEGIN)
    claim("one")
    assert conferences_stranded(["c1"], now=BEGIN) == []
    assert conferences_stranded(["c1"], now=BEGIN + LEASE_MS) == ["c1"]
    assert conferences_stranded([], now=BEGIN + LEASE_MS) == []


def test_until_when_a_former_server_was_heard_of_is_told_once(conference: Conference) -> None:
    claim("one")
    assert conference_take("c1") == 0, "it is new"
    server_beat("one", now=BEGIN)
    claim("two", now=BEGIN + LEASE_MS)
    assert (conference_take("c1"), conference_take("c1")) == (BEGIN, 0)


def test_a_server_that_was_killed_knows_until_when_it_lived(conference: Conference) -> None:
    server_arrive("one")
    server_beat("one", now=BEGIN)
    claim("one")
    server_arrive("one")
    server_beat("one", now=BEGIN + 3_600_000)
    claim("one", now=BEGIN + 3_600_000)
    assert conference_take("c1") == BEGIN


def test_who_leaves_in_order_says_when(conference: Conference) -> None:
    claim("one")
    server_leave("one", now=BEGIN + 1)
    claim("two", now=BEGIN + 3_600_000)
    assert conference_take("c1") == BEGIN + 1
