"""Who is in which room, by what Janus tells."""

from typing import Any

import pytest

from bridges.errors import LegGone
from bridges.events import AnyBridgeEvent, LegEnded, LegJoined, LegMuted, LegTalking, RoomClosed
from bridges.janus.roster import Roster
from bridges.janus.values import our_name
from bridges.types import EndCause

ROOM = "123456789"


def one(name: str, *, setup: bool = True, muted: bool = False, **more: Any) -> dict[str, Any]:
    return {"id": name, "display": "+4930123", "setup": setup, "muted": muted} | more


class Told:
    def __init__(self) -> None:
        self.roster = Roster("janus")

    def __call__(self, **data: Any) -> list[AnyBridgeEvent]:
        return list(self.roster.observe({"audiobridge": "event", "room": ROOM} | data))

    def joins(self, name: str, **more: Any) -> str:
        (joined,) = self(participants=[one(name, **more)])
        assert isinstance(joined, LegJoined)
        return joined.leg


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_participant_is_a_caller_when_their_sound_is_there(told: Told) -> None:
    assert told(audiobridge="joined", participants=[one("anna", setup=False)]) == []
    (joined,) = told(participants=[one("anna")])
    assert isinstance(joined, LegJoined)
    info = joined.info
    assert (info.room, info.vendor, info.caller, info.muted) == (ROOM, "anna", "+4930123", False)
    assert told(participants=[one("anna")]) == []


def test_ours_are_no_callers(told: Told) -> None:
    assert told(participants=[one(our_name("janus", "media"))]) == []
    assert told.roster.rooms() == ()


def test_who_is_muted_does_not_talk(told: Told) -> None:
    leg = told.joins("anna")
    assert told(audiobridge="talking", id="anna") == [LegTalking(leg=leg, level=5)]
    assert told(audiobridge="talking", id="anna") == []
    muted = told(participants=[one("anna", muted=True)])
    assert muted == [LegMuted(leg=leg, muted=True), LegTalking(leg=leg, level=0)]
    assert told(audiobridge="talking", id="anna") == []
    assert told(participants=[one("anna", muted=True)]) == []
    unmuted = told(participants=[one("anna")])
    assert unmuted == [LegMuted(leg=leg, muted=False), LegTalking(leg=leg, level=5)]
    assert told(audiobridge="stopped-talking", id="anna") == [LegTalking(leg=leg, level=0)]


def test_in_a_muted_room_nobody_is_heard_and_afterwards_only_who_is_not_muted(told: Told) -> None:
    anna, bert = told.joins("anna"), told.joins("bert", muted=True)
    assert told(muted=True) == [LegMuted(leg=anna, muted=True)]
    assert told(participants=[one("bert", muted=False)]) == []
    assert told(participants=[one("anna", muted=True)]) == []
    assert told(muted=False) == [LegMuted(leg=bert, muted=False)]


def test_who_is_thrown_out_ends_once_though_janus_lists_them_on(told: Told) -> None:
    leg = told.joins("anna")
    assert told(kicked="anna") == [LegEnded(leg=leg, cause=EndCause.KICKED)]
    assert told(audiobridge="joined", id="us", participants=[one("anna")]) == []
    assert told(leaving="anna") == []


def test_whom_we_throw_out_ends_for_our_reason(told: Told) -> None:
    leg = told.joins("anna")
    caller = told.roster[leg]
    caller.cause = EndCause.LOCKED
    assert list(told.roster.throws_out(caller)) == [LegEnded(leg=leg, cause=EndCause.LOCKED)]
    assert list(told.roster.throws_out(caller)) == []
    assert told(kicked="anna") == []
    with pytest.raises(LegGone):
        told.roster[leg]


def test_who_comes_again_by_the_same_name_is_another_call(told: Told) -> None:
    first = told.joins("anna")
    told(leaving="anna")
    assert told.joins("anna") != first


def test_a_whole_list_ends_those_who_are_not_in_it(told: Told) -> None:
    leg = told.joins("anna")
    told.joins("bert")
    whole = told(audiobridge="joined", id="us", participants=[one("bert")])
    assert whole == [LegEnded(leg=leg, cause=EndCause.NORMAL)]


def test_a_room_that_is_destroyed_is_closed_and_its_callers_are_gone(told: Told) -> None:
    leg = told.joins("anna")
    ended = LegEnded(leg=leg, cause=EndCause.NORMAL)
    assert told(audiobridge="destroyed") == [ended, RoomClosed(room=ROOM)]
    assert told(audiobridge="destroyed") == []


def test_only_rooms_with_callers_are_in_a_snapshot(told: Told) -> None:
    told.joins("anna")
    told(muted=True)
    (room,) = told.roster.rooms(locked=[ROOM])
    assert (room.room, room.locked, room.legs[0].muted) == (ROOM, True, True)
    told.roster.keep_only([])
    assert told.roster.rooms() == ()
    assert not told.roster[told.joins("anna")].muted


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"room": 5},
        {"participants": "all"},
        {"participants": [5, {"id": 5}, {}]},
        {"kicked": 5},
        {"leaving": None},
        {"muted": "yes"},
        {"audiobridge": "talking", "id": 5},
        {"audiobridge": "talking", "id": "nobody"},
    ],
    ids=range(9),
)
def test_what_makes_no_sense_changes_nothing(told: Told, data: dict[str, Any]) -> None:
    told.joins("anna")
    assert told(**data) == []
    assert len(told.roster.inside(ROOM)) == 1
