"""What was left open is closed, and our records are compared with the bridges'."""

import msgspec
import pytest

from bridges import reconciliation
from bridges.models import Bridge, CallRecord, MediaAttachment, SpokenName
from bridges.reconciliation import GRACE_MS, UNKEPT_MS
from bridges.services import name_keep
from conferences.core import calls as k
from conferences.models import Conference, Errand, Room
from conferences.services import conference_current

pytestmark = pytest.mark.django_db

NOW = 1_700_000_000_000


@pytest.fixture
def bridge() -> Bridge:
    return Bridge.objects.create(key="sim", type="simulator", label="Simulator", kept_at=NOW)


@pytest.fixture
def conference(room: Room) -> Conference:
    return Conference.objects.get(pk=conference_current(room.pk, now=NOW - UNKEPT_MS))


@pytest.fixture
def call(bridge: Bridge, conference: Conference) -> CallRecord:
    return CallRecord.objects.create(
        leg="a", bridge="sim", conference=conference, direction="in", started_at=NOW - UNKEPT_MS - 1
    )


def ends(call: CallRecord) -> tuple[int | None, str]:
    reconciliation.calls_end(now=NOW)
    call.refresh_from_db()
    return call.ended_at, call.cause


def test_media_legs_of_conferences_that_are_over_are_released(bridge: Bridge, conference: Conference) -> None:
    MediaAttachment.objects.create(bridge=bridge, room="1", conference=conference, server="s", since=1)
    reconciliation.media_legs_release()
    assert MediaAttachment.objects.exists()
    Conference.objects.update(ended_at=NOW)
    reconciliation.media_legs_release()
    assert not MediaAttachment.objects.exists()


def test_spoken_names_go_with_the_conference(conference: Conference) -> None:
    key = name_keep(call="a", conference=conference.pk, participant="tel-1", sound=b"name")
    assert reconciliation.names_forget() == []
    assert SpokenName.objects.exists()
    Conference.objects.update(ended_at=NOW)
    assert reconciliation.names_forget() == [key]
    assert not SpokenName.objects.exists()


def test_a_call_that_goes_on_is_left_alone(call: CallRecord) -> None:
    assert ends(call) == (None, "")
    assert not Errand.objects.exists()


def test_a_call_ends_with_its_conference_after_a_while(call: CallRecord) -> None:
    Conference.objects.update(ended_at=NOW - GRACE_MS)
    assert ends(call) == (None, "")
    Conference.objects.update(ended_at=NOW - GRACE_MS - 1)
    assert ends(call) == (NOW - GRACE_MS - 1, "normal")


def test_the_bridges_own_record_tells_an_end_and_the_conference_hears_of_it(call: CallRecord) -> None:
    call.vendor = {"ended_at": NOW - GRACE_MS - 7, "cause": "busy"}
    call.save()
    assert ends(call) == (NOW - GRACE_MS - 7, "busy")
    left = [msgspec.json.decode(errand.command) for errand in Errand.objects.all()]
    assert [errand["type"] for errand in left] == ["call.end", "call.fail"]
    assert left[0]["cause"] == k.CallCause.BUSY


def test_calls_of_a_bridge_that_nobody_keeps_are_lost(call: CallRecord) -> None:
    Bridge.objects.update(kept_at=NOW - UNKEPT_MS)
    assert ends(call) == (NOW - UNKEPT_MS, "bridge_lost")


def test_differences_to_the_bridges_record_are_noted_once(call: CallRecord) -> None:
    call.ended_at, call.answered_at = NOW, None
    call.vendor = {"started_at": call.started_at + 500, "answered_at": 7, "ended_at": NOW - 3_500}
    call.save()
    reconciliation.calls_compare(now=NOW)
    call.refresh_from_db()
    assert call.difference == "answered_at: only theirs; ended_at: -3.5 s"
    assert call.reconciled_at == NOW
    reconciliation.calls_compare(now=NOW + 1)
    call.refresh_from_db()
    assert call.reconciled_at == NOW
