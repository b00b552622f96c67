"""What a real FreeSWITCH 1.10.12 said on loopback (transcript.jsonl, shortened to the fields that count), and
what it may say besides."""

from pathlib import Path

import pytest
from msgspec import json

from bridges import events as e
from bridges.events import AnyBridgeEvent
from bridges.freeswitch.calls import Calls
from bridges.freeswitch.esl import Fields
from bridges.freeswitch.translation import Translation
from bridges.types import Direction, EndCause, Leg, LegState
from tests.bridges.simulators.freeswitch_channel import Channel, about_end
from tests.bridges.simulators.freeswitch_switch import SimulatedPhone, Switch

TRANSCRIPT = Path(__file__).with_name("transcript.jsonl")
ROOM = "123456789"
ONE, TWO = "0458f8ee-f488-4d5b-9c29-4ad786f404ef", "34fca2a2-ff59-4b2a-b008-69d7651d0deb"
PLACED = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def translation(calls: Calls) -> Translation:
    return Translation(calls, {"fs_media_1": ROOM})


def said(**fields: str) -> Fields:
    return {name.replace("_", "-"): value for name, value in fields.items()}


def maintenance(action: str, leg: str = ONE, **fields: str) -> Fields:
    about = {"Event-Name": "CUSTOM", "Event-Subclass": "conference::maintenance", "Action": action}
    return about | {"Conference-Name": ROOM, "Unique-ID": leg, "Member-ID": "6"} | said(**fields)


def of_a_leg(told: list[AnyBridgeEvent], leg: str) -> list[str]:
    return [type(event).__name__ for event in told if isinstance(event, e.LegEvent) and event.leg == leg]


def test_the_transcript_of_a_real_server_is_understood(calls: Calls, translation: Translation) -> None:
    calls.put(Leg(leg=PLACED, vendor="", state=LegState.DIALING, direction=Direction.OUT, dialled="bs2"))
    calls.led.add(PLACED)
    told: list[AnyBridgeEvent] = []
    for line in TRANSCRIPT.read_text().splitlines():
        told += translation.observe(json.decode(line, type=dict[str, str]))
    assert of_a_leg(told, ONE) == ["LegJoined", "LegTalking", "LegMuted", "LegTalking", "LegEnded"]
    assert of_a_leg(told, TWO)[:6] == [
        *("LegJoined", "LegTalking", "LegMuted", "LegTalking", "LegMuted", "LegTalking"),
    ]
    assert of_a_leg(told, PLACED) == ["LegJoined", "LegTalking", "LegEnded", "CdrReady"]
    placed = next(event for event in told if isinstance(event, e.LegJoined) and event.leg == PLACED)
    assert (placed.info.dialled, placed.info.caller, placed.info.direction) == ("bs2", "", Direction.OUT)
    levels = [event.level for event in told if isinstance(event, e.LegTalking) and event.leg == ONE]
    assert levels == [5, 0]


def test_what_is_told_twice_counts_once(translation: Translation) -> None:
    joined = maintenance("add-member", Event_Sequence="7", Core_UUID="one")
    assert len(translation.observe(joined)) == 1
    pressed = said(Event_Name="DTMF", Unique_ID=ONE, DTMF_Digit="1", Event_Sequence="8", Core_UUID="one")
    assert len(translation.observe(pressed)) == 1
    assert translation.observe(pressed) == []
    assert len(translation.observe(pressed | {"Core-UUID": "restarted"})) == 1


def test_calls_and_rooms_of_others_are_none_of_our_business(
    translation: Translation,
) -> None:
    parked = said(Event_Name="CHANNEL_PARK", Unique_ID=ONE)
    assert translation.observe(parked) == []
    assert translation.observe(maintenance("add-member", Conference_Name="sales")) == []
    assert translation.observe(maintenance("conference-destroy", Conference_Name="sales")) == []
    (arrived,) = translation.observe(parked | {"variable_meetingserver": "5550100"})
    assert isinstance(arrived, e.LegArrived)
    assert arrived.info.dialled == "5550100"


def test_our_own_sound_is_no_caller_and_its_end_is_told(translation: Translation) -> None:
    assert translation.observe(maintenance("add-member", "fs_media_1")) == []
    gone = said(Event_Name="CHANNEL_HANGUP_COMPLETE", Unique_ID="fs_media_1", Hangup_Cause="NORMAL_CLEARING")
    assert translation.observe(gone) == [e.MediaLost(room=ROOM, reason="NORMAL_CLEARING")]
    assert translation.observe(gone) == []


def test_who_comes_by_a_menu_ends_by_leaving_and_has_a_record_later(translation: Translation) -> None:
    (joined,) = translation.observe(maintenance("add-member", Caller_Caller_ID_Number="bs1", Speak="false"))
    assert isinstance(joined, e.LegJoined)
    assert (joined.info.caller, joined.info.muted, joined.info.talking) == ("bs1", True, False)
    (ended,) = translation.observe(maintenance("del-member"))
    assert ended == e.LegEnded(leg=ONE, cause=EndCause.NORMAL)
    gone = said(Event_Name="CHANNEL_HANGUP_COMPLETE", Unique_ID=ONE, Hangup_Cause="NORMAL_CLEARING")
    (record,) = translation.observe(gone | {"variable_start_uepoch": "1795331348375206"})
    assert isinstance(record, e.CdrReady)
    assert (record.started_at, record.answered_at) == (1795331348375, 0)


def test_the_end_of_a_call_tells_all_that_is_known(calls: Calls, translation: Translation) -> None:
    channel = Channel(ONE, SimulatedPhone(Switch({})), caller="1", dialled="2", outbound=False)
    channel.cause, channel.q850, channel.sip = "USER_BUSY", 17, "486"
    calls.put(Leg(leg=ONE, vendor="x", state=LegState.RINGING, direction=Direction.OUT))
    gone = said(Event_Name="CHANNEL_HANGUP_COMPLETE", Unique_ID=ONE) | about_end(channel)
    ended, record = translation.observe(gone | {"variable_sip_password": "hunter2"})
    assert isinstance(ended, e.LegEnded)
    assert (ended.cause, ended.sip_code, ended.q850) == (EndCause.BUSY, 486, 17)
    assert (ended.quality.mos, ended.quality.loss_percent, ended.quality.codec) == (4.5, 1.0, "PCMU")
    assert "hunter2" not in str(record)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Event-Name": "CHANNEL_PARK", "variable_meetingserver": ""},
        maintenance("add-member", ""),
        maintenance("start-talking", Current_Energy="loud"),
        maintenance("a-new-action"),
        said(Event_Name="CHANNEL_EXECUTE_COMPLETE", Unique_ID=ONE),
        said(Event_Name="CHANNEL_HANGUP_COMPLETE", Unique_ID=ONE, variable_hangup_cause_q850="?"),
        said(Event_Name="BACKGROUND_JOB", Job_UUID="of-nobody", _body="-ERR USER_BUSY"),
        said(Event_Name="DTMF"),
    ],
    ids=range(9),
)
def test_what_says_nothing_of_ours_changes_nothing(translation: Translation, fields: Fields) -> None:
    assert [event for event in translation.observe(fields) if not isinstance(event, e.LegArrived)] == []
