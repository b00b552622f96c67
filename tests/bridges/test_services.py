"""What is written about calls, bridges and media legs."""

import pytest

from bridges import services
from bridges.errors import AlreadyAttached
from bridges.events import CdrReady, LegEnded
from bridges.models import Bridge, CallRecord, MediaAttachment, SpokenName
from bridges.services import LEASE_MS, call_id
from bridges.types import Direction, EndCause, Leg, LegState, Quality
from conferences.models import Conference, Room
from conferences.services import conference_current

pytestmark = pytest.mark.django_db

LEG = Leg(leg="a-b", vendor="v", state=LegState.ARRIVED, direction=Direction.IN, caller="+4930111")


@pytest.fixture
def bridge() -> Bridge:
    return Bridge.objects.create(key="sim", type="simulator", label="Simulator")


@pytest.fixture
def conference(room: Room) -> str:
    return conference_current(room.pk, now=1)


def record() -> CallRecord:
    return CallRecord.objects.get()


def test_a_calls_name_fits_into_journals() -> None:
    assert call_id("0123-4567") == "01234567"
    strange = call_id("channel/7;x" * 9)
    assert len(strange) == 32
    assert strange.isalnum()


def test_a_call_is_recorded_step_by_step_and_the_first_of_each_counts(conference: str) -> None:
    for now in (1, 2):
        services.call_began(leg=LEG, bridge="sim", now=now)
        services.call_answered(leg="a-b", now=now)
        services.call_joined(leg="a-b", conference=conference, participant=f"p{now}", now=10 + now)
        quality = Quality(mos=4.1, codec="opus")
        services.call_ended(event=LegEnded(leg="a-b", cause=EndCause.KICKED, quality=quality), now=20 + now)
    found = record()
    assert (found.started_at, found.answered_at, found.joined_at, found.ended_at) == (1, 1, 11, 21)
    assert (found.participant, found.cause, found.codec, found.mos) == ("p2", "kicked", "opus", 4.1)


def test_a_name_is_kept_once_for_a_call_and_its_key_stays(conference: str) -> None:
    keys = [
        services.name_keep(call="a", conference=conference, participant=who, sound=who.encode())
        for who in ("tel-1", "tel-2")
    ]
    assert keys[0] == keys[1]
    assert bytes(SpokenName.objects.get().sound) == b"tel-2"


def test_the_bridges_own_record_is_kept_to_be_compared() -> None:
    services.call_began(leg=LEG, bridge="sim", now=1)
    told = CdrReady(
        leg="a-b", started_at=1, answered_at=2, ended_at=3, cause=EndCause.NORMAL, raw={"uniqueid": "7"}
    )
    services.call_reported(event=told)
    assert record().vendor["raw"] == {"uniqueid": "7"}
    assert record().reconciled_at is None


def test_one_server_at_a_time_keeps_a_bridge(bridge: Bridge) -> None:
    def claims(server: str, now: int) -> bool:
        return services.bridge_claim(bridge=Bridge.objects.get(), server=server, now=now)

    assert claims("one", 100_000)
    assert claims("one", 100_001)
    assert not claims("two", 100_001 + LEASE_MS - 1)
    assert claims("two", 100_001 + LEASE_MS)
    assert not claims("one", 100_002 + LEASE_MS)
    services.bridge_release(key="sim", server="two")
    assert claims("one", 100_003 + LEASE_MS)


def test_of_two_who_claim_at_once_one_does(bridge: Bridge) -> None:
    seen_by_both = Bridge.objects.get()
    assert services.bridge_claim(bridge=seen_by_both, server="one", now=100_000)
    assert not services.bridge_claim(bridge=seen_by_both, server="two", now=100_000)


def test_health_is_for_admins_eyes(bridge: Bridge) -> None:
    services.bridge_health(key="sim", works=False, answer="x" * 500, now=7)
    bridge.refresh_from_db()
    assert (bridge.works, len(bridge.answer), bridge.checked_at) == (False, 300, 7)


def claim(conference: str, server: str = "one") -> None:
    services.media_claim(key="sim", room="123456789", conference=conference, server=server, now=1)


def test_a_media_leg_is_taken_over_from_who_had_it_before(bridge: Bridge, conference: str) -> None:
    claim(conference)
    claim(conference, "two")
    assert MediaAttachment.objects.get().server == "two"
    services.media_release(key="sim", room="123456789", conference=conference)
    assert not MediaAttachment.objects.exists()


def test_two_media_legs_in_one_room_are_impossible(bridge: Bridge, room: Room, conference: str) -> None:
    claim(conference)
    other = Conference.objects.create(
        id="other", room=Room.objects.create(owner=room.owner, slug="o", code="1", name="O"), created_at=1
    )
    with pytest.raises(AlreadyAttached):
        claim(other.pk)
    Conference.objects.filter(pk=conference).update(ended_at=2)
    claim(other.pk)
    assert MediaAttachment.objects.get().conference_id == "other"
