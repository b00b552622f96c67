"""What the manager interface says, in our words. Blocks are those that 16.28 was seen to send, shortened."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridges.asterisk.ami import Block
from bridges.asterisk.ami_events import ODD, REMEMBERED, AmiEvents, is_caller
from bridges.asterisk.calls import Calls
from bridges.asterisk.values import leg_of
from bridges.events import (
    AnyBridgeEvent,
    CdrReady,
    LegDigit,
    LegEnded,
    LegHeld,
    LegJoined,
    LegMuted,
    LegRinging,
    LegTalking,
    MediaLost,
    RoomClosed,
)
from bridges.types import Direction, EndCause, Leg, LegState

ROOM = "123456789"
ID = "1795332354.0"
LEG = leg_of("pbx", ID)
WHO = {"Channel": "PJSIP/trunk-00000000", "CallerIDNum": "+4930", "CallerIDName": "<unknown>", "Uniqueid": ID}
PLACED = str(uuid4())
NAMES = [
    *("Newchannel", "DialState", "OriginateResponse", "ConfbridgeJoin", "ConfbridgeLeave", "ConfbridgeEnd"),
    *("ConfbridgeMute", "ConfbridgeTalking", "DTMFEnd", "Hold", "Hangup", "CEL", "TestEvent"),
]


class Telling:
    def __init__(self) -> None:
        self.calls = Calls()
        self.media: dict[str, str] = {}
        self.led: set[str] = set()
        self._events = AmiEvents("pbx", "meetingserver", self.calls, self.media, self.led.__contains__)

    def says(self, event: str, **fields: str) -> list[AnyBridgeEvent]:
        return self._events.observe(Block([f"{k}: {v}" for k, v in {"Event": event, **fields}.items()]))

    def joins(self) -> list[AnyBridgeEvent]:
        return self.says("ConfbridgeJoin", Conference=ROOM, Muted="No", Exten="7000", **WHO)

    def places(self) -> None:
        placed = Leg(leg=PLACED, vendor="", state=LegState.DIALING, direction=Direction.OUT)
        self.calls.put(placed)


@pytest.fixture
def asterisk() -> Telling:
    return Telling()


def test_who_joins_without_us_is_described(asterisk: Telling) -> None:
    info = Leg(
        leg=LEG,
        vendor="PJSIP/trunk-00000000",
        state=LegState.JOINED,
        direction=Direction.IN,
        caller="+4930",
        dialled="7000",
        room=ROOM,
    )
    assert asterisk.joins() == [LegJoined(leg=LEG, info=info)]


def test_what_happens_in_a_room_is_told(asterisk: Telling) -> None:
    asterisk.joins()
    assert asterisk.says("ConfbridgeTalking", TalkingStatus="on", **WHO) == [LegTalking(leg=LEG, level=5)]
    assert asterisk.says("ConfbridgeMute", **WHO) == [
        LegMuted(leg=LEG, muted=True),
        LegTalking(leg=LEG, level=0),
    ]
    assert asterisk.says("ConfbridgeTalking", TalkingStatus="off", **WHO) == []
    assert asterisk.says("ConfbridgeUnmute", **WHO) == [LegMuted(leg=LEG, muted=False)]
    assert asterisk.says("Hold", **WHO) == [LegHeld(leg=LEG, held=True)]
    assert asterisk.says("Unhold", **WHO) == [LegHeld(leg=LEG, held=False)]
    assert asterisk.says("ConfbridgeEnd", Conference=ROOM) == [RoomClosed(room=ROOM)]


def test_only_keys_that_the_caller_pressed_are_told(asterisk: Telling) -> None:
    asterisk.joins()
    assert asterisk.says("DTMFEnd", Digit="6", Direction="Received", **WHO) == [LegDigit(leg=LEG, digit="6")]
    assert asterisk.says("DTMFEnd", Digit="6", Direction="Sent", **WHO) == []


def test_announcers_our_own_channels_and_rooms_of_others_are_left_out(asterisk: Telling) -> None:
    assert not is_caller(Block(["Channel: CBAnn/1;2", "Uniqueid: 1.1"]))
    for who in (
        {"Channel": "CBAnn/1;2", "Uniqueid": "1.1"},
        {"Channel": "Local/1", "Uniqueid": "pbx_hear_0"},
    ):
        assert asterisk.says("ConfbridgeJoin", Conference=ROOM, **who) == []
    assert asterisk.says("ConfbridgeJoin", Conference="board", **WHO) == []
    assert asterisk.says("ConfbridgeEnd", Conference="board") == []


def test_a_call_that_we_place_rings(asterisk: Telling) -> None:
    asterisk.places()
    asterisk.says("Newchannel", Channel="PJSIP/trunk-1", Uniqueid=PLACED)
    assert asterisk.calls[PLACED].vendor == "PJSIP/trunk-1"
    assert asterisk.says("DialState", DestUniqueid=PLACED, DialStatus="PROGRESS") == []
    assert asterisk.says("DialState", DestUniqueid=PLACED, DialStatus="RINGING") == [LegRinging(leg=PLACED)]


def test_a_call_that_nobody_takes_ends_so(asterisk: Telling) -> None:
    asterisk.places()
    asterisk.says("Newchannel", Channel="PJSIP/trunk-1", Uniqueid=PLACED)
    assert asterisk.says("OriginateResponse", ActionID=PLACED, Response="Failure", Reason="3") == []
    ended = asterisk.says("Hangup", Uniqueid=PLACED, Cause="16")
    assert ended == [LegEnded(leg=PLACED, cause=EndCause.NO_ANSWER, q850=16)]


def test_a_call_that_never_had_a_channel_ends_by_the_answer_to_it(asterisk: Telling) -> None:
    asterisk.places()
    assert asterisk.says("OriginateResponse", ActionID=PLACED, Response="Success") == []
    ended = asterisk.says("OriginateResponse", ActionID=PLACED, Response="Failure", Reason="0")
    assert ended == [LegEnded(leg=PLACED, cause=EndCause.ERROR)]


def test_the_end_says_what_the_networks_said(asterisk: Telling) -> None:
    asterisk.places()
    ended = asterisk.says("Hangup", Uniqueid=PLACED, Cause="17", TechCause="SIP 486 Busy Here")
    assert ended == [LegEnded(leg=PLACED, cause=EndCause.BUSY, q850=17, sip_code=486)]


def test_our_media_leg_is_lost_once(asterisk: Telling) -> None:
    asterisk.media["pbx_media_0"] = ROOM
    lost = {"Uniqueid": "pbx_media_0", "Cause-txt": "Normal Clearing"}
    assert asterisk.says("Hangup", **lost) == [MediaLost(room=ROOM, reason="Normal Clearing")]
    assert asterisk.says("Hangup", **lost) == []


def test_who_came_by_a_menu_is_gone_when_they_leave_the_room(asterisk: Telling) -> None:
    asterisk.joins()
    left = asterisk.says("ConfbridgeLeave", Conference=ROOM, Context="from-trunk", **WHO)
    assert left == [LegEnded(leg=LEG, cause=EndCause.NORMAL, q850=16)]


def test_whom_we_lead_is_told_by_fastagi(asterisk: Telling) -> None:
    asterisk.joins()
    asterisk.led.add(LEG)
    assert asterisk.says("ConfbridgeLeave", Conference=ROOM, Context="from-trunk", **WHO) == []
    asterisk.led.clear()
    assert asterisk.says("ConfbridgeLeave", Conference=ROOM, Context="meetingserver", **WHO) == []


def test_a_call_has_a_record_when_it_is_over(asterisk: Telling) -> None:
    def notes(name: str, at: float, **more: str) -> list[AnyBridgeEvent]:
        return asterisk.says("CEL", EventName=name, UniqueID=ID, Timestamp=f"{at:.6f}", **more)

    notes("CHAN_START", 1.0)
    asterisk.joins()
    notes("ANSWER", 2.0)
    asterisk.says("Hangup", Cause="16", **WHO)
    notes("HANGUP", 3.0, Extra='{"hangupcause":16}')
    assert notes("CHAN_END", 3.5, Channel="PJSIP/1", AccountCode="") == [
        CdrReady(
            leg=LEG,
            started_at=1000,
            answered_at=2000,
            ended_at=3500,
            cause=EndCause.NORMAL,
            raw={"channel": "PJSIP/1"},
        )
    ]
    assert notes("CHAN_END", 3.5) == []


def test_calls_that_were_none_of_ours_have_no_record(asterisk: Telling) -> None:
    asterisk.says("CEL", EventName="CHAN_START", UniqueID="2.2", Timestamp="1.0")
    assert asterisk.says("CEL", EventName="CHAN_END", UniqueID="2.2", Timestamp="2.0") == []


def test_what_has_ended_is_forgotten_in_the_end(asterisk: Telling) -> None:
    for number in range(REMEMBERED + 1):
        who = {"Channel": "PJSIP/1", "Uniqueid": f"9.{number}"}
        asterisk.says("CEL", EventName="CHAN_START", UniqueID=f"9.{number}", Timestamp="1.0")
        asterisk.says("ConfbridgeJoin", Conference=ROOM, **who)
        asterisk.says("Hangup", Cause="16", **who)
    first, last = (
        asterisk.says("CEL", EventName="CHAN_END", UniqueID=f"9.{number}", Timestamp="2.0")
        for number in (0, REMEMBERED)
    )
    assert (len(first), len(last)) == (0, 1)


KEYS = [
    *("Uniqueid", "UniqueID", "Channel", "Conference", "Cause", "TechCause", "Digit", "Timestamp", "Extra"),
    *("EventName", "ActionID", "Response", "DestUniqueid", "Muted"),
]
KNOWN = [ROOM, ID, PLACED, "Yes", "on", "RINGING", "Failure", "16", "CHAN_START", "CHAN_END", "inf", "nan"]
TEXT = st.text("0123456789.-+*#{}[]x\u0663", max_size=8) | st.sampled_from(KNOWN)
FIELDS = st.dictionaries(st.sampled_from(KEYS), TEXT, max_size=6)


@given(st.lists(st.tuples(st.sampled_from(NAMES), FIELDS), max_size=6))
def test_whatever_it_says_is_understood_or_refused(blocks: list[tuple[str, dict[str, str]]]) -> None:
    asterisk = Telling()
    for name, fields in blocks:
        try:
            asterisk.says(name, **fields)
        except ODD:
            continue
