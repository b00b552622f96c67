"""What the REST interface says, in our words."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridges.asterisk.ari_events import ODD, AriEvents
from bridges.asterisk.calls import Calls
from bridges.asterisk.values import leg_of
from bridges.events import (
    AnyBridgeEvent,
    CdrReady,
    LegDigit,
    LegEnded,
    LegHeld,
    LegJoined,
    LegLeft,
    LegRinging,
    LegTalking,
    MediaLost,
    RoomClosed,
)
from bridges.types import Direction, EndCause, Leg, LegState

ROOM = "123456789"
ID = "1795330768.15"
LEG = leg_of("pbx", ID)
PLACED = str(uuid4())
CHANNEL: dict[str, Any] = {
    "id": ID,
    "name": "PJSIP/trunk-00000007",
    "state": "Up",
    "caller": {"name": "", "number": "+4930"},
    "dialplan": {"context": "meetingserver-number", "exten": "5550100", "app_name": "Stasis"},
    "creationtime": "2026-11-22T06:59:28.000+0000",
}
BRIDGE = {"id": f"meetingserver-{ROOM}", "channels": [ID]}
TYPES = [
    *("StasisStart", "ChannelEnteredBridge", "ChannelLeftBridge", "ChannelDestroyed", "ChannelDtmfReceived"),
    *("ChannelTalkingStarted", "ChannelHold", "Dial", "BridgeDestroyed", "PlaybackStarted"),
]


class Telling:
    def __init__(self) -> None:
        self.calls = Calls()
        self.media: dict[str, str] = {}
        self.muted: set[str] = set()
        self.leaving: set[str] = set()
        self.events = AriEvents("pbx", "meetingserver", self.calls, self.media, self.muted, self.leaving)

    def says(self, type: str, **about: Any) -> list[AnyBridgeEvent]:
        timestamp = "2026-11-22T06:59:30.500+0000"
        return self.events.observe({"type": type, "timestamp": timestamp, "channel": CHANNEL, **about})

    def joins(self) -> list[AnyBridgeEvent]:
        return self.says("ChannelEnteredBridge", bridge=BRIDGE)


@pytest.fixture
def asterisk() -> Telling:
    return Telling()


def test_who_enters_a_room_is_described(asterisk: Telling) -> None:
    asterisk.muted.add(LEG)
    info = Leg(
        leg=LEG,
        vendor=ID,
        state=LegState.JOINED,
        direction=Direction.IN,
        caller="+4930",
        dialled="5550100",
        room=ROOM,
        muted=True,
    )
    assert asterisk.joins() == [LegJoined(leg=LEG, info=info)]
    assert asterisk.joins() == []


def test_our_own_channels_and_bridges_of_others_are_left_out(asterisk: Telling) -> None:
    media = {**CHANNEL, "id": "pbx_media_0"}
    assert asterisk.says("ChannelEnteredBridge", bridge=BRIDGE, channel=media) == []
    for bridge in ("board", f"other-{ROOM}", "meetingserver-1"):
        assert asterisk.says("ChannelEnteredBridge", bridge={"id": bridge}) == []
        assert asterisk.says("BridgeDestroyed", bridge={"id": bridge}) == []
    assert asterisk.says("BridgeDestroyed", bridge=BRIDGE) == [RoomClosed(room=ROOM)]
    assert asterisk.events.bridge_of(ROOM) == BRIDGE["id"]


def test_what_happens_in_a_room_is_told(asterisk: Telling) -> None:
    asterisk.joins()
    assert asterisk.says("ChannelTalkingStarted") == [LegTalking(leg=LEG, level=5)]
    assert asterisk.says("ChannelTalkingFinished") == [LegTalking(leg=LEG, level=0)]
    assert asterisk.says("ChannelDtmfReceived", digit="*") == [LegDigit(leg=LEG, digit="*")]
    assert asterisk.says("ChannelHold") == [LegHeld(leg=LEG, held=True)]
    assert asterisk.says("ChannelUnhold") == [LegHeld(leg=LEG, held=False)]


def test_only_whom_we_sent_out_of_a_room_has_left_it(asterisk: Telling) -> None:
    asterisk.joins()
    assert asterisk.says("ChannelLeftBridge", bridge=BRIDGE) == []
    asterisk.leaving.add(LEG)
    assert asterisk.says("ChannelLeftBridge", bridge=BRIDGE) == [LegLeft(leg=LEG)]
    assert asterisk.leaving == set()


def test_a_call_that_we_place_rings(asterisk: Telling) -> None:
    asterisk.calls.put(Leg(leg=PLACED, vendor="", state=LegState.DIALING, direction=Direction.OUT))
    assert asterisk.says("Dial", peer={"id": PLACED}, dialstatus="") == []
    assert asterisk.says("Dial", peer={"id": PLACED}, dialstatus="RINGING") == [LegRinging(leg=PLACED)]
    placed = {**CHANNEL, "id": PLACED}
    ended = asterisk.says("ChannelDestroyed", channel=placed, cause=17)
    assert ended == [LegEnded(leg=PLACED, cause=EndCause.BUSY, q850=17)]


def test_the_end_of_a_call_has_its_record(asterisk: Telling) -> None:
    asterisk.says("StasisStart", args=[])
    asterisk.joins()
    asterisk.muted.add(LEG)
    ended, record = asterisk.says("ChannelDestroyed", cause=16)
    assert ended == LegEnded(leg=LEG, cause=EndCause.NORMAL, q850=16)
    assert isinstance(record, CdrReady)
    assert record.answered_at - record.started_at == 2500
    assert record.raw == {"channel": "PJSIP/trunk-00000007", "caller": "+4930"}
    assert asterisk.muted == set()
    assert asterisk.says("ChannelDestroyed", cause=16) == []


def test_our_media_leg_is_lost_once(asterisk: Telling) -> None:
    asterisk.media["pbx_media_0"] = ROOM
    lost = {**CHANNEL, "id": "pbx_media_0"}
    told = asterisk.says("ChannelDestroyed", channel=lost, cause=16, cause_txt="Normal Clearing")
    assert told == [MediaLost(room=ROOM, reason="Normal Clearing")]
    assert asterisk.says("ChannelDestroyed", channel=lost, cause=16) == []


MOMENTS = ["0001-01-01T00:00:00+2359", "9999-12-31T23:59:59-2359"]
PLAIN = st.none() | st.integers() | st.sampled_from([ID, ROOM, PLACED, "", "RINGING", "Up", *MOMENTS])
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*CHANNEL]), inner, max_size=4)
    ),
    max_leaves=6,
)
FIELDS = ["channel", "bridge", "peer", "digit", "cause", "dialstatus", "timestamp"]


@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_it_says_is_understood_or_refused(type: str, fields: dict[str, Any]) -> None:
    asterisk = Telling()
    asterisk.joins()
    try:
        asterisk.says(type, **fields)
    except ODD:
        return
